import { error, fail, redirect } from "@sveltejs/kit";
import { BROKEN_LINK } from "$lib/server/mailed";
import { problemOf } from "$lib/server/problems";
import { change, ownRegistration } from "$lib/server/registrations";

/** What a visitor did, by what the address says afterwards. */
const DONE: Record<string, string> = {
  accept: "aangenomen",
  cancel: "afgemeld",
  change_session: "gewijzigd",
};

export async function load({ params, url, locals, getClientAddress }) {
  const registration = await ownRegistration(params.token, locals.api, getClientAddress());
  return { registration, done: url.searchParams.get("gedaan") ?? "" };
}

export const actions = {
  default: async ({ request, params, getClientAddress }) => {
    const sent = await request.formData();
    const action = String(sent.get("action"));
    const session = String(sent.get("session") ?? "");
    const body = action === "change_session" ? { action, session: Number(session) || undefined } : { action };
    const answer = await change(params.token, body, getClientAddress());
    if (answer?.status === 204) redirect(303, "/aanmelding/gewist/");
    if (answer?.status === 200) redirect(303, `/aanmelding/${params.token}/?gedaan=${DONE[action]}#inhoud`);
    if (answer?.status === 404) error(404, BROKEN_LINK);
    const { status, ...problem } = problemOf(answer, BROKEN_LINK);
    return fail(status, { problem, session });
  },
};
