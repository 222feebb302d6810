import { isHttpError, type RequestEvent } from "@sveltejs/kit";

const MOST = 200;
const LATEST = new Map<string, unknown>();

/**
 * What `load` gives. When the API doesn't answer while a visitor sends something, what it gave last time: then the form
 * can be shown again, with all that was typed.
 */
export async function orLatest<Shown>(
  key: string,
  { locals, request }: Pick<RequestEvent, "locals" | "request">,
  load: () => Promise<Shown>,
): Promise<Shown> {
  const kept = request.method === "POST" ? (LATEST.get(key) as Shown | undefined) : undefined;
  if (kept && locals.unreachable) return kept;
  try {
    const shown = await load();
    keep(key, shown);
    return shown;
  } catch (problem) {
    if (!kept || !isHttpError(problem, 503)) throw problem;
    locals.unreachable = true;
    return kept;
  }
}

function keep(key: string, shown: unknown): void {
  LATEST.delete(key);
  LATEST.set(key, shown);
  for (const oldest of LATEST.keys()) {
    if (LATEST.size <= MOST) break;
    LATEST.delete(oldest);
  }
}
