import { error } from "@sveltejs/kit";
import type { Registration, RegistrationForm } from "$lib/registration/types";
import { API_URL, readWithin, type Api } from "./api";

/** Others may have the event for a while: longer than a page may take. */
const TIME_LIMIT = 10_000; // milliseconds

/** What the API says to what was sent: `null` when it can't be reached, so that nobody knows whether it arrived. */
export type Answer = { status: number; body: Said; retryAfter: number } | null;

/** Of an answer what this site looks at: an outcome has a state, a problem the rest. */
export interface Said {
  state?: "confirmed" | "waiting";
  session?: { id: number } | null;
  code?: string;
  detail?: string;
  errors?: Record<string, string[]>;
}

/** The form of an event, or `null` where one doesn't register on this site. */
export async function formOf(event: number, api: Api): Promise<RegistrationForm | null> {
  const { data } = await api.GET("/events/{pk}/registration-form/", { params: { path: { pk: event } } });
  return data ?? null;
}

/** `key` says which registration this is, so that sending it twice is no more than sending it once. */
export function register(event: number, entry: object, key: string, visitor: string): Promise<Answer> {
  return send(`/events/${event}/registrations/`, entry, { ...from(visitor), "idempotency-key": key });
}

export async function ownRegistration(token: string, api: Api, visitor: string): Promise<Registration> {
  const asked = { params: { path: { token } }, headers: from(visitor) };
  const { data, response } = await api.GET("/registrations/{token}/", asked);
  if (response.status === 429) error(429, "U vraagt deze pagina heel vaak op. Probeer het over een paar minuten opnieuw.");
  if (data === undefined) error(404, "Deze link werkt niet (meer).");
  return data;
}

export function change(token: string, change: { action: string; session?: number }, visitor: string): Promise<Answer> {
  return send(`/registrations/${encodeURIComponent(token)}/`, change, from(visitor));
}

async function send(path: string, body: object, headers: Record<string, string>): Promise<Answer> {
  const answer = await readWithin(
    TIME_LIMIT,
    new Request(API_URL + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    }),
  );
  if (answer === null) return null;
  const { status } = answer;
  return { status, body: asJson(await answer.text()), retryAfter: Number(answer.headers.get("retry-after")) };
}

/** The API counts by the address of the visitor, and this site stands before it as a proxy does. */
function from(visitor: string) {
  return { "x-forwarded-for": visitor };
}

function asJson(text: string): Said {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
