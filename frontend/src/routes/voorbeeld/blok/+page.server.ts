import type { Block, HomeSection } from "$lib/api/types";
import { NOTHING_EXTRA } from "$lib/extra";
import { regionsOf } from "$lib/server/extra";
import { loadPreview } from "$lib/server/preview";

/** One block by itself, without the site around it. */
export async function load({ locals, url }) {
  const blocks = await loadPreview<(Block | HomeSection)[]>(url, locals.tags);
  return { bare: true, blocks, extra: { ...NOTHING_EXTRA, ...(await regionsOf(blocks, locals.api)) } };
}
