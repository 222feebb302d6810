import { passThrough } from "$lib/server/passing";

export function GET({ locals, params, url }) {
  return passThrough(`/feeds/${encodeURIComponent(params.format)}/`, url, locals.tags);
}
