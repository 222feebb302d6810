import type { paths } from "$lib/api/schema";

type FormPath = paths["/events/{pk}/registration-form/"];
type RegistrationForm = FormPath["get"]["responses"][200]["content"]["application/json"];

/** As the API describes what registering for an event asks. */
export type FormField = RegistrationForm["fields"][number];
export type Choice = FormField["choices"][number];

/** What was typed or picked, by the name of the field. */
export type Typed = Record<string, string>;

/** Why what was sent came to nothing. */
export interface Problem {
  /** For all of it: what is wrong, and what to do. */
  text: string;
  /** By the name of the field. */
  errors: Record<string, string[]>;
}
