/**
 * What the CMS tells when something changes: https://www.standardwebhooks.com/ with events as in docs/webhooks.md.
 */
import { createHmac, timingSafeEqual } from "node:crypto";

const TOLERANCE = 5 * 60; // seconds
const PREFIX = "whsec_";

/**
 * Whether `body` was sent by who knows `secret`, not long ago.
 *
 * @param {import("node:http").IncomingHttpHeaders} headers
 * @param {Buffer} body
 * @param {string} secret
 * @param {number} now in seconds
 */
export function isGenuine(headers, body, secret, now = Date.now() / 1000) {
  const [id, timestamp, signatures] = ["id", "timestamp", "signature"].map((name) => headers[`webhook-${name}`]);
  if (!secret || !id || !signatures || !(Math.abs(now - Number(timestamp)) < TOLERANCE)) return false;
  const key = Buffer.from(secret.replace(PREFIX, ""), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest();
  return String(signatures)
    .split(" ")
    .filter((signature) => signature.startsWith("v1,"))
    .map((signature) => Buffer.from(signature.slice(3), "base64"))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}

/**
 * Which pages an event concerns. All addresses below a page move along with it, and what it is called stands in many
 * places: then that is all of them.
 *
 * @param {{ event: string, id?: number, path?: string, old_path?: string }} event
 * @returns {(url: string, tags: Set<string>) => boolean}
 */
export function affectedBy({ event, id, path, old_path }) {
  if (event === "page.moved") return () => true;
  if (event === "settings.changed") return (_, tags) => tags.has("site");
  // A page speaks for all below it.
  const own = [path, old_path].filter((each) => typeof each === "string");
  return (url, tags) =>
    tags.has(`page-${id}`) || tags.has("pages") || own.some((each) => `${url.split("?", 1)[0]}/`.startsWith(each));
}
