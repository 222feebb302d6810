import { text } from "@sveltejs/kit";

export function GET({ url }) {
  return text(`User-agent: *\nDisallow: /zoeken\n\nSitemap: ${url.origin}/sitemap.xml\n`);
}
