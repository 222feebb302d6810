import { ownRegistration } from "$lib/server/registrations";

/** One's own data, to keep. */
export async function GET({ params, locals, getClientAddress }) {
  const { can, sessions, ...data } = await ownRegistration(params.token, locals.api, getClientAddress());
  return new Response(JSON.stringify(data, null, 2), {
    headers: {
      "content-type": "application/json",
      "content-disposition": 'attachment; filename="mijn-aanmelding.json"',
    },
  });
}
