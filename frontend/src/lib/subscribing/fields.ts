import type { FormField } from "$lib/forms/types";

export const EMAIL: FormField = {
  name: "email",
  label: "E-mailadres",
  help_text: "",
  type: "email",
  required: true,
  max_length: 254,
  autocomplete: "email",
  choices: [],
};
export const NEWSLETTERS = { name: "newsletters", label: "Nieuwsbrieven" };
