import { passThrough } from "$lib/server/passing";

export function GET({ locals, params, url }) {
  return passThrough(`/events/${encodeURIComponent(params.id)}.ics`, url, locals.tags);
}
