import type { Registration, RegistrationForm } from "$lib/registration/types";
import type { Api } from "./api";
import { opened } from "./mailed";
import { from, send, type Answer } from "./sending";

/** The form of an event, or `null` where one doesn't register on this site. */
export async function formOf(event: number, api: Api): Promise<RegistrationForm | null> {
  const { data } = await api.GET("/events/{pk}/registration-form/", { params: { path: { pk: event } } });
  return data ?? null;
}

/** `key` says which registration this is, so that sending it twice is no more than sending it once. */
export function register(event: number, entry: object, key: string, visitor: string): Promise<Answer> {
  return send(`/events/${event}/registrations/`, entry, visitor, { "idempotency-key": key });
}

export function ownRegistration(token: string, api: Api, visitor: string): Promise<Registration> {
  return opened(api.GET("/registrations/{token}/", { params: { path: { token } }, headers: from(visitor) }));
}

export function change(token: string, change: { action: string; session?: number }, visitor: string): Promise<Answer> {
  return send(`/registrations/${encodeURIComponent(token)}/`, change, visitor);
}
