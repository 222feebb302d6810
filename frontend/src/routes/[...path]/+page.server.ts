import { pageAt } from "$lib/server/pages";

export function load({ locals, url }) {
  return pageAt(url, locals.api);
}
