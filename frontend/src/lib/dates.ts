/** Days and times in words, as they are in the Netherlands. Moments and days are those of the API (ISO 8601). */
const ZONE = { timeZone: "Europe/Amsterdam" } as const;
const DAY = new Intl.DateTimeFormat("nl-NL", { ...ZONE, day: "numeric", month: "long", year: "numeric" });
const WEEKDAY = new Intl.DateTimeFormat("nl-NL", { ...ZONE, weekday: "long" });
const MONTH = new Intl.DateTimeFormat("nl-NL", { ...ZONE, month: "long", year: "numeric" });
const SHORT_MONTH = new Intl.DateTimeFormat("nl-NL", { ...ZONE, month: "short" });
const DAY_OF_MONTH = new Intl.DateTimeFormat("nl-NL", { ...ZONE, day: "numeric" });
const TIME = new Intl.DateTimeFormat("nl-NL", { ...ZONE, hour: "numeric", minute: "2-digit" });

const NO_BREAK = "\u00a0";
const MINUTE = 60_000;

/** "4 juni 2026" */
export function day(iso: string): string {
  return DAY.format(moment(iso));
}

/** "donderdag 4 juni 2026" */
export function weekday(iso: string): string {
  return `${WEEKDAY.format(moment(iso))} ${day(iso)}`;
}

/** "juni 2026" */
export function month(iso: string): string {
  return MONTH.format(moment(iso));
}

/** "4" and "jun", for a tile */
export function tile(iso: string): { day: string; month: string } {
  const date = moment(iso);
  return { day: DAY_OF_MONTH.format(date), month: SHORT_MONTH.format(date).replace(".", "") };
}

/** "9.30" */
export function time(iso: string): string {
  return TIME.format(moment(iso)).replace(":", ".");
}

/** "donderdag 4 juni 2026, 12.00 uur" */
export function at(iso: string): string {
  return `${weekday(iso)}, ${clock(iso)}`;
}

/** "9.30 uur", kept together */
function clock(iso: string): string {
  return `${time(iso)}${NO_BREAK}uur`;
}

/** "9.30 – 17.00 uur", "vanaf 9.30 uur" when the end is open */
export function hours(start: string, end: string | null): string {
  const words = end === null ? `vanaf ${time(start)} uur` : `${time(start)} – ${time(end)} uur`;
  return words.replaceAll(" ", NO_BREAK);
}

/** "donderdag 4 juni 2026, 9.30 – 17.00 uur" */
export function period(start: string, end: string | null): string {
  if (end === null || day(start) === day(end)) return `${weekday(start)}, ${hours(start, end)}`;
  return `${at(start)} – ${at(end)}`;
}

/** "donderdag 4 juni 2026 – vrijdag 5 juni 2026" for what lasts whole days; it ends at midnight, after its last day. */
export function days(start: string, end: string | null): string {
  const [first, last] = [weekday(start), end === null ? "" : weekday(minuteBefore(end))];
  return last && last !== first ? `${first} – ${last}` : first;
}

/** "tot en met woensdag 3 juni 2026" for a moment at midnight, else "tot donderdag 4 juni 2026, 12.00 uur" */
export function until(iso: string): string {
  if (time(iso) !== "0.00") return `tot ${at(iso)}`;
  return `tot en met ${weekday(minuteBefore(iso))}`;
}

function minuteBefore(iso: string): string {
  return new Date(moment(iso).getTime() - MINUTE).toISOString();
}

/** A day without a time is taken at noon, which is that day in every season. */
function moment(iso: string): Date {
  return new Date(iso.includes("T") ? iso : `${iso}T12:00:00Z`);
}
