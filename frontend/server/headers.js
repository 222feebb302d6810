/**
 * What goes with every answer: pages, files and errors. What is about pages only, SvelteKit adds (`hooks.server.ts`).
 *
 * @param {string} origin of the site
 * @returns {Record<string, string>}
 */
export function headersOf(origin) {
  const isSecure = origin.startsWith("https://");
  return {
    "x-content-type-options": "nosniff",
    ...(isSecure ? { "strict-transport-security": "max-age=31536000" } : {}),
  };
}
