import type { Page } from "$lib/api/types";
import { cards, paging, readChoice, slice } from "$lib/server/extra";

const LONGEST_QUESTION = 200;

const KINDS: Record<string, Page["type"][]> = {
  nieuws: ["regions.NewsPage"],
  agenda: ["agenda.EventPage"],
  inspiratie: ["inspiration.StoryPage", "inspiration.SeriesPage", "inspiration.TechlabPage"],
  vragen: ["home.FaqPage"],
  regio: ["regions.RegionPage"],
};

export async function load({ locals, url }) {
  const search = (url.searchParams.get("q") ?? "").trim().slice(0, LONGEST_QUESTION);
  const kind = url.searchParams.get("soort") ?? "";
  const choice = readChoice(url.searchParams);
  if (!search) return { search, kind, choice, items: [], total: 0, pages: 1 };
  const { items, total } = await cards(locals.api, {
    search,
    type: Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined,
    ...slice(choice),
  });
  return { search, kind, choice, items, ...paging(total, choice) };
}
