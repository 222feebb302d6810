import { error } from "@sveltejs/kit";
import type { Site } from "$lib/api/types";
import { answered } from "$lib/server/api";
import { loadExtra } from "$lib/server/extra";
import { loadPreview } from "$lib/server/preview";

/** The front page with the menu and the footer that the editor is changing around it. */
export async function load({ locals, url }) {
  const site = await loadPreview<Site>(url, locals.tags);
  const page = await answered(locals.api.GET("/resolve/", { params: { query: { path: "/" } } }));
  if ("redirect" in page) error(404, "De homepage staat niet online.");
  return { site, page, extra: await loadExtra(page, new URLSearchParams(), locals.api) };
}
