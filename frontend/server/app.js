/**
 * The server that visitors talk to: it keeps pages and answers from memory; SvelteKit makes those that it lacks.
 */
import { createHash } from "node:crypto";
import { createServer, request as ask } from "node:http";

import { send } from "./answer.js";
import { headersOf } from "./headers.js";
import { AGED, FRESH, Pages } from "./pages.js";
import { affectedBy, isGenuine } from "./webhook.js";

const MAX_SIZE = 64 * 1024 * 1024; // bytes
const MAX_AGE = 60 * 1000; // milliseconds
const MAX_URL = 500; // characters; what is longer is asked to keep us busy
const MAX_EVENT = 10_000; // bytes
const TIME_LIMIT = 10_000; // milliseconds
// Never kept: files that are files already, what only editors see, and what is made for one visitor.
const PASSED_ON = /^\/(_app|voorbeeld|aanmelding|abonnement)(\/|$)|\/aanmelden\/?$/;
const KEPT_STATUS = new Set([200, 301, 302, 307, 308, 404]);
/** What the routes of the site read of a query. */
const PARAMETERS = new Set([
  ...["pagina", "thema", "periode", "bereik"],
  ...["q", "soort", "regio", "doelgroep", "van", "tot", "volgorde"],
  ...["region", "kind", "part"],
]);
// Not of a page but of one connection.
const HOP_BY_HOP = ["connection", "keep-alive", "transfer-encoding", "date", "content-length"];

/**
 * @param {object} options
 * @param {import("node:http").RequestListener} options.handler makes pages: that of SvelteKit
 * @param {string} options.socketPath where the maker of pages can listen
 * @param {string} [options.secret] of the webhook; without it none is believed
 * @param {string} [options.origin] address of the site
 */
export function createApp({ handler, socketPath, secret = "", origin = "" }) {
  const headers = new Map(Object.entries(headersOf(origin)));
  const pages = new Pages(MAX_SIZE, MAX_AGE);
  /** @type {Map<string, Promise<import("./pages.js").Page>>} */
  const underway = new Map();
  const maker = createServer(handler).listen(socketPath);

  /** Makes the page, once however many ask for it meanwhile. @param {string} url */
  function make(url) {
    const since = pages.changes;
    const key = `${since} ${url}`;
    let making = underway.get(key);
    if (!making) {
      making = render(socketPath, url)
        .then((page) => {
          if (mayBeKept(page)) pages.keep(url, page, since);
          return page;
        })
        .finally(() => underway.delete(key));
      underway.set(key, making);
    }
    return making;
  }

  /** @param {string} url */
  async function pageAt(url) {
    const kept = pages.find(url);
    if (kept?.state === FRESH) return kept.page;
    if (kept?.state === AGED) {
      make(url).catch(() => undefined);
      return kept.page;
    }
    try {
      const page = await make(url);
      return page.status >= 500 && kept ? kept.page : page;
    } catch (error) {
      if (kept) return kept.page;
      throw error;
    }
  }

  const server = createServer(async (request, response) => {
    const url = request.url ?? "/";
    response.setHeaders(headers);
    if (request.method === "POST" && url === "/webhook") {
      // Who breaks off in the middle gets no answer.
      return receive(request, response, secret, pages).catch(() => response.destroy());
    }
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (!isRead || url.length > MAX_URL || isPassedOn(url)) return handler(request, response);
    try {
      send(request, response, await pageAt(addressOf(url)));
    } catch {
      response.writeHead(502).end();
    }
  });
  server.on("close", () => maker.close());
  return server;
}

/** However it is spelled: two visitors who ask at the same moment must not share a form. @param {string} url */
function isPassedOn(url) {
  try {
    return PASSED_ON.test(decodeURIComponent(url.split("?", 1)[0]));
  } catch {
    return true;
  }
}

/** @param {import("./pages.js").Page} page */
function mayBeKept({ status, headers }) {
  return KEPT_STATUS.has(status) && !String(headers["cache-control"] ?? "").includes("no-store");
}

/**
 * The address by which a page is kept: without parameters that no page reads, such as those of mailings and social
 * media, which would have the same page kept over and over.
 *
 * @param {string} url
 */
function addressOf(url) {
  const [path, query] = url.split("?", 2);
  if (!query) return path;
  const read = [...new URLSearchParams(query)].filter(([name]) => PARAMETERS.has(name));
  return read.length ? `${path}?${new URLSearchParams(read)}` : path;
}

/**
 * @param {string} socketPath
 * @param {string} path
 * @returns {Promise<import("./pages.js").Page>}
 */
function render(socketPath, path) {
  return new Promise((resolve, reject) => {
    const asked = ask({ socketPath, path, timeout: TIME_LIMIT }, (answer) => {
      /** @type {Buffer[]} */
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => resolve(asPage(answer, Buffer.concat(chunks))));
    });
    asked.on("timeout", () => asked.destroy(new Error("timeout")));
    asked.on("error", reject);
    asked.end();
  });
}

/** @param {import("node:http").IncomingMessage} answer @param {Buffer} body @returns {import("./pages.js").Page} */
function asPage(answer, body) {
  /** @type {Record<string, any>} */
  const headers = { ...answer.headers };
  for (const name of HOP_BY_HOP) delete headers[name];
  const status = answer.statusCode ?? 500;
  if (status < 400) {
    // Browsers ask each time whether there is a newer one, so that what is published is seen at once.
    headers["cache-control"] ??= "public, no-cache";
    headers.etag = `W/"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  }
  const tags = new Set(String(headers["surrogate-key"] ?? "").split(" "));
  return { status, headers, body, tags, forms: {} };
}

/** @param {import("node:http").IncomingMessage} request @param {import("node:http").ServerResponse} response
 *  @param {string} secret @param {Pages} pages */
async function receive(request, response, secret, pages) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_EVENT) return response.writeHead(413, { connection: "close" }).end();
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  if (!isGenuine(request.headers, body, secret)) return response.writeHead(401).end();
  try {
    pages.change(affectedBy(JSON.parse(body.toString())));
  } catch {
    return response.writeHead(400).end();
  }
  return response.writeHead(204).end();
}
