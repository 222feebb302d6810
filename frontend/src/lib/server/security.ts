import { env } from "$env/dynamic/private";
import { API_URL } from "./api";

const MEDIA_ORIGIN = env.MEDIA_ORIGIN ?? new URL(API_URL).origin;

/** No scripts at all; pictures from the CMS; players of videos only once a visitor opens one. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  // For the focal point of a picture, which is a style on the picture itself.
  "style-src-attr 'unsafe-inline'",
  `img-src 'self' ${MEDIA_ORIGIN}`,
  "frame-src https://www.youtube-nocookie.com https://player.vimeo.com",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

export const SECURITY_HEADERS = {
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  // The players of YouTube and Vimeo want to know on which site they are.
  "referrer-policy": "strict-origin-when-cross-origin",
  "x-content-type-options": "nosniff",
};
