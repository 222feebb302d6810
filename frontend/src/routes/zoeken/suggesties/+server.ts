import { json } from "@sveltejs/kit";
import { LONGEST } from "$lib/searching/question";
import { answered } from "$lib/server/api";
import { kindOf } from "$lib/words";

/** Pages by the beginning of their titles, for the field of the search page: `[{title, path, kind}]`. */
export async function GET({ locals, url }) {
  const q = (url.searchParams.get("q") ?? "").trim();
  if (!q || q.length > LONGEST) return json([]);
  const { items } = await answered(locals.api.GET("/search/suggest/", { params: { query: { q } } }));
  return json(items.map(({ title, html_path, type }) => ({ title, path: html_path, kind: kindOf(type) })));
}
