import type { PageOf } from "$lib/api/types";
import type { PlacesLeft, State } from "$lib/events";

type Event = PageOf<"agenda.EventPage">;

/** The event in short. */
export interface EventFacts extends Pick<Event, "id" | "title" | "start" | "end" | "all_day" | "place"> {
  /** Empty when the event isn't online (any more). */
  html_path: string;
}

export interface Choice {
  value: string;
  label: string;
  /** Of a session; empty of anything else. */
  state: State | "";
  places_left: PlacesLeft;
}

export interface FormField {
  name: string;
  label: string;
  help_text: string;
  type: "text" | "email" | "textarea" | "select" | "checkbox";
  required: boolean;
  max_length: number | null;
  autocomplete: "name" | "email" | "organization" | "off";
  choices: Choice[];
}

export interface RegistrationForm {
  event: EventFacts;
  registration: Event["registration"];
  fields: FormField[];
  /** Name of a field that people don't see, and leave empty. */
  trap: string;
  /** HTML */
  privacy: string;
}

/** One's own registration. */
export interface Registration {
  state: "confirmed" | "waiting" | "offered" | "cancelled" | "expired";
  name: string;
  email: string;
  organisation: string;
  audience: string | null;
  created_at: string;
  event: EventFacts & { calendar: string; cancelled: boolean };
  session: { id: number; title: string; hall: string } | null;
  reserve: { id: number; title: string; hall: string } | null;
  offer_expires_at: string | null;
  answers: { question: string; answer: string }[];
  wants_newsletter: boolean;
  erased_on: string | null;
  sessions: { id: number; title: string; state: State; places_left: PlacesLeft }[];
  can: { cancel: boolean; change_session: boolean; accept: boolean };
}

/** What was typed or picked, by the name of the field. */
export type Typed = Record<string, string>;

/** Why what was sent didn't come to anything. */
export interface Problem {
  /** For all of it: what is wrong, and what to do. */
  text: string;
  /** By the name of the field. */
  errors: Record<string, string[]>;
}
