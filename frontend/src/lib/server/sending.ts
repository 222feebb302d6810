import { API_URL, readWithin } from "./api";

/** Others may be busy with the same things for a while: longer than a page may take. */
const TIME_LIMIT = 10_000; // milliseconds

/** What the API says to what was sent: `null` when it can't be reached, so that nobody knows whether it arrived. */
export type Answer = { status: number; body: Said; retryAfter: number } | null;

/** Of an answer what this site looks at: that of a registration has a state, a problem the rest. */
export interface Said {
  state?: "confirmed" | "waiting";
  session?: { id: number } | null;
  code?: string;
  detail?: string;
  errors?: Record<string, string[]>;
}

/** Post `body` to the API, for the `visitor` with this address. */
export async function send(
  path: string,
  body: object,
  visitor: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await readWithin(
    TIME_LIMIT,
    new Request(API_URL + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...from(visitor), ...headers },
      body: JSON.stringify(body),
    }),
  );
  if (answer === null) return null;
  const { status } = answer;
  return { status, body: asJson(await answer.text()), retryAfter: Number(answer.headers.get("retry-after")) };
}

/** The API counts by the address of the visitor, and this site stands before it as a proxy does. */
export function from(visitor: string) {
  return { "x-forwarded-for": visitor };
}

function asJson(text: string): Said {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
