import { error, fail, redirect } from "@sveltejs/kit";
import { BROKEN_LINK } from "$lib/server/mailed";
import { problemOf } from "$lib/server/problems";
import { changePreferences, erase, preferencesOf } from "$lib/server/subscriptions";
import { tickedIn } from "$lib/subscribing/lists";
import { PREFERENCES } from "$lib/subscribing/paths";

const ERASED = "/abonnement/gewist/#inhoud";

export async function load({ params, url, locals, getClientAddress }) {
  const preferences = await preferencesOf(params.token, locals.api, getClientAddress());
  const dataPath = `${ownPath(params.token)}gegevens.json`;
  return { preferences, dataPath, done: url.searchParams.get("gedaan") ?? "" };
}

export const actions = {
  default: async ({ request, params, getClientAddress }) => {
    const sent = await request.formData();
    const erases = sent.get("action") === "erase";
    const ticked = tickedIn(sent);
    const visitor = getClientAddress();
    const answer = erases ? await erase(params.token, visitor) : await changePreferences(params.token, ticked, visitor);
    if (answer?.status === 200) redirect(303, erases ? ERASED : `${ownPath(params.token)}?gedaan=gewijzigd#inhoud`);
    if (answer?.status === 404) error(404, BROKEN_LINK);
    const { status, ...problem } = problemOf(answer, BROKEN_LINK);
    return fail(status, { problem, ticked: erases ? null : ticked });
  },
};

function ownPath(token: string): string {
  return `${PREFERENCES}${encodeURIComponent(token)}/`;
}
