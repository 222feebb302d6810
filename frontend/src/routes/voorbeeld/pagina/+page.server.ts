import type { Page } from "$lib/api/types";
import { loadExtra } from "$lib/server/extra";
import { loadPreview } from "$lib/server/preview";

export async function load({ locals, url }) {
  const page = await loadPreview<Page>(url, locals.tags);
  return { page, extra: await loadExtra(page, new URLSearchParams(), locals.api) };
}
