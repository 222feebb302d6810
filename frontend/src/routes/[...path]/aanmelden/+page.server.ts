import { error, fail, redirect, type RequestEvent } from "@sveltejs/kit";
import { formPath } from "$lib/events";
import type { FormField, Typed } from "$lib/forms/types";
import type { RegistrationForm } from "$lib/registration/types";
import { loadExtra } from "$lib/server/extra";
import { orLatest } from "$lib/server/latest";
import { pageAt, resolve } from "$lib/server/pages";
import { problemOf } from "$lib/server/problems";
import { formOf, register } from "$lib/server/registrations";
import type { Said } from "$lib/server/sending";

const STATES = { aangemeld: "confirmed", wachtlijst: "waiting" } as const;
const LAST_PART = /aanmelden\/?$/;

export async function load(event) {
  const shown = await shownAt(event);
  if (!("form" in shown)) return { registering: null, ...shown };
  event.setHeaders({ "cache-control": "no-store", "x-robots-tag": "noindex" });
  const outcome = outcomeIn(event.url.searchParams, shown.form);
  return { registering: { ...shown, outcome, key: crypto.randomUUID() as string } };
}

export const actions = {
  default: async (event) => {
    const shown = await shownAt(event);
    if (!("form" in shown)) error(405, "Hier kunt u zich niet aanmelden.");
    const { form } = shown;
    const sent = await event.request.formData();
    const key = String(sent.get("key") ?? "");
    const answer = event.locals.unreachable
      ? null
      : await register(form.event.id, entryOf(form, sent), key, event.getClientAddress());
    if (answer?.status === 201) redirect(303, confirmationOf(form, answer.body));
    event.locals.unreachable ||= answer === null;
    const { status, ...problem } = problemOf(answer, "Voor deze bijeenkomst kunt u zich hier niet meer aanmelden.");
    return fail(status, { problem, typed: typedIn(form.fields, sent), key });
  },
};

/** The form of the event above this address; where there is none, the page that editors made here. */
function shownAt(event: RequestEvent) {
  const { url, locals } = event;
  const path = decodeURI(url.pathname);
  return orLatest(path, event, async () => {
    const above = await resolve(path.replace(LAST_PART, ""), locals.api);
    if (above && "type" in above && above.type === "agenda.EventPage") {
      const [form, extra] = await Promise.all([
        formOf(above.id, locals.api),
        loadExtra(above, url.searchParams, locals.api),
      ]);
      if (form === null) error(404, "Voor deze bijeenkomst kunt u zich hier niet aanmelden.");
      return { event: above, form, extra };
    }
    if (above && "redirect" in above && !(await resolve(path, locals.api))) redirect(302, formPath(above.redirect));
    return pageAt(url, locals.api);
  });
}

function entryOf({ fields, trap }: RegistrationForm, sent: FormData): object {
  const typed = typedIn(fields, sent);
  const entry = fields.map(({ name, type }) => [name, type === "checkbox" ? name in typed : (typed[name] ?? "")]);
  return { ...Object.fromEntries(entry), [trap]: String(sent.get(trap) ?? "") };
}

/** A box that isn't ticked isn't there. */
function typedIn(fields: FormField[], sent: FormData): Typed {
  const given = fields.filter(({ name }) => sent.has(name)).map(({ name }) => [name, String(sent.get(name))]);
  return Object.fromEntries(given);
}

/** Says nothing of who registered: an address ends up in histories and logs. */
function confirmationOf({ event }: RegistrationForm, { state, session }: Said): string {
  const query = new URLSearchParams({ gelukt: state === "waiting" ? "wachtlijst" : "aangemeld" });
  if (session) query.set("sessie", String(session.id));
  return `${formPath(event.html_path)}?${query}#inhoud`;
}

function outcomeIn(query: URLSearchParams, { fields }: RegistrationForm) {
  const given = query.get("gelukt") ?? "";
  if (!Object.hasOwn(STATES, given)) return null;
  const sessions = fields.find(({ name }) => name === "session")?.choices ?? [];
  const session = sessions.find(({ value }) => value && value === query.get("sessie"));
  return { state: STATES[given as keyof typeof STATES], session: session?.label ?? "" };
}
