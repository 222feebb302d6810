import type { components, paths } from "$lib/api/schema";

type FormPath = paths["/events/{pk}/registration-form/"];

export type RegistrationForm = FormPath["get"]["responses"][200]["content"]["application/json"];
export type FormField = RegistrationForm["fields"][number];
export type Choice = FormField["choices"][number];
/** The event in short; its path is empty when it isn't online (any more). */
export type EventFacts = RegistrationForm["event"];

/** One's own registration. */
export type Registration = components["schemas"]["OwnRegistration"];

/** What was typed or picked, by the name of the field. */
export type Typed = Record<string, string>;

/** Why what was sent came to nothing. */
export interface Problem {
  /** For all of it: what is wrong, and what to do. */
  text: string;
  /** By the name of the field. */
  errors: Record<string, string[]>;
}
