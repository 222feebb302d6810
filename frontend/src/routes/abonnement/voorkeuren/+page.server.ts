import { fail, redirect } from "@sveltejs/kit";
import { problemOf } from "$lib/server/problems";
import { askForLink } from "$lib/server/subscriptions";

export const actions = {
  default: async ({ request, getClientAddress }) => {
    const email = String((await request.formData()).get("email") ?? "");
    const answer = await askForLink(email, getClientAddress());
    if (answer?.status === 202) redirect(303, "/abonnement/voorkeuren/verstuurd/#inhoud");
    const { status, ...problem } = problemOf(answer, "U kunt hier op dit moment geen link aanvragen.");
    return fail(status, { problem, email });
  },
};
