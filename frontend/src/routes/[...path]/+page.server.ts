import { redirect } from "@sveltejs/kit";
import { answered } from "$lib/server/api";
import { loadExtra } from "$lib/server/extra";

export async function load({ locals, url }) {
  const path = decodeURI(url.pathname);
  const found = await answered(locals.api.GET("/resolve/", { params: { query: { path } } }));
  if ("redirect" in found) redirect(found.permanent ? 301 : 302, withQuery(found.redirect, url.search));
  return { page: found, extra: await loadExtra(found, url.searchParams, locals.api) };
}

/** A list keeps its page number and filters when its address turns out to be spelled otherwise. */
function withQuery(address: string, query: string): string {
  return address.includes("?") ? address : address + query;
}
