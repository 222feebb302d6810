import { env } from "$env/dynamic/private";
import { API_URL } from "./api";

/** By which address browsers know the CMS, and where its pictures are. */
export const CMS_ORIGIN = env.CMS_ORIGIN || new URL(API_URL).origin;
const MEDIA_ORIGIN = env.MEDIA_ORIGIN || CMS_ORIGIN;

/** No scripts at all; pictures from the CMS; players of videos only once a visitor opens one. */
const FOR_VISITORS = {
  "default-src": "'none'",
  "style-src": "'self'",
  // For the focal point of a picture, which is a style on the picture itself.
  "style-src-attr": "'unsafe-inline'",
  "img-src": `'self' ${MEDIA_ORIGIN}`,
  "frame-src": "https://www.youtube-nocookie.com https://player.vimeo.com",
  "form-action": "'self'",
  "base-uri": "'none'",
  "frame-ancestors": "'none'",
};

/** With the script that asks this site for suggestions while one types. */
const FOR_SEARCHING = { ...FOR_VISITORS, "script-src": "'self'", "connect-src": "'self'" };

/** In the frame of the editor, with the script of Wagtail that checks the page. */
const FOR_EDITORS = {
  ...FOR_VISITORS,
  "script-src": CMS_ORIGIN,
  "img-src": `'self' data: ${MEDIA_ORIGIN}`,
  "style-src": `'self' 'unsafe-inline' ${CMS_ORIGIN}`,
  "frame-ancestors": CMS_ORIGIN,
};

/** Nothing here needs any of it. */
const REFUSED_FEATURES = [
  "accelerometer",
  "camera",
  "display-capture",
  "geolocation",
  "gyroscope",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "usb",
];

const SECURITY_HEADERS = {
  "content-security-policy": asText(FOR_VISITORS),
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": REFUSED_FEATURES.map((feature) => `${feature}=()`).join(", "),
  // The players of YouTube and Vimeo want to know on which site they are.
  "referrer-policy": "strict-origin-when-cross-origin",
};

const SEARCH_HEADERS = { ...SECURITY_HEADERS, "content-security-policy": asText(FOR_SEARCHING) };

const PREVIEW_HEADERS = {
  ...SECURITY_HEADERS,
  "cache-control": "no-store",
  "content-security-policy": asText(FOR_EDITORS),
  // The address holds the token.
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex, nofollow",
};

/** Somebody's own registration or subscriptions: the address holds the token here too. */
const OWN_HEADERS = {
  ...SECURITY_HEADERS,
  "cache-control": "no-store",
  // With `no-referrer` browsers would send forms as if they came from elsewhere, and they would be refused.
  "referrer-policy": "strict-origin",
  "x-robots-tag": "noindex, nofollow",
};

/** Below the form to subscribe, which is for everybody. */
const OWN = /^\/(aanmelding|abonnement)\/./;

export function securityHeaders(path: string): Record<string, string> {
  if (path.startsWith("/voorbeeld/")) return PREVIEW_HEADERS;
  if (path === "/zoeken") return SEARCH_HEADERS;
  return OWN.test(path) ? OWN_HEADERS : SECURITY_HEADERS;
}

function asText(policy: Record<string, string>): string {
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join("; ");
}
