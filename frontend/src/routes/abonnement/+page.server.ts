import { fail, redirect, type RequestEvent } from "@sveltejs/kit";
import { orLatest } from "$lib/server/latest";
import { problemOf } from "$lib/server/problems";
import { subscribe, subscriptionForm } from "$lib/server/subscriptions";
import { tickedIn } from "$lib/subscribing/lists";

export async function load(event) {
  event.setHeaders({ "cache-control": "no-store" });
  const asked = event.url.searchParams.getAll("nieuwsbrief").map(Number);
  return { subscribing: await formAt(event), asked };
}

export const actions = {
  default: async (event) => {
    const { trap } = await formAt(event);
    const sent = await event.request.formData();
    const email = String(sent.get("email") ?? "");
    const ticked = tickedIn(sent);
    const wording_version = String(sent.get("wording_version") ?? "");
    const entry = { email, newsletters: ticked, wording_version, [trap]: String(sent.get(trap) ?? "") };
    const answer = event.locals.unreachable ? null : await subscribe(entry, event.getClientAddress());
    if (answer?.status === 202) redirect(303, "/abonnement/aangevraagd/#inhoud");
    event.locals.unreachable ||= answer === null;
    const { status, ...problem } = problemOf(answer, "U kunt zich hier op dit moment niet inschrijven.");
    return fail(status, { problem, email, ticked });
  },
};

function formAt(event: RequestEvent) {
  return orLatest("subscribing", event, () => subscriptionForm(event.locals.api));
}
