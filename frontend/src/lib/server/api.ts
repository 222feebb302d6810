import { error } from "@sveltejs/kit";
import createClient, { type Client } from "openapi-fetch";
import { env } from "$env/dynamic/private";
import type { paths } from "$lib/api/schema";

export type Api = Client<paths>;

export const API_URL = (env.API_URL ?? "http://127.0.0.1:8000/api/v2").replace(/\/$/, "");

const TIME_LIMIT = 5_000;

/** The API for one page view: `tags` collects what its answers are tagged with. */
export function createApi(tags: Set<string>): Api {
  return createClient<paths>({
    baseUrl: API_URL,
    querySerializer: { array: { style: "form", explode: false } },
    fetch: (request) => ask(request, tags),
  });
}

/** An answer of the API with its whole body; an API that is down or too slow is a 503. */
export async function ask(request: Request | string, tags: Set<string>): Promise<Response> {
  const answer = await readWithin(TIME_LIMIT, request);
  if (answer === null || answer.status >= 500) {
    error(503, "We kunnen de inhoud nu niet ophalen. Probeer het over een paar minuten nog eens.");
  }
  for (const tag of answer.headers.get("surrogate-key")?.split(" ") ?? []) tags.add(tag);
  return answer;
}

/** An answer with its whole body, `null` when there is none in time. */
export async function readWithin(milliseconds: number, request: Request | string): Promise<Response | null> {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(milliseconds) });
    const { status, headers } = answer;
    const body = await answer.arrayBuffer();
    // One without content (204) may not even have an empty body.
    return new Response(body.byteLength ? body : null, { status, headers });
  } catch {
    return null;
  }
}

/** What the API was asked for; whatever it refuses or doesn't know isn't there for the visitor either. */
export async function answered<Data>(asked: Promise<{ data?: Data }>): Promise<Data> {
  const { data } = await asked;
  if (data === undefined) error(404, "Deze pagina bestaat niet (meer).");
  return data;
}
