import type { PageOf } from "./api/types";
import { until } from "./dates";

type Place = PageOf<"agenda.EventPage">["place"];
type Registration = PageOf<"agenda.EventPage">["registration"];

/** A few words in a list; nothing when there is nothing to say. */
export function registrationLabel(state: string): string {
  return { open: "Aanmelden kan", closed: "Aanmelding gesloten", cancelled: "Gaat niet door" }[state] ?? "";
}

/** Whether and how a visitor can still register, in a sentence. */
export function registrationText({ state, closes_at }: Registration): string {
  switch (state) {
    case "none":
      return "Aanmelden is niet nodig.";
    case "open":
      return closes_at ? `U kunt zich aanmelden ${until(closes_at)}.` : "U kunt zich aanmelden.";
    case "closed":
      return "U kunt zich niet meer aanmelden.";
    case "past":
      return "Deze bijeenkomst is voorbij.";
    case "cancelled":
      return "Deze bijeenkomst gaat niet door.";
    default:
      return "";
  }
}

export function placeName({ online, venue, city }: Place): string {
  if (online) return "Online";
  return venue.includes(city) ? venue : [venue, city].filter(Boolean).join(", ");
}

export function addressLines({ street, postcode, city }: Omit<Place, "online" | "venue">): string[] {
  return [street, `${postcode} ${city}`.trim()].filter(Boolean);
}
