/** Registering for an event, and what one does with one's own registration. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { answers, asked, breakOff, forget, posted, reply, see, send, serve } from "./site.js";

const TOKEN = "0123456789abcdef0123456789abcdef:handtekening";
const FORM = "/agenda/dag/aanmelden/";
const OWN = `/aanmelding/${TOKEN}/`;
const ENTRY = { key: "sleutel-1", name: "Bezoeker 1", email: "bezoeker1@example.org", session: "12" };

const EVENT = {
  id: 7,
  type: "agenda.EventPage",
  title: "Landelijke dag",
  region: null,
  meta: { html_path: "/agenda/dag/", type: "agenda.EventPage" },
  seo: { json_ld: [] },
};
const PLACE = { online: false, venue: "De Fabriek", street: "", postcode: "", city: "Zwolle" };
const FACTS = { id: 7, title: "Landelijke dag", html_path: "/agenda/dag/", start: null, end: null, all_day: false, place: PLACE };
const FIELDS = [
  field("name", "Naam", { required: true, autocomplete: "name", max_length: 120 }),
  field("email", "E-mailadres", { required: true, type: "email", autocomplete: "email" }),
  field("session", "Sessie", {
    required: true,
    type: "select",
    choices: [
      { value: "12", label: "Lassen", state: "open", places_left: { count: 3, exact: true } },
      { value: "13", label: "Programmeren", state: "full", places_left: { count: 0, exact: true } },
    ],
  }),
  field("question_4", "Wat wilt u weten?", { type: "textarea", max_length: 2000 }),
  field("newsletter", "Ja, ik wil de nieuwsbrief", { type: "checkbox" }),
];
const REGISTRATION = {
  state: "confirmed",
  name: "Bezoeker 1",
  email: "bezoeker1@example.org",
  organisation: "",
  audience: null,
  created_at: "2026-03-01T12:00:00+01:00",
  event: { ...FACTS, calendar: "", cancelled: false },
  session: { id: 12, title: "Lassen", hall: "" },
  reserve: null,
  answers: [],
  wants_newsletter: false,
  erased_on: null,
  offer_expires_at: null,
  sessions: [{ id: 14, title: "Solderen", state: "open", places_left: null }],
  can: { cancel: true, change_session: true, accept: false },
};

serve(() => ({
  "GET /resolve/?path=/agenda/dag/": reply(200, EVENT),
  "GET /events/7/registration-form/": form("open"),
  "POST /events/7/registrations/": reply(201, { state: "confirmed", session: { id: 12, title: "Lassen" } }),
  [`GET /registrations/${TOKEN}/`]: reply(200, REGISTRATION),
}));

function field(name, label, more = {}) {
  const rest = { help_text: "", type: "text", required: false, max_length: null, autocomplete: "off", choices: [] };
  return { name, label, ...rest, ...more };
}

function form(state, reason = "") {
  const registration = { mode: "here", state, reason, url: "", opens_at: null, closes_at: null, places_left: null };
  return reply(200, { event: FACTS, registration, fields: FIELDS, trap: "website", privacy: "<p>Kort.</p>", proof: null });
}

function keyIn(html) {
  return /name="key" value="([^"]*)"/.exec(html)[1];
}

test("every visitor gets a form with a key of its own, which nobody keeps", async () => {
  const [one, other] = await Promise.all([see(FORM), see(FORM)]);

  assert.equal(one.status, 200);
  assert.notEqual(keyIn(one.html), keyIn(other.html));
  assert.equal(one.headers.get("cache-control"), "no-store");
  assert.equal(one.headers.get("x-robots-tag"), "noindex");
});

test("an address that is spelled otherwise gives no two visitors the same form either", async () => {
  const [one, other] = await Promise.all([see("/agenda/dag/%61anmelden/"), see("/agenda/dag/%61anmelden/")]);

  assert.notEqual(keyIn(one.html), keyIn(other.html));
});

test("the newsletter isn't ticked, and a session that is full can't be picked", async () => {
  const { html } = await see(FORM);

  assert.doesNotMatch(html, /checked/);
  assert.match(html, /value="13"[^>]*disabled/);
  assert.match(html, /Nog 3 plaatsen/);
});

test("what was filled in goes to the API, with its key and the address of the visitor", async () => {
  const { status, headers } = await send(FORM, { ...ENTRY, question_4: "Alles", newsletter: "on", website: "", more: "x" });

  const [{ path, headers: sent, body }] = posted();
  assert.equal(path, "/events/7/registrations/");
  assert.deepEqual(JSON.parse(body), {
    name: "Bezoeker 1",
    email: "bezoeker1@example.org",
    session: "12",
    question_4: "Alles",
    newsletter: true,
    website: "",
  });
  assert.equal(sent["idempotency-key"], "sleutel-1");
  assert.equal(sent["x-forwarded-for"], "127.0.0.1");
  assert.equal(status, 303);
  assert.equal(headers.get("location"), "/agenda/dag/aanmelden/?gelukt=aangemeld&sessie=12#inhoud");
});

test("the page after it says what happened, and nothing that somebody puts into its address", async () => {
  const confirmed = await see(`${FORM}?gelukt=aangemeld&sessie=12`);
  assert.match(confirmed.html, /<h1[^>]*>U bent aangemeld/);
  assert.match(confirmed.html, /Lassen/);
  assert.match(confirmed.html, /href="\/agenda\/7\.ics"/);

  const waiting = await see(`${FORM}?gelukt=wachtlijst&sessie=<b>`);
  assert.match(waiting.html, /<h1[^>]*>U staat op de wachtlijst/);
  assert.doesNotMatch(waiting.html, /<b>|7\.ics/);

  assert.match((await see(`${FORM}?gelukt=constructor`)).html, /<form/);
});

test("a form from another site is refused", async () => {
  const { status } = await send(FORM, ENTRY, "https://elders.example");

  assert.equal(status, 403);
  assert.deepEqual(posted(), []);
});

test("what is wrong stands with its field, and all that was typed is there again", async () => {
  const errors = { email: ["Voer een geldig e-mailadres in."], proof: ["Bewijs ontbreekt."] };
  answers["POST /events/7/registrations/"] = reply(422, { code: "invalid", errors });

  const { status, html } = await send(FORM, { ...ENTRY, email: "bezoeker1", question_4: "<alles>", newsletter: "on" });

  assert.equal(status, 422);
  assert.match(html, /<title>Fout: Aanmelden/);
  assert.match(html, /<a href="#veld-email">E-mailadres: Voer een geldig e-mailadres in\./);
  assert.match(html, /Bewijs ontbreekt\./);
  assert.match(html, /id="veld-email"[^>]*aria-invalid="true"[^>]*aria-describedby="fout-email"/);
  assert.match(html, /value="bezoeker1"/);
  assert.match(html, /&lt;alles>/);
  assert.match(html, /type="checkbox"[^>]*checked/);
  assert.match(html, /value="12"[^>]*checked/);
  assert.equal(keyIn(html), "sleutel-1");
});

test("a refusal says what to do, and the form keeps its key", async () => {
  const refuse = async (status, code, headers) => {
    answers["POST /events/7/registrations/"] = reply(status, { code, detail: `Zin over ${code}.` }, headers);
    const sent = await send(FORM, ENTRY);
    assert.equal(sent.status, status);
    assert.match(sent.html, /value="bezoeker1@example.org"/);
    return sent.html;
  };

  assert.match(await refuse(409, "closed"), /Zin over closed\./);
  assert.match(await refuse(409, "session_full"), /<a href="#veld-session">Sessie: Zin over session_full\./);
  assert.equal(keyIn(await refuse(409, "full")), "sleutel-1");
  assert.match(await refuse(429, "too_many", { "retry-after": "600" }), /over 10 minuten/);
  assert.match(await refuse(503, "busy", { "retry-after": "5" }), /erg druk/);
});

test("while the API can't be reached the form stays, with what was typed", async () => {
  await see(FORM);
  breakOff();

  const { status, headers, html } = await send(FORM, ENTRY);

  assert.equal(status, 503);
  assert.equal(headers.get("retry-after"), "30");
  assert.match(html, /Probeer het over een paar minuten opnieuw/);
  assert.match(html, /value="bezoeker1@example.org"/);
  assert.equal((await see(FORM)).status, 503);
});

test("where registering isn't possible the page says why, and has no form", async () => {
  answers["GET /events/7/registration-form/"] = form("closed", "Aanmelden is niet meer mogelijk.");

  const { status, html } = await see(FORM);

  assert.equal(status, 200);
  assert.match(html, /Aanmelden is niet meer mogelijk\./);
  assert.doesNotMatch(html, /<form method="post"/);
});

test("a page that editors called so is shown, and no event is no form", async () => {
  const page = { ...EVENT, id: 9, type: "home.ContentPage", title: "Hoe u zich aanmeldt", body: [], themes: [], audiences: [] };
  const address = { title: "", description: "", canonical: "http://www.example.test/x/aanmelden/", image: null, json_ld: [] };
  answers["GET /resolve/?path=/x/"] = reply(200, { ...page, title: "x" });
  answers["GET /resolve/?path=/x/aanmelden/"] = reply(200, { ...page, summary: "", date: null, image: null, seo: address });

  assert.match((await see("/x/aanmelden/")).html, /Hoe u zich aanmeldt/);
  assert.equal((await send("/x/aanmelden/", ENTRY)).status, 405);
  assert.equal((await see("/nergens/aanmelden/")).status, 404);
});

test("the form moves along with its event", async () => {
  answers["GET /resolve/?path=/agenda/oud/"] = reply(200, { redirect: "/agenda/dag/", permanent: true });

  const { status, headers } = await see("/agenda/oud/aanmelden/");

  assert.deepEqual([status, headers.get("location")], [302, FORM]);
});

test("one's own registration is for nobody else: not kept, not found, not told to other sites", async () => {
  const { status, headers, html } = await see(OWN);

  assert.equal(status, 200);
  assert.match(html, /bezoeker1@example\.org/);
  assert.equal(headers.get("cache-control"), "no-store");
  assert.equal(headers.get("referrer-policy"), "strict-origin");
  assert.match(headers.get("x-robots-tag"), /noindex/);
  const seen = asked.filter(({ path }) => path.includes(TOKEN)).length;
  await see(OWN);
  assert.equal(asked.filter(({ path }) => path.includes(TOKEN)).length, 2 * seen);
});

test("a link that is wrong gets a page that says so", async () => {
  const { status, html } = await see("/aanmelding/0123:fout/");

  assert.equal(status, 404);
  assert.match(html, /Deze link werkt niet \(meer\)/);
});

test("looking never changes anything", async () => {
  for (const path of [OWN, `${OWN}?action=cancel`, `${OWN}?/cancel`, `${OWN}gegevens.json`]) await see(path);

  assert.deepEqual(posted(), []);
});

test("one's own data can be kept", async () => {
  const { status, headers, html } = await see(`${OWN}gegevens.json`);

  assert.equal(status, 200);
  assert.match(headers.get("content-disposition"), /^attachment/);
  assert.equal(headers.get("cache-control"), "no-store");
  assert.equal(JSON.parse(html).email, "bezoeker1@example.org");
});

test("what one does with it goes to the API, and the page after it says that it was done", async () => {
  const does = async (entry, status) => {
    forget();
    answers[`POST /registrations/${TOKEN}/`] = status === 204 ? (response) => response.writeHead(204).end() : reply(200, {});
    const { headers } = await send(OWN, entry);
    return [JSON.parse(posted()[0].body), headers.get("location")];
  };

  assert.deepEqual(await does({ action: "change_session", session: "14" }), [
    { action: "change_session", session: 14 },
    `${OWN}?gedaan=gewijzigd#inhoud`,
  ]);
  assert.deepEqual(await does({ action: "cancel" }), [{ action: "cancel" }, `${OWN}?gedaan=afgemeld#inhoud`]);
  assert.deepEqual(await does({ action: "accept" }), [{ action: "accept" }, `${OWN}?gedaan=aangenomen#inhoud`]);
  assert.deepEqual(await does({ action: "erase" }, 204), [{ action: "erase" }, "/aanmelding/gewist/"]);
  assert.equal((await see("/aanmelding/gewist/")).status, 200);
  assert.match((await see(`${OWN}?gedaan=afgemeld`)).html, /role="status"[^>]*>U bent afgemeld/);
});

test("what can't be done with it says why", async () => {
  answers[`POST /registrations/${TOKEN}/`] = reply(409, { code: "session_full", detail: "Deze sessie is vol." });

  const { status, html } = await send(OWN, { action: "change_session", session: "14" });

  assert.equal(status, 409);
  assert.match(html, /<title>Fout: /);
  assert.match(html, /<a href="#veld-session">Sessie: Deze sessie is vol\./);
  assert.match(html, /<details[^>]* open/);
});
