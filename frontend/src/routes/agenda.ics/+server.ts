import { passThrough } from "$lib/server/passing";

export function GET({ locals, url }) {
  return passThrough("/events.ics", url, locals.tags);
}
