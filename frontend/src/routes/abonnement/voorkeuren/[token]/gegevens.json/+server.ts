import { dataOf } from "$lib/server/subscriptions";

/** One's own data, to keep. */
export async function GET({ params, locals, getClientAddress }) {
  const data = await dataOf(params.token, locals.api, getClientAddress());
  return new Response(JSON.stringify(data, null, 2), {
    headers: {
      "content-type": "application/json",
      "content-disposition": 'attachment; filename="mijn-nieuwsbrieven.json"',
    },
  });
}
