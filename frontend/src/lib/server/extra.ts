import { error } from "@sveltejs/kit";
import type { paths } from "$lib/api/schema";
import { isCard, isIssue, type Card, type Page, type PageOf } from "$lib/api/types";
import { NOTHING_EXTRA, type Choice, type Extra } from "$lib/extra";
import { answered, type Api } from "./api";

type PagesQuery = paths["/pages/"]["get"]["parameters"]["query"];

const PER_PAGE = 12;
const HIGHEST_PAGE = 10_000;

const INSPIRATION: Page["type"][] = ["inspiration.StoryPage", "inspiration.SeriesPage", "inspiration.TechlabPage"];

/** What `page` shows besides its own document, all of it asked for at the same time. */
export async function loadExtra(page: Page, query: URLSearchParams, api: Api): Promise<Extra> {
  const choice = readChoice(query);
  const [menu, lists] = await Promise.all([regionMenu(page, api), loadLists(page, choice, api)]);
  return { ...NOTHING_EXTRA, ...lists, menu, choice };
}

export function readChoice(query: URLSearchParams): Choice {
  const page = Math.trunc(Number(query.get("pagina") ?? 1));
  return {
    theme: query.get("thema") ?? "",
    period: query.get("periode") === "voorbij" ? "past" : "upcoming",
    national: query.get("bereik") === "landelijk",
    page: page >= 1 ? Math.min(page, HIGHEST_PAGE) : 1,
  };
}

function loadLists(page: Page, choice: Choice, api: Api): Promise<Partial<Extra>> {
  switch (page.type) {
    case "home.HomePage":
      return page.sections.length ? regionsOf(page.sections, api) : front(api);
    case "regions.RegionPage":
      return front(api, page.region?.slug ?? page.meta.slug);
    case "regions.RegionIndexPage":
      return regions(api);
    case "regions.NewsIndexPage":
      return section(page, choice, api, "news", ["regions.NewsPage"]);
    case "inspiration.InspirationIndexPage":
      return section(page, choice, api, "inspiration", INSPIRATION);
    case "agenda.AgendaIndexPage":
      return agenda(page, choice, api);
    case "home.FaqIndexPage":
      return questions(api);
    case "newsletter.NewsletterIndexPage":
      return issues(page, choice, api);
    case "regions.NewsPage":
      return alsoThere(page, api, "news", ["regions.NewsPage"]);
    case "inspiration.StoryPage":
    case "inspiration.TechlabPage":
      return partOrAlsoThere(page, api);
    case "home.FaqPage":
      return alsoAsked(page, api);
    default:
      return Promise.resolve({});
  }
}

async function regionMenu(page: Page, api: Api): Promise<Card[]> {
  if (page.region === null) return [];
  return (await cards(api, { child_of: page.region.id, show_in_menus: true })).items;
}

/** The newest of each kind, for the front page of the nation or of a region. */
async function front(api: Api, region?: string): Promise<Partial<Extra>> {
  const [news, events, inspiration, faq] = await Promise.all([
    cards(api, { type: ["regions.NewsPage"], order: ["-date"], limit: 6, region }),
    answered(api.GET("/events/", { params: { query: { limit: 4, region } } })),
    cards(api, { type: INSPIRATION, order: ["-date"], limit: 3, region }),
    region ? null : answered(api.GET("/faq/", { params: { query: { limit: 4 } } })),
  ]);
  return { news: news.items, events: events.items, inspiration: inspiration.items, questions: faq?.items ?? [] };
}

/** What a map among the `sections` of a homepage shows. */
export function regionsOf(sections: { type: string }[], api: Api): Promise<Partial<Extra>> {
  return sections.some(({ type }) => type === "region_map") ? regions(api) : Promise.resolve({});
}

async function regions(api: Api): Promise<Partial<Extra>> {
  const { items } = await answered(api.GET("/regions/", { params: { query: { limit: 200, status: "actief" } } }));
  return { regions: items };
}

async function section(
  page: PageOf<"regions.NewsIndexPage" | "inspiration.InspirationIndexPage">,
  choice: Choice,
  api: Api,
  name: "news" | "inspiration",
  type: Page["type"][],
): Promise<Partial<Extra>> {
  const below = choice.national ? { child_of: page.id } : { region: page.region?.slug };
  const [found, themes] = await Promise.all([
    cards(api, { type, order: ["-date"], theme: choice.theme || undefined, ...below, ...slice(choice) }),
    loadThemes(api),
  ]);
  return { [name]: found.items, themes, ...paging(found.total, choice) };
}

async function agenda(page: PageOf<"agenda.AgendaIndexPage">, choice: Choice, api: Api): Promise<Partial<Extra>> {
  const query = {
    period: choice.period,
    region: page.region?.slug,
    theme: choice.theme || undefined,
    ...slice(choice),
  };
  const [found, themes] = await Promise.all([
    answered(api.GET("/events/", { params: { query } })),
    loadThemes(api),
  ]);
  return { events: found.items, themes, ...paging(found.meta.total_count, choice) };
}

async function questions(api: Api): Promise<Partial<Extra>> {
  const [current, expired] = await Promise.all([
    answered(api.GET("/faq/", { params: { query: { limit: 50 } } })),
    answered(api.GET("/faq/", { params: { query: { limit: 50, validity: "expired" } } })),
  ]);
  return { questions: current.items, expired: expired.items };
}

/** Those of this newsletter alone: the others have pages of their own. */
async function issues(
  page: PageOf<"newsletter.NewsletterIndexPage">,
  choice: Choice,
  api: Api,
): Promise<Partial<Extra>> {
  const type: Page["type"][] = ["newsletter.NewsletterPage"];
  const query: PagesQuery = { type, child_of: page.id, order: ["-date"], ...slice(choice) };
  const found = await answered(api.GET("/pages/", { params: { query } }));
  return { issues: found.items.filter(isIssue), ...paging(found.meta.total_count, choice) };
}

async function partOrAlsoThere(
  page: PageOf<"inspiration.StoryPage" | "inspiration.TechlabPage">,
  api: Api,
): Promise<Partial<Extra>> {
  const parent = page.meta.parent;
  if (parent?.meta.type !== "inspiration.SeriesPage") return alsoThere(page, api, "inspiration", INSPIRATION);
  const series = await answered(api.GET("/pages/{pk}/", { params: { path: { pk: parent.id } } }));
  return "type" in series && series.type === "inspiration.SeriesPage" ? { series } : {};
}

/** A few others from the same section. */
async function alsoThere(
  page: Page,
  api: Api,
  name: "news" | "inspiration",
  type: Page["type"][],
): Promise<Partial<Extra>> {
  const found = await cards(api, { type, child_of: page.meta.parent?.id, order: ["-date"], limit: 4 });
  return { [name]: found.items.filter((item) => item.id !== page.id).slice(0, 3) };
}

async function alsoAsked(page: PageOf<"home.FaqPage">, api: Api): Promise<Partial<Extra>> {
  const query = { category: page.category?.slug, limit: 6 };
  const { items } = await answered(api.GET("/faq/", { params: { query } }));
  return { questions: items.filter((item) => item.id !== page.id).slice(0, 5) };
}

async function loadThemes(api: Api) {
  return (await answered(api.GET("/themes/"))).items;
}

async function cards(api: Api, query: PagesQuery): Promise<{ items: Card[]; total: number }> {
  const { items, meta } = await answered(api.GET("/pages/", { params: { query } }));
  return { items: items.filter(isCard), total: meta.total_count };
}

/** Which part of a list the page that was picked shows. */
export function slice({ page }: Choice) {
  return { limit: PER_PAGE, offset: (page - 1) * PER_PAGE };
}

export function paging(total: number, { page }: Choice) {
  const pages = Math.max(1, Math.ceil(total / PER_PAGE));
  if (page > pages) error(404, "Zo ver gaat deze lijst niet.");
  return { total, pages };
}
