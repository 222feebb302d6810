import type { Block } from "$lib/api/types";
import { loadPreview } from "$lib/server/preview";

/** One block by itself, without the site around it. */
export async function load({ locals, url }) {
  return { bare: true, body: await loadPreview<Block[]>(url, locals.tags) };
}
