import type { PageOf } from "./api/types";
import { days, period, until } from "./dates";

type Event = PageOf<"agenda.EventPage">;
type Place = Event["place"];
type Registration = Event["registration"];
export type State = Registration["state"];
export type PlacesLeft = Registration["places_left"];

const LABELS: Record<State, string> = {
  none: "",
  not_yet: "Aanmelden kan nog niet",
  open: "Aanmelden kan",
  waiting_list: "Vol, wel een wachtlijst",
  full: "Vol",
  closed: "Aanmelding gesloten",
  past: "Geweest",
  cancelled: "Gaat niet door",
};

/** A few words in a list; nothing when there is nothing to say. */
export function registrationLabel(state: State): string {
  return LABELS[state] ?? "";
}

/** Whether and how a visitor can still register, in a sentence. */
export function registrationText({ state, reason, closes_at }: Registration): string {
  if (state === "none") return "Aanmelden is niet nodig.";
  if (state === "open") return closes_at ? `U kunt zich aanmelden ${until(closes_at)}.` : "U kunt zich aanmelden.";
  return reason;
}

export function takesRegistrations(state: State): boolean {
  return state === "open" || state === "waiting_list";
}

/** Where one registers, and what the link to it says; nothing when one can't. */
export function registrationLink(event: Pick<Event, "meta" | "registration">): { url: string; text: string } | null {
  const { mode, state, url } = event.registration;
  const address = mode === "here" ? formPath(event.meta.html_path) : url;
  if (!takesRegistrations(state) || !address) return null;
  return { url: address, text: state === "open" ? "Meld u aan" : "Zet me op de wachtlijst" };
}

/** Where one registers for the event at `path` on this site. */
export function formPath(path: string): string {
  return `${path}aanmelden/`;
}

/** "Nog 3 plaatsen", "Meer dan 10 plaatsen"; nothing where there is no limit, or nothing left. */
export function placesText(places: PlacesLeft): string {
  if (!places?.count) return "";
  const number = places.count === 1 ? "1 plaats" : `${places.count} plaatsen`;
  return places.exact ? `Nog ${number}` : `Meer dan ${number}`;
}

/** The same for one of the sessions: also that it is full, but not what goes for the whole event. */
export function sessionText({ state, places_left }: { state: State | ""; places_left: PlacesLeft }): string {
  if (state === "waiting_list") return "Vol, wel een wachtlijst";
  if (state === "full") return "Vol";
  return state === "open" ? placesText(places_left) : "";
}

/** "donderdag 4 juni 2026, 9.30 – 17.00 uur", without hours when it lasts whole days. */
export function when(start: string, { end, all_day }: Pick<Event, "end" | "all_day">): string {
  return all_day ? days(start, end) : period(start, end);
}

export function placeName({ online, venue, city }: Place): string {
  if (online) return "Online";
  return venue.includes(city) ? venue : [venue, city].filter(Boolean).join(", ");
}

export function addressLines({ street, postcode, city }: Omit<Place, "online" | "venue">): string[] {
  return [street, `${postcode} ${city}`.trim()].filter(Boolean);
}
