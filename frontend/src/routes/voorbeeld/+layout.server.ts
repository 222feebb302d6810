import { loadUserbar } from "$lib/server/preview";

export async function load({ locals }) {
  return { userbar: await loadUserbar(locals.tags) };
}
