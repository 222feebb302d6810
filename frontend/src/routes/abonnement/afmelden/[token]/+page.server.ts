import { error, fail, redirect } from "@sveltejs/kit";
import { BROKEN_LINK } from "$lib/server/mailed";
import { problemOf } from "$lib/server/problems";
import { toEnd, unsubscribe } from "$lib/server/subscriptions";

export async function load({ params, locals, getClientAddress }) {
  return toEnd(params.token, locals.api, getClientAddress());
}

export const actions = {
  default: async ({ params, url, getClientAddress }) => {
    const answer = await unsubscribe(params.token, getClientAddress());
    if (answer?.status === 200) redirect(303, `${url.pathname}#inhoud`);
    if (answer?.status === 404) error(404, BROKEN_LINK);
    const { status, ...problem } = problemOf(answer, BROKEN_LINK);
    return fail(status, { problem });
  },
};
