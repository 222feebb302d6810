import assert from "node:assert/strict";
import { createHmac, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { request as ask } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";

import { createApp } from "./app.js";

const SECRET = `whsec_${randomBytes(24).toString("base64")}`;
const TEXT = "Een zin die vaak genoeg herhaald wordt om hem in te pakken. ".repeat(20);

/** What the maker of pages does with each path, and how often it was asked. */
let maker = {};
let asked = {};
let app;

before(async () => {
  const socketPath = join(mkdtempSync(join(tmpdir(), "site-")), "maker.sock");
  app = createApp({
    socketPath,
    secret: SECRET,
    origin: "https://www.example.nl",
    handler: (request, response) => {
      asked[request.url] = (asked[request.url] ?? 0) + 1;
      (maker[request.url] ?? notFound)(response, request);
    },
  });
  app.listen(0, "127.0.0.1");
  await once(app, "listening");
});
after(() => {
  app.close();
  app.closeAllConnections();
});
beforeEach(() => {
  maker = {};
  asked = {};
});

const notFound = (response) => response.writeHead(404, { "content-type": "text/html" }).end("nergens");
const page =
  (text, tags = "page-1") =>
  (response) =>
    response.writeHead(200, { "content-type": "text/html", "surrogate-key": tags }).end(text + TEXT);
const broken = (response) => response.writeHead(503, { "retry-after": "30" }).end("storing");

async function get(path, headers = {}, method = "GET", body) {
  const { port } = app.address();
  const request = ask({ port, host: "127.0.0.1", path, headers, method });
  request.end(body);
  const [response] = await once(request, "response");
  const chunks = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() };
}

function tell(event, { secret = SECRET, at = Date.now() / 1000, body = JSON.stringify(event) } = {}) {
  const timestamp = String(Math.floor(at));
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`msg_1.${timestamp}.${body}`).digest("base64");
  const headers = { "webhook-id": "msg_1", "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
  return get("/webhook", headers, "POST", body);
}

test("a page is made once and then comes from memory", async () => {
  maker["/een/"] = page("een");

  const first = await get("/een/");
  assert.deepEqual(await get("/een/").then(({ body }) => body), first.body);

  assert.equal(asked["/een/"], 1);
  assert.equal(first.headers["cache-control"], "public, no-cache");
});

test("a page is made once for all who ask at the same moment", async () => {
  const waiting = [];
  maker["/druk/"] = (response) => waiting.push(response);

  const answers = [1, 2, 3].map(() => get("/druk/"));
  while (!waiting.length) await new Promise((resolve) => setImmediate(resolve));
  page("druk")(waiting[0]);

  assert.ok((await Promise.all(answers)).every(({ body }) => body.startsWith("druk")));
  assert.equal(asked["/druk/"], 1);
});

test("a browser that has it already gets a 304", async () => {
  maker["/bekend/"] = page("bekend");
  const { headers } = await get("/bekend/");

  const again = await get("/bekend/", { "if-none-match": headers.etag });

  assert.deepEqual([again.status, again.body, again.headers.etag], [304, "", headers.etag]);
});

test("pages are packed for who can unpack them", async () => {
  maker["/pak/"] = page("pak");
  const plain = await get("/pak/");

  for (const encoding of ["br", "gzip"]) {
    const packed = await get("/pak/", { "accept-encoding": encoding });
    assert.equal(packed.headers["content-encoding"], encoding);
    assert.ok(Number(packed.headers["content-length"]) < Number(plain.headers["content-length"]) / 2);
    assert.equal(packed.headers.vary, "accept-encoding");
  }
});

test("HEAD gives the headers only", async () => {
  maker["/kop/"] = page("kop");

  const { status, headers, body } = await get("/kop/", {}, "HEAD");

  assert.equal(status, 200);
  assert.ok(Number(headers["content-length"]) > 0);
  assert.equal(body, "");
});

test("what changed is made anew at once, the rest stays", async () => {
  maker["/a/"] = page("a", "page-7 region-2");
  maker["/b/"] = page("b", "page-8");
  maker["/lijst/"] = page("lijst", "pages");
  for (const path of Object.keys(maker)) await get(path);

  maker["/a/"] = page("anders", "page-7 region-2");
  assert.equal((await tell({ event: "page.published", id: 7, path: "/a/" })).status, 204);

  assert.ok((await get("/a/")).body.startsWith("anders"));
  await get("/lijst/");
  await get("/b/");
  assert.deepEqual(asked, { "/a/": 2, "/lijst/": 2, "/b/": 1 });
});

test("a page that wasn't there is there as soon as it is published", async () => {
  assert.equal((await get("/nieuw/")).status, 404);
  maker["/nieuw/"] = page("nieuw");

  await tell({ event: "page.published", id: 9, path: "/nieuw/" });

  assert.equal((await get("/nieuw/")).status, 200);
});

test("a move changes every address, another menu every page that has one", async () => {
  maker["/x/"] = page("x", "page-1");
  maker["/y/"] = page("y", "page-2 site");
  for (const path of Object.keys(maker)) await get(path);

  await tell({ event: "settings.changed" });
  for (const path of Object.keys(maker)) await get(path);
  assert.deepEqual(asked, { "/x/": 1, "/y/": 2 });

  await tell({ event: "page.moved", id: 5, path: "/nieuw/", old_path: "/oud/" });
  for (const path of Object.keys(maker)) await get(path);
  assert.deepEqual(asked, { "/x/": 2, "/y/": 3 });
});

test("a page whose making began before a change is not kept for long", async () => {
  const waiting = [];
  maker["/traag/"] = (response) => waiting.push(response);
  const early = get("/traag/");
  while (!waiting.length) await new Promise((resolve) => setImmediate(resolve));
  await tell({ event: "page.published", id: 3, path: "/traag/" });
  page("oud", "page-3")(waiting[0]);
  assert.ok((await early).body.startsWith("oud"));

  maker["/traag/"] = page("nieuw", "page-3");

  assert.ok((await get("/traag/")).body.startsWith("nieuw"));
});

test("while the API is down the old page is shown, also when it changed", async () => {
  maker["/blijft/"] = page("blijft", "page-4");
  await get("/blijft/");
  maker["/blijft/"] = broken;
  await tell({ event: "page.published", id: 4 });

  assert.ok((await get("/blijft/")).body.startsWith("blijft"));
  const unknown = await get("/nooit-gezien/").then(() => ((maker["/stuk/"] = broken), get("/stuk/")));
  assert.deepEqual([unknown.status, unknown.headers["retry-after"]], [503, "30"]);

  maker["/blijft/"] = page("hersteld", "page-4");
  assert.ok((await get("/blijft/")).body.startsWith("hersteld"));
});

test("previews are never kept", async () => {
  maker["/voorbeeld/pagina/?token=x"] = page("concept");

  await get("/voorbeeld/pagina/?token=x");
  await get("/voorbeeld/pagina/?token=x");

  assert.equal(asked["/voorbeeld/pagina/?token=x"], 2);
});

test("what may not be stored isn't, by whatever address it comes", async () => {
  maker["/%76oorbeeld/pagina/?q=x"] = (response) =>
    response.writeHead(200, { "content-type": "text/html", "cache-control": "no-store" }).end(TEXT);

  for (const _ of [1, 2]) await get("/%76oorbeeld/pagina/?q=x");

  assert.equal(asked["/%76oorbeeld/pagina/?q=x"], 2);
});

test("parameters that no page reads don't make another page", async () => {
  maker["/gedeeld/?pagina=2"] = page("gedeeld");

  await get("/gedeeld/?fbclid=123&pagina=2");
  await get("/gedeeld/?pagina=2&utm_source=nieuwsbrief");

  assert.deepEqual(asked, { "/gedeeld/?pagina=2": 1 });
});

test("a page speaks for all below it", async () => {
  for (const path of ["/regio/", "/regio/nieuws/", "/regios/"]) maker[path] = page(path, "page-1");
  for (const path of Object.keys(maker)) await get(path);

  await tell({ event: "page.deleted", id: 8, path: "/regio/" });

  for (const path of Object.keys(maker)) await get(path);
  assert.deepEqual(asked, { "/regio/": 2, "/regio/nieuws/": 2, "/regios/": 1 });
});

test("who breaks off a message breaks nothing else", async () => {
  maker["/heel/"] = page("heel");
  const { port } = app.address();
  const broken = ask({ port, host: "127.0.0.1", path: "/webhook", method: "POST", headers: { "content-length": 100 } });
  broken.on("error", () => undefined);
  broken.write("x");
  await new Promise((resolve) => setImmediate(resolve));
  broken.destroy();

  assert.equal((await get("/heel/")).status, 200);
});

test("a message that isn't genuine changes nothing", async () => {
  maker["/veilig/"] = page("veilig", "page-6");
  await get("/veilig/");
  const event = { event: "page.published", id: 6 };
  const otherSecret = `whsec_${randomBytes(24).toString("base64")}`;

  assert.equal((await tell(event, { secret: otherSecret })).status, 401);
  assert.equal((await tell(event, { at: Date.now() / 1000 - 600 })).status, 401);
  assert.equal((await tell(event, { at: NaN })).status, 401);
  assert.equal((await get("/webhook", {}, "POST", JSON.stringify(event))).status, 401);
  assert.equal((await tell(event, { body: "geen json" })).status, 400);
  assert.equal((await tell(event, { body: "null" })).status, 400);
  assert.equal((await tell(event, { body: "x".repeat(20_000) })).status, 413);

  await get("/veilig/");
  assert.equal(asked["/veilig/"], 1);
});

test("an address that is very long is not kept", async () => {
  const path = `/lang/?q=${"a".repeat(600)}`;
  maker[path] = page("lang");

  await get(path);
  await get(path);

  assert.equal(asked[path], 2);
});

test("every answer insists on HTTPS and on its own type, also files, errors and what the browser has", async () => {
  maker["/goed/"] = page("goed");
  maker["/_app/stijl.css"] = page("stijl");
  maker["/breekt/"] = (response) => response.destroy();
  const { etag } = (await get("/goed/")).headers;

  const answers = [
    await get("/goed/"),
    await get("/goed/", { "if-none-match": etag }),
    await get("/_app/stijl.css"),
    await get("/nergens/"),
    await get("/breekt/"),
    await get("/webhook", {}, "POST", "{}"),
  ];

  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 304, 200, 404, 502, 401],
  );
  for (const { headers } of answers) {
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.equal(headers["strict-transport-security"], "max-age=31536000");
  }
});
