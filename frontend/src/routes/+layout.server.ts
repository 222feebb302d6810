import { answered } from "$lib/server/api";

export async function load({ locals }) {
  return { site: await answered(locals.api.GET("/site/")) };
}
