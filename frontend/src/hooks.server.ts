import type { Handle, HandleServerError } from "@sveltejs/kit";
import { createApi } from "$lib/server/api";
import { securityHeaders } from "$lib/server/security";

const RETRY_AFTER = "30";

export const handle: Handle = async ({ event, resolve }) => {
  event.locals.tags = new Set();
  event.locals.unreachable = false;
  event.locals.api = createApi(event.locals.tags);
  const response = await resolve(event);
  for (const [name, value] of Object.entries(securityHeaders(event.route.id ?? event.url.pathname)))
    response.headers.set(name, value);
  if (event.locals.tags.size) response.headers.set("surrogate-key", [...event.locals.tags].join(" "));
  if (response.status === 503) response.headers.set("retry-after", RETRY_AFTER);
  return response;
};

export const handleError: HandleServerError = ({ error, status }) => {
  if (status === 404) return { message: "Deze pagina bestaat niet (meer)." };
  if (status >= 500) console.error(error);
  return { message: "Er ging iets mis bij het maken van deze pagina. Probeer het later nog eens." };
};
