import { text } from "@sveltejs/kit";

export function GET({ url }) {
  const rules = `User-agent: *\nDisallow: /zoeken\n\nSitemap: ${url.origin}/sitemap.xml\n`;
  return text(rules, { headers: { "content-type": "text/plain; charset=utf-8" } });
}
