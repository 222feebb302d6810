import { error } from "@sveltejs/kit";

export const BROKEN_LINK = "Deze link werkt niet (meer).";
const TOO_OFTEN = "U vraagt deze pagina heel vaak op. Probeer het over een paar minuten opnieuw.";

/** What the API gives for the token in a link that was mailed; without one that works there is nothing to see. */
export async function opened<Data>(asked: Promise<{ data?: Data; response: Response }>): Promise<Data> {
  const { data, response } = await asked;
  if (response.status === 429) error(429, TOO_OFTEN);
  if (data === undefined) error(404, BROKEN_LINK);
  return data;
}
