/** The built site before an API of our own: what a visitor's form becomes, and what its answer does. */
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach } from "node:test";

const ORIGIN = "http://www.example.test";
const SITE = {
  navigation: [],
  footer: { text: "", columns: [] },
  contact: { organisation: "", email: "", phone: "", address: { street: "", postcode: "", city: "" }, social: [] },
  statements: { accessibility: null, privacy: null, cookies: null, colophon: null },
};

/** What the API answers, by method and path. */
export let answers = {};
/** What it was asked since the test began. */
export const asked = [];
let api, site;

/** Each test begins with these answers. */
export function serve(initial) {
  before(start);
  after(stop);
  beforeEach(() => {
    forget();
    answers = { "GET /site/": reply(200, SITE), ...initial() };
  });
}

async function start() {
  api = createServer(answerAsApi).listen(0, "127.0.0.1");
  await once(api, "listening");
  // The built site reads these when it is imported.
  process.env.API_URL = `http://127.0.0.1:${api.address().port}/api/v2`;
  process.env.ORIGIN = ORIGIN;
  const [{ handler }, { createApp }] = await Promise.all([import("../build/handler.js"), import("../server/app.js")]);
  const socketPath = join(mkdtempSync(join(tmpdir(), "site-")), "maker.sock");
  site = createApp({ handler, socketPath, origin: ORIGIN }).listen(0, "127.0.0.1");
  await once(site, "listening");
}

function stop() {
  for (const server of [site, api]) {
    server.close();
    server.closeAllConnections();
  }
}

export const reply =
  (status, body, headers = {}) =>
  (response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));

/** From now on nobody gets an answer of the API. */
export function breakOff() {
  for (const request of Object.keys(answers)) answers[request] = (response) => response.destroy();
}

async function answerAsApi(request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const path = decodeURIComponent(request.url.replace("/api/v2", ""));
  asked.push({ method: request.method, path, headers: request.headers, body: Buffer.concat(chunks).toString() });
  (answers[`${request.method} ${path}`] ?? reply(404, {}))(response);
}

export function forget() {
  asked.length = 0;
}

export function posted() {
  return asked.filter(({ method }) => method === "POST");
}

export async function see(path) {
  return received(await fetch(url(path), { redirect: "manual" }));
}

/** `entry` is what `URLSearchParams` takes. */
export async function send(path, entry, origin = ORIGIN) {
  const body = new URLSearchParams(entry);
  const headers = { accept: "text/html", origin };
  return received(await fetch(url(path), { method: "POST", body, headers, redirect: "manual" }));
}

function url(path) {
  return `http://127.0.0.1:${site.address().port}${path}`;
}

/** Without classes, which say nothing here. */
async function received(response) {
  const html = (await response.text()).replaceAll(/ class="[^"]*"/g, "");
  return { status: response.status, headers: response.headers, html };
}
