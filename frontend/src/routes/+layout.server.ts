import { answered } from "$lib/server/api";
import { orLatest } from "$lib/server/latest";

export async function load(event) {
  return { site: await orLatest("site", event, () => answered(event.locals.api.GET("/site/"))) };
}
