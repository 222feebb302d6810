import { redirect } from "@sveltejs/kit";
import { answered } from "$lib/server/api";
import { loadExtra } from "$lib/server/extra";

export async function load({ locals, url }) {
  const path = decodeURI(url.pathname);
  const found = await answered(locals.api.GET("/resolve/", { params: { query: { path } } }));
  if ("redirect" in found) redirect(found.permanent ? 301 : 302, found.redirect);
  return { page: found, extra: await loadExtra(found, url.searchParams, locals.api) };
}
