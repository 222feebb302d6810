/** Subscribing to newsletters, and what one does by the links in mails. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { answers, asked, breakOff, forget, posted, reply, see, send, serve } from "./site.js";

const TOKEN = "0123456789abcdef0123456789abcdef.handtekening";
const FORM = "/abonnement/";
const CONFIRM = `/abonnement/bevestigen/${TOKEN}/`;
const LEAVE = `/abonnement/afmelden/${TOKEN}/`;
const ASK = "/abonnement/voorkeuren/";
const OWN = `${ASK}${TOKEN}/`;

const NATIONAL = { id: 5, title: "Nieuwsbrief", html_path: "/nieuwsbrief/", description: "Elke maand.", region: null };
const REGIONAL = {
  id: 6,
  title: "Nieuwsbrief",
  html_path: "/regio/zeeland/nieuwsbrief/",
  description: "",
  region: { id: 3, title: "Zeeland" },
};
const ENTRY = { email: "bezoeker1@example.org", newsletters: "6", wording_version: "2026-11" };
const DONE = reply(202, { message: "Kijk in uw mail." });
const API = {
  form: "GET /newsletters/subscription-form/",
  subscribe: "POST /newsletters/subscriptions/",
  confirm: `/newsletters/subscriptions/confirm/${TOKEN}/`,
  leave: `/newsletters/unsubscribe/${TOKEN}/`,
  ask: "POST /newsletters/preferences/",
  own: `/newsletters/preferences/${TOKEN}/`,
};

serve(() => ({
  [API.form]: form([NATIONAL, REGIONAL]),
  [API.subscribe]: DONE,
  [`GET ${API.confirm}`]: confirming("pending"),
  [`POST ${API.confirm}`]: confirming("active"),
  [`GET ${API.leave}`]: leaving("active"),
  [`POST ${API.leave}`]: leaving("ended"),
  [API.ask]: DONE,
  [`GET ${API.own}`]: preferences(),
  [`POST ${API.own}`]: preferences(),
  [`POST ${API.own}erase/`]: reply(200, {}),
  [`GET ${API.own}data/`]: reply(200, { email: ENTRY.email, consents: [] }),
}));

function form(newsletters) {
  const wording = "Ja, ik wil de nieuwsbrieven die ik heb aangekruist.";
  const rest = { wording_version: "2026-11", privacy: "<p>Kort.</p>", trap: "website", proof: null };
  return reply(200, { newsletters, wording, ...rest });
}

function confirming(state) {
  return reply(200, { newsletters: [NATIONAL, REGIONAL], state });
}

function leaving(state, newsletter = NATIONAL) {
  return reply(200, { newsletter, state });
}

function preferences() {
  const newsletters = [
    { ...NATIONAL, subscribed: true },
    { ...REGIONAL, subscribed: false },
  ];
  return reply(200, { email: ENTRY.email, newsletters, wording: "Ik wil deze.", privacy: "<p>Kort.</p>" });
}

/** The ids of the newsletters that are ticked. */
function tickedIn(html) {
  const boxes = html.match(/<input type="checkbox"[^>]*>/g) ?? [];
  return boxes.filter((box) => /\bchecked\b/.test(box)).map((box) => Number(/value="(\d+)"/.exec(box)[1]));
}

test("the form has every newsletter by whom it is for, and none is ticked", async () => {
  const { status, headers, html } = await see(FORM);

  assert.equal(status, 200);
  assert.equal(headers.get("cache-control"), "no-store");
  assert.match(html, /Landelijk/);
  assert.match(html, /Regio Zeeland/);
  assert.match(html, /Ja, ik wil de nieuwsbrieven die ik heb aangekruist\./);
  assert.deepEqual(tickedIn(html), []);
});

test("who comes from a newsletter has that ticked, and so has who has nothing to choose", async () => {
  assert.deepEqual(tickedIn((await see(`${FORM}?nieuwsbrief=6`)).html), [6]);
  assert.deepEqual(tickedIn((await see(`${FORM}?nieuwsbrief=99&nieuwsbrief=<b>`)).html), []);

  answers[API.form] = form([NATIONAL]);
  assert.deepEqual(tickedIn((await see(FORM)).html), [5]);
});

test("where there is no newsletter there is no form", async () => {
  answers[API.form] = form([]);

  const { html } = await see(FORM);

  assert.match(html, /geen nieuwsbrief om u voor in te schrijven/);
  assert.doesNotMatch(html, /<form method="post"/);
});

test("what was filled in goes to the API, with the wording that was read and the address of the visitor", async () => {
  const sent = [...Object.entries(ENTRY), ["newsletters", "5"], ["newsletters", "x"], ["website", ""], ["more", "x"]];
  const { status, headers } = await send(`${FORM}?nieuwsbrief=6`, sent);

  const [{ headers: received, body }] = posted();
  assert.deepEqual(JSON.parse(body), {
    email: "bezoeker1@example.org",
    newsletters: [6, 5],
    wording_version: "2026-11",
    website: "",
  });
  assert.equal(received["x-forwarded-for"], "127.0.0.1");
  assert.equal(status, 303);
  assert.equal(headers.get("location"), "/abonnement/aangevraagd/#inhoud");
  assert.match((await see("/abonnement/aangevraagd/")).html, /<h1[^>]*>Kijk in uw mail/);
});

test("a form from another site is refused", async () => {
  for (const path of [FORM, CONFIRM, LEAVE, ASK, OWN]) {
    assert.equal((await send(path, ENTRY, "https://elders.example")).status, 403);
  }
  assert.deepEqual(posted(), []);
});

test("what is wrong stands with its field, and all that was filled in is there again", async () => {
  const errors = { email: ["Voer een geldig e-mailadres in."], newsletters: ["Kies een nieuwsbrief."], proof: ["Bewijs."] };
  answers[API.subscribe] = reply(422, { code: "invalid", errors });

  const { status, html } = await send(FORM, { ...ENTRY, email: "<b>" });

  assert.equal(status, 422);
  assert.match(html, /<title>Fout: De nieuwsbrief per mail/);
  assert.match(html, /<a href="#veld-email">E-mailadres: Voer een geldig e-mailadres in\./);
  assert.match(html, /<a href="#veld-newsletters">Nieuwsbrieven: Kies een nieuwsbrief\./);
  assert.match(html, /Bewijs\./);
  assert.match(html, /id="veld-email"[^>]*aria-invalid="true"[^>]*aria-describedby="fout-email"/);
  assert.match(html, /<fieldset aria-describedby="fout-newsletters"/);
  assert.match(html, /id="veld-newsletters"/);
  assert.match(html, /value="&lt;b>"/);
  assert.deepEqual(tickedIn(html), [6]);
});

test("while the API can't be reached the form stays, with what was filled in", async () => {
  await see(FORM);
  breakOff();

  const { status, headers, html } = await send(FORM, ENTRY);

  assert.equal(status, 503);
  assert.equal(headers.get("retry-after"), "30");
  assert.match(html, /Probeer het over een paar minuten opnieuw/);
  assert.match(html, /value="bezoeker1@example.org"/);
  assert.deepEqual(tickedIn(html), [6]);
});

test("who asks too often hears when to try again", async () => {
  for (const [path, request] of [
    [FORM, API.subscribe],
    [ASK, API.ask],
    [CONFIRM, `POST ${API.confirm}`],
    [LEAVE, `POST ${API.leave}`],
    [OWN, `POST ${API.own}`],
  ]) {
    answers[request] = reply(429, { code: "too_many", detail: "Te vaak." }, { "retry-after": "600" });
    const { status, html } = await send(path, ENTRY);
    assert.equal(status, 429);
    assert.match(html, /over 10 minuten/);
    assert.match(html, /<title>Fout: /);
  }
});

test("confirming is one button, and the page after it says that one is subscribed", async () => {
  const before = await see(CONFIRM);
  assert.match(before.html, /<h1[^>]*>Bevestig uw inschrijving/);
  assert.match(before.html, /<li[^>]*>Nieuwsbrief<\/li>.*<li[^>]*>Nieuwsbrief \(regio Zeeland\)<\/li>/);
  assert.match(before.html, /<button[^>]*>Ja, schrijf mij in/);

  const { status, headers } = await send(CONFIRM, {});
  assert.deepEqual([status, headers.get("location")], [303, `${CONFIRM}#inhoud`]);
  assert.equal(posted().length, 1);

  answers[`GET ${API.confirm}`] = confirming("active");
  const after = await see(CONFIRM);
  assert.match(after.html, /<h1[^>]*>U bent ingeschreven/);
  assert.doesNotMatch(after.html, /<form method="post"/);
});

test("unsubscribing is one button, and the page after it says that one is no longer subscribed", async () => {
  const before = await see(LEAVE);
  assert.match(before.html, /<h1[^>]*>Uitschrijven/);
  assert.match(before.html, /<button[^>]*>Schrijf mij uit/);

  const { status, headers } = await send(LEAVE, {});
  assert.deepEqual([status, headers.get("location")], [303, `${LEAVE}#inhoud`]);
  assert.equal(posted().length, 1);

  answers[`GET ${API.leave}`] = leaving("ended");
  const after = await see(LEAVE);
  assert.match(after.html, /<h1[^>]*>U bent uitgeschreven/);
  assert.match(after.html, /href="\/abonnement\/\?nieuwsbrief=5"/);
  assert.doesNotMatch(after.html, /<form method="post"/);
});

test("who was erased has nothing to leave", async () => {
  answers[`GET ${API.leave}`] = leaving("ended", null);

  const { status, html } = await see(LEAVE);

  assert.equal(status, 200);
  assert.match(html, /U krijgt <strong[^>]*>deze nieuwsbrief<\/strong> niet meer/);
});

test("the link to one's preferences is asked for by address", async () => {
  assert.equal((await see(ASK)).status, 200);

  const { status, headers } = await send(ASK, { email: ENTRY.email });

  assert.deepEqual(JSON.parse(posted()[0].body), { email: ENTRY.email });
  assert.deepEqual([status, headers.get("location")], [303, "/abonnement/voorkeuren/verstuurd/#inhoud"]);
  assert.match((await see("/abonnement/voorkeuren/verstuurd/")).html, /<h1[^>]*>Kijk in uw mail/);

  answers[API.ask] = reply(422, { code: "invalid", errors: { email: ["Voer een geldig e-mailadres in."] } });
  const { html } = await send(ASK, { email: "bezoeker1" });
  assert.match(html, /<a href="#veld-email">E-mailadres: Voer een geldig e-mailadres in\./);
  assert.match(html, /value="bezoeker1"/);
});

test("one's preferences show what one gets, and change by ticking", async () => {
  const { html } = await see(OWN);
  assert.match(html, /bezoeker1@example\.org/);
  assert.match(html, /Ik wil deze\./);
  assert.deepEqual(tickedIn(html), [5]);

  const { status, headers } = await send(OWN, [["action", "change"], ["newsletters", "5"], ["newsletters", "6"]]);
  assert.deepEqual(JSON.parse(posted()[0].body), { newsletters: [5, 6] });
  assert.deepEqual([status, headers.get("location")], [303, `${OWN}?gedaan=gewijzigd#inhoud`]);
  assert.match((await see(`${OWN}?gedaan=gewijzigd`)).html, /role="status"[^>]*>Uw voorkeuren zijn bewaard/);

  forget();
  await send(OWN, { action: "change" });
  assert.deepEqual(JSON.parse(posted()[0].body), { newsletters: [] });
});

test("what can't be changed says why, and what was ticked stays so", async () => {
  answers[`POST ${API.own}`] = reply(422, { code: "invalid", errors: { newsletters: ["Deze nieuwsbrief is er niet."] } });

  const { status, html } = await send(OWN, { action: "change", newsletters: "6" });

  assert.equal(status, 422);
  assert.match(html, /<a href="#veld-newsletters">Nieuwsbrieven: Deze nieuwsbrief is er niet\./);
  assert.deepEqual(tickedIn(html), [6]);
});

test("one's own data can be kept, and erased", async () => {
  const { status, headers, html } = await see(`${OWN}gegevens.json`);
  assert.equal(status, 200);
  assert.match(headers.get("content-disposition"), /^attachment/);
  assert.equal(headers.get("cache-control"), "no-store");
  assert.deepEqual(JSON.parse(html), { email: ENTRY.email, consents: [] });

  const erased = await send(OWN, { action: "erase", newsletters: "5" });
  assert.equal(posted()[0].path, `${API.own}erase/`);
  assert.deepEqual([erased.status, erased.headers.get("location")], [303, "/abonnement/gewist/#inhoud"]);
  assert.match((await see("/abonnement/gewist/")).html, /<h1[^>]*>Uw gegevens zijn gewist/);
});

test("looking never changes anything", async () => {
  const looks = ["", "?action=erase", "?/default", "?List-Unsubscribe=One-Click"];
  for (const path of [FORM, CONFIRM, LEAVE, ASK, OWN]) for (const look of looks) await see(path + look);
  await see(`${OWN}gegevens.json`);

  assert.deepEqual(posted(), []);
});

test("what a link opens is for nobody else: not kept, not found, not told to other sites", async () => {
  for (const path of [CONFIRM, LEAVE, OWN, `${OWN}gegevens.json`]) {
    forget();
    for (const _time of ["first", "second"]) {
      const { status, headers } = await see(path);
      assert.equal(status, 200);
      assert.equal(headers.get("cache-control"), "no-store");
      assert.equal(headers.get("referrer-policy"), "strict-origin");
      assert.match(headers.get("x-robots-tag"), /noindex/);
    }
    assert.equal(asked.filter(({ path }) => path.includes(TOKEN)).length, 2);
  }
});

test("a link that is wrong gets a page that says so, also when it went wrong meanwhile", async () => {
  for (const path of [CONFIRM, LEAVE, OWN]) {
    const { status, html } = await see(path.replace(TOKEN, "fout"));
    assert.equal(status, 404);
    assert.match(html, /Deze link werkt niet \(meer\)/);
    assert.match(html, /href="\/abonnement\/voorkeuren\/"/);
  }
  for (const [path, request] of [
    [CONFIRM, `POST ${API.confirm}`],
    [LEAVE, `POST ${API.leave}`],
    [OWN, `POST ${API.own}`],
  ]) {
    answers[request] = reply(404, {});
    assert.match((await send(path, {})).html, /Deze link werkt niet \(meer\)/);
  }
});
