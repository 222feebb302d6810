import { error } from "@sveltejs/kit";
import { API_URL, ask } from "./api";

/** The API's own address in a feed (`rel="self"`) and in an index of sitemaps (`?part=`). */
const OWN_ADDRESS = /https?:\/\/[^"<\s]+\/api\/v2\/(feeds\/(?:atom|rss)|sitemap\.xml)\/?(?=["<?])/g;

/** What the API gives at `path`, with the query of `url`, under an address of this site. */
export async function passThrough(path: string, url: URL, tags: Set<string>): Promise<Response> {
  const answer = await ask(`${API_URL}${path}${url.search}`, tags);
  if (!answer.ok) error(404, "Dit bestaat niet (meer).");
  const body = (await answer.text()).replaceAll(OWN_ADDRESS, `${url.origin}/$1`);
  return new Response(body, { headers: { "content-type": answer.headers.get("content-type") ?? "text/plain" } });
}
