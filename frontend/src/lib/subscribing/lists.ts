import type { Newsletter } from "./types";

/** For whom it is: many newsletters are called the same. */
export function scopeOf({ region }: Newsletter): string {
  return region ? `Regio ${region.title}` : "Landelijk";
}

/** Its title, with its region where the title doesn't say it. */
export function nameOf({ title, region }: Newsletter): string {
  return !region || title.includes(region.title) ? title : `${title} (regio ${region.title})`;
}

/** The ids of the newsletters that were ticked in a form. */
export function tickedIn(sent: FormData): number[] {
  return sent.getAll("newsletters").map(Number).filter(Number.isSafeInteger);
}
