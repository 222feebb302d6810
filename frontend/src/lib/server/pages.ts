import { error, redirect } from "@sveltejs/kit";
import type { Page } from "$lib/api/types";
import type { Extra } from "$lib/extra";
import type { Api } from "./api";
import { loadExtra } from "./extra";

/** The page that editors made at `url`, with what it shows; throws the redirect or the 404 that is there instead. */
export async function pageAt(url: URL, api: Api): Promise<{ page: Page; extra: Extra }> {
  const found = await resolve(decodeURI(url.pathname), api);
  if (found === undefined) error(404, "Deze pagina bestaat niet (meer).");
  if ("redirect" in found) redirect(found.permanent ? 301 : 302, withQuery(found.redirect, url.search));
  return { page: found, extra: await loadExtra(found, url.searchParams, api) };
}

/** What the API knows at `path`: a page, or where it went. */
export async function resolve(path: string, api: Api) {
  const { data } = await api.GET("/resolve/", { params: { query: { path } } });
  return data;
}

/** A list keeps its page number and filters when its address turns out to be spelled otherwise. */
function withQuery(address: string, query: string): string {
  return address.includes("?") ? address : address + query;
}
