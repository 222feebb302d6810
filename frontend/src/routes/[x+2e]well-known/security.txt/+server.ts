import { redirect } from "@sveltejs/kit";
import { CMS_ORIGIN } from "$lib/server/security";

/** The one of the CMS, which names this address too (RFC 9116 §2.5.2). */
export function GET() {
  redirect(302, `${CMS_ORIGIN}/.well-known/security.txt`);
}
