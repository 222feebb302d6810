/** How the parts of one field of a form are tied together. */
export function fieldId(name: string): string {
  return `veld-${name}`;
}

export function helpId(name: string): string {
  return `uitleg-${name}`;
}

export function errorId(name: string): string {
  return `fout-${name}`;
}

/** What is read out with a field: its explanation, and what is wrong with it. */
export function describedBy(name: string, help: string, errors: string[]): string | undefined {
  return [help && helpId(name), errors.length ? errorId(name) : ""].filter(Boolean).join(" ") || undefined;
}
