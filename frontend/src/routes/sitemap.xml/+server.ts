import { passThrough } from "$lib/server/passing";

export function GET({ locals, url }) {
  return passThrough("/sitemap.xml", url, locals.tags);
}
