/** The search page: what it asks of the API, and what it makes of the answer. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { answers, asked, reply, see, serve } from "./site.js";

const SLICE = "limit=12&offset=0";
const TECHLAB = `GET /search/?q=techlab&${SLICE}`;
const FOUND = {
  id: 7,
  type: "regions.NewsPage",
  title: "Techlab <open>",
  date: "2026-06-04",
  summary: "",
  region: { id: 3, slug: "zeeland", name: "Zeeland" },
  meta: { html_path: "/regio/zeeland/nieuws/techlab/" },
  highlight: { title: "<mark>Techlab</mark> &lt;open&gt;", text: "Een <mark>techlab</mark> in Goes." },
};
const FACETS = {
  type: [
    { value: "regions.NewsPage", title: "nieuwsbericht", count: 12 },
    { value: "home.ContentPage", title: "inhoudspagina", count: 2 },
  ],
  region: Array.from({ length: 11 }, (_, place) => ({ value: `regio-${place}`, title: `Regio ${place}`, count: 1 })),
  theme: [],
  audience: [],
};
const NO_FACETS = { type: [], region: [], theme: [], audience: [] };

serve(() => ({ [TECHLAB]: results() }));

function results({ items = [FOUND], facets = FACETS, meant = null, promoted = [], ...numbers } = {}) {
  const { total = 12, complete = true, whole = true } = numbers;
  const meta = { total_count: total, is_complete: complete, has_all_words: whole };
  return reply(200, { meta, items, facets, did_you_mean: meant, promoted });
}

function searched() {
  return asked.filter(({ path }) => path.startsWith("/search/"));
}

test("without a question there is a form, and nothing is asked", async () => {
  for (const path of ["/zoeken/", "/zoeken/?utm_source=nieuwsbrief"]) {
    const { status, html } = await see(path);
    assert.equal(status, 200);
    assert.match(html, /<title>Zoeken \| Sterk Techniekonderwijs</);
    assert.match(html, /<label for="q">Waar zoekt u naar\?<\/label>/);
    assert.doesNotMatch(html, /resulta|role="alert"/);
  }
  assert.deepEqual(searched(), []);
});

test("a question without words gets a sentence that asks for them, and nothing is asked", async () => {
  for (const query of ["q=", "q=+&regio=zeeland", "soort=regions.NewsPage", "van=2026-01-01"]) {
    const { status, html } = await see(`/zoeken/?${query}`);
    assert.equal(status, 200);
    assert.match(html, /<title>Fout: Zoeken \| Sterk Techniekonderwijs</);
    assert.match(html, /role="alert">.*Vul een woord in om te zoeken\./);
    assert.match(html, /<label for="q">Waar zoekt u naar\?<\/label>/);
    assert.doesNotMatch(html, /resulta/);
  }
  assert.deepEqual(searched(), []);
});

test("what is found is shown with its words marked, and how much there is", async () => {
  const { html } = await see("/zoeken/?q=techlab");

  assert.match(html, /<title>12 resultaten voor ‘techlab’ \| Sterk Techniekonderwijs</);
  assert.match(html, /<h2>12 resultaten voor ‘techlab’</);
  assert.match(html, /<a href="\/regio\/zeeland\/nieuws\/techlab\/">.*<mark>Techlab<\/mark> &lt;open&gt;/);
  assert.match(html, /Een <mark>techlab<\/mark> in Goes\./);
  assert.match(html, /Zeeland · 4 juni 2026/);
  assert.doesNotMatch(html, /10\.000|Bedoelde u|al uw woorden/);
});

test("pages that have some of the words only are said to", async () => {
  answers[`GET /search/?q=deels&${SLICE}`] = results({ whole: false });
  answers[`GET /search/?q=nergens&${SLICE}`] = results({ whole: false, total: 0, items: [] });

  assert.match((await see("/zoeken/?q=deels")).html, /Geen enkele pagina bevat al uw woorden/);
  assert.doesNotMatch((await see("/zoeken/?q=nergens")).html, /al uw woorden/);
});

test("an event has the day on which it takes place, not that on which it was published", async () => {
  const event = { ...FOUND, type: "agenda.EventPage", start: "2027-01-15T14:00:00+01:00" };
  answers[`GET /search/?q=open&${SLICE}`] = results({ items: [event] });

  const { html } = await see("/zoeken/?q=open");

  assert.match(html, /Bijeenkomst · Zeeland · vrijdag 15 januari 2027<\/p>/);
  assert.doesNotMatch(html, /4 juni 2026/);
});

test("of too many pages it says that not all were looked at", async () => {
  answers[`GET /search/?q=alles&${SLICE}`] = results({ complete: false });

  assert.match((await see("/zoeken/?q=alles")).html, /Van meer dan 10\.000 pagina's/);
});

test("a facet is a link with its number, one with many values is folded", async () => {
  const { html } = await see("/zoeken/?q=techlab");

  assert.match(html, /<a href="\/zoeken\/\?q=techlab&amp;soort=regions\.NewsPage">Nieuws<\/a> <span>\(12\)/);
  assert.match(html, /soort=home\.ContentPage">Pagina<\/a> <span>\(2\)/);
  assert.match(html, /<details open[^>]*><summary><h3>Soort/);
  assert.match(html, /<details><summary><h3>Regio</);
  assert.doesNotMatch(html, /<h3>Thema/);
});

test("what was chosen goes to the API, stays with the form, and can be taken away", async () => {
  const chosen = "soort=regions.NewsPage&regio=regio-1,regio-2&van=2026-01-01&tot=2026-12-31&volgorde=datum";
  const query = "q=techlab&type=regions.NewsPage&region=regio-1,regio-2&from=2026-01-01&to=2026-12-31&order=date";
  answers[`GET /search/?${query}&limit=12&offset=12`] = results({ total: 30 });

  const { html } = await see(`/zoeken/?q=techlab&${chosen}&pagina=2`);

  assert.match(html, /Soort: Nieuws<span>, verwijderen/);
  assert.match(html, /href="[^"]*regio=regio-2&amp;volgorde=datum">Regio: Regio 1</);
  assert.match(html, /Vanaf 1 januari 2026<span>, verwijderen/);
  assert.match(html, /Tot en met 31 december 2026<span>, verwijderen/);
  assert.match(html, /href="\/zoeken\/\?q=techlab&amp;volgorde=datum">Alle filters verwijderen/);
  assert.match(html, /<input type="hidden" name="regio" value="regio-1,regio-2"/);
  assert.match(html, /aria-current="true">Op datum/);
  assert.match(html, /<title>30 resultaten voor ‘techlab’, pagina 2 \| Sterk Techniekonderwijs</);
  assert.match(html, /Pagina 2 van 3/);
  assert.match(html, /rel="next"/);
});

test("what was chosen and isn't there keeps its name, to be taken away but not to be chosen once more", async () => {
  const facets = { ...NO_FACETS, theme: [{ value: "havo-vwo", title: "Techniek in havo en vwo", count: 0 }] };
  answers[`GET /search/?q=teclab&theme=havo-vwo&${SLICE}`] = results({ total: 0, items: [], facets });

  const { html } = await see("/zoeken/?q=teclab&thema=havo-vwo");

  assert.match(html, /<a href="\/zoeken\/\?q=teclab">Thema: Techniek in havo en vwo<span>, verwijderen/);
  assert.doesNotMatch(html, /Verfijn/);
});

test("where nothing is found it helps further", async () => {
  answers[`GET /search/?q=teclab&${SLICE}`] = results({ total: 0, items: [], facets: NO_FACETS, meant: "techlab" });

  const { html } = await see("/zoeken/?q=teclab");

  assert.match(html, /0 resultaten voor ‘teclab’/);
  assert.match(html, /Bedoelde u <a href="\/zoeken\/\?q=techlab">techlab<\/a>\?/);
  assert.match(html, /Probeer een ander woord.*Woorden als ‘de’ en ‘van’ tellen niet mee/s);
  assert.doesNotMatch(html, /zonder filters/);
  assert.doesNotMatch(html, /Verfijn/);
});

test("what editors put first comes before what is found, on the first page of everything only", async () => {
  const { highlight, ...card } = FOUND;
  const promoted = [
    { text: card.title, url: card.meta.html_path, description: "Begin <hier>.", page: card },
    { text: "Elders", url: "https://www.example.org/las", description: "", page: null },
  ];
  const found = results({ total: 30, promoted });
  for (const query of [SLICE, "limit=12&offset=12", `region=regio-1&${SLICE}`]) {
    answers[`GET /search/?q=las&${query}`] = found;
  }
  answers[`GET /search/?q=niets&${SLICE}`] = results({ total: 0, items: [], facets: NO_FACETS, promoted });

  const { html } = await see("/zoeken/?q=las");

  assert.match(html, /<h2 id="uitgelicht">Uitgelicht.*Zeeland.*Techlab &lt;open>.*Begin &lt;hier>\..*30 resultaten/s);
  assert.match(html, /www\.example\.org<\/p> <h3><a href="https:\/\/www\.example\.org\/las">Elders/);
  assert.match((await see("/zoeken/?q=niets")).html, /Uitgelicht.*Verder niets gevonden/s);
  assert.doesNotMatch((await see("/zoeken/?q=las&pagina=2")).html, /Uitgelicht/);
  assert.doesNotMatch((await see("/zoeken/?q=las&regio=regio-1")).html, /Uitgelicht/);
  assert.doesNotMatch((await see("/zoeken/?q=techlab")).html, /Uitgelicht/);
});

test("what can't be asked gets a sentence that says why, with the form as it was", async () => {
  const sees = async (query, problem) => {
    const { status, html } = await see(`/zoeken/?q=techlab&${query}`);
    assert.equal(status, 200);
    assert.match(html, /<title>Fout: /);
    assert.match(html, problem);
    assert.match(html, /value="techlab/);
    assert.match(html, /href="\/zoeken\/\?q=techlab">Zoek opnieuw zonder filters/);
  };
  answers[`GET /search/?q=techlab&region=atlantis&${SLICE}`] = reply(400, { detail: "region 'atlantis' doesn't exist" });

  await sees("regio=atlantis", /Een van de filters in dit adres bestaat niet \(meer\)\./);
  await sees("van=2026-02-01&tot=2026-01-01", /De eerste datum ligt na de laatste/);
  await sees("van=2026-02-30", /een dag in die bestaat/);
  await sees("tot=morgen", /een dag in die bestaat/);
  const { html } = await see(`/zoeken/?q=${"a".repeat(201)}`);
  assert.match(html, /Uw vraag is te lang: gebruik hooguit 200 tekens\./);
  assert.match((await see("/zoeken/?q=a%00b")).html, /role="alert">.*Uw vraag bevat een teken waarop niet te zoeken is\./);
});

test("pages after the last aren't there, and an API that is busy is no empty list", async () => {
  answers[`GET /search/?q=techlab&limit=12&offset=48`] = results();
  answers[`GET /search/?q=druk&${SLICE}`] = reply(503, {});

  assert.equal((await see("/zoeken/?q=techlab&pagina=5")).status, 404);
  assert.equal((await see("/zoeken/?q=druk")).status, 503);
});

test("the page may load its script and ask this site; other pages may do neither", async () => {
  const { headers, html } = await see("/zoeken/");

  assert.match(headers.get("content-security-policy"), /script-src 'self'; connect-src 'self'/);
  const [, script] = /<script type="module" src="([^"]+)"/.exec(html);
  const { status, html: source } = await see(new URL(script, "http://www.example.test/zoeken/").pathname);
  assert.equal(status, 200);
  assert.match(source, /zoeken\/suggesties/);
  assert.doesNotMatch((await see("/nergens/")).headers.get("content-security-policy"), /script-src|connect-src/);
});

test("suggestions are titles with where they lead, what they are and of which region", async () => {
  const region = { id: 1, slug: "stozeeland", name: "Zeeland" };
  const items = [
    { title: "Techlab", html_path: "/techlab/", type: "inspiration.TechlabPage", region: null },
    { title: "Techlab", html_path: "/regio/stozeeland/techlab/", type: "inspiration.TechlabPage", region },
    { title: "Zeeland", html_path: "/regio/stozeeland/", type: "regions.RegionPage", region },
  ];
  answers["GET /search/suggest/?q=tech"] = reply(200, { items });

  const { status, html } = await see("/zoeken/suggesties?q=+tech+");

  assert.equal(status, 200);
  assert.deepEqual(JSON.parse(html), [
    { title: "Techlab", path: "/techlab/", about: "Techlab" },
    { title: "Techlab", path: "/regio/stozeeland/techlab/", about: "Techlab · Zeeland" },
    { title: "Zeeland", path: "/regio/stozeeland/", about: "Regio" },
  ]);
  assert.deepEqual(JSON.parse((await see("/zoeken/suggesties")).html), []);
  assert.deepEqual(JSON.parse((await see(`/zoeken/suggesties?q=${"a".repeat(201)}`)).html), []);
  assert.equal(searched().length, 1);
});
