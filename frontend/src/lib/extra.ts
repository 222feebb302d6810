import type { Card, EventItem, FaqItem, IssueItem, PageOf, RegionItem, Theme } from "./api/types";

/** What the visitor picked on a page with a list, by the query string. */
export interface Choice {
  theme: string;
  period: "upcoming" | "past";
  /** Only what is national, nothing of the regions. */
  national: boolean;
  page: number;
}

/** What a page shows besides its own document. Each type of page fills what it lists; the rest stays empty. */
export interface Extra {
  /** The menu of the region that the page belongs to. */
  menu: Card[];
  news: Card[];
  events: EventItem[];
  inspiration: Card[];
  questions: FaqItem[];
  expired: FaqItem[];
  regions: RegionItem[];
  issues: IssueItem[];
  themes: Theme[];
  /** The series that a story is a part of. */
  series: PageOf<"inspiration.SeriesPage"> | null;
  choice: Choice;
  /** How many items and pages the list of this page has in all. */
  total: number;
  pages: number;
}

export const NOTHING_EXTRA: Extra = {
  menu: [],
  news: [],
  events: [],
  inspiration: [],
  questions: [],
  expired: [],
  regions: [],
  issues: [],
  themes: [],
  series: null,
  choice: { theme: "", period: "upcoming", national: false, page: 1 },
  total: 0,
  pages: 1,
};
