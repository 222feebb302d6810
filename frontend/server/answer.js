/**
 * A page on its way to the visitor: compressed as the browser likes it, or not sent at all when the browser has it.
 */
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/**
 * @typedef {import("node:http").IncomingMessage} Request
 * @typedef {import("node:http").ServerResponse} Response
 * @typedef {import("./pages.js").Page} Page
 */

const WORTH_PACKING = 500; // bytes

/** @type {Record<string, (body: Buffer) => Buffer>} */
const PACKERS = {
  br: (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (body) => gzipSync(body),
};
const ENCODINGS = Object.keys(PACKERS);

/**
 * @param {Request} request
 * @param {Response} response
 * @param {Page} page
 */
export function send(request, response, page) {
  const { etag, "cache-control": caching } = page.headers;
  if (etag && request.headers["if-none-match"] === etag) {
    response.writeHead(304, { etag, "cache-control": caching, vary: "accept-encoding" }).end();
    return;
  }
  const { headers, body } = formOf(page, String(request.headers["accept-encoding"] ?? ""));
  response.writeHead(page.status, headers).end(request.method === "HEAD" ? undefined : body);
}

/**
 * The page in the first form that the reader takes; what was made once stays with the page.
 *
 * @param {Page} page
 * @param {string} accepted
 */
function formOf(page, accepted) {
  const encoding = ENCODINGS.find((name) => accepted.includes(name)) ?? "";
  return (page.forms[encoding] ??= makeForm(page, encoding));
}

/**
 * @param {Page} page
 * @param {string} encoding
 */
function makeForm(page, encoding) {
  const pack = page.body.length < WORTH_PACKING ? undefined : PACKERS[encoding];
  const body = pack ? pack(page.body) : page.body;
  const packed = pack ? { "content-encoding": encoding } : {};
  return { body, headers: { ...page.headers, ...packed, vary: "accept-encoding", "content-length": body.length } };
}
