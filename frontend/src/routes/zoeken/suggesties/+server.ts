import { json } from "@sveltejs/kit";
import type { Suggestion } from "$lib/api/types";
import { LONGEST } from "$lib/searching/question";
import { answered } from "$lib/server/api";
import { kindOf } from "$lib/words";

/** Pages by the beginning of their titles, for the field of the search page: `[{title, path, about}]`. */
export async function GET({ locals, url }) {
  const q = (url.searchParams.get("q") ?? "").trim();
  if (!q || q.length > LONGEST) return json([]);
  const { items } = await answered(locals.api.GET("/search/suggest/", { params: { query: { q } } }));
  return json(items.map(suggestion));
}

/** `about` tells pages of one title apart: their kind, and their region. */
function suggestion({ title, html_path, type, region }: Suggestion) {
  const name = region?.name === title ? "" : region?.name;
  return { title, path: html_path, about: [kindOf(type), name].filter(Boolean).join(" · ") };
}
