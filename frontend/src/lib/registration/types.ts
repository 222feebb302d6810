import type { components, paths } from "$lib/api/schema";

type FormPath = paths["/events/{pk}/registration-form/"];

export type RegistrationForm = FormPath["get"]["responses"][200]["content"]["application/json"];
/** The event in short; its path is empty when it isn't online (any more). */
export type EventFacts = RegistrationForm["event"];

/** One's own registration. */
export type Registration = components["schemas"]["OwnRegistration"];
