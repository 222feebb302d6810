/** What the pages of a newsletter and of its issues have in common. */
import type { IssueItem, Page } from "./api/types";
import { day } from "./dates";

/** "Nieuwsbrief 12 · 1 november 2022", as far as number and date are known */
export function issueName({ number, date }: Pick<IssueItem, "number" | "date">): string {
  const name = number === null ? "Nieuwsbrief" : `Nieuwsbrief ${number}`;
  return date === null ? name : `${name} · ${day(date)}`;
}

/** Where the Atom feed of issues is: those of the region of `page`, or all. */
export function issueFeed({ region }: Pick<Page, "region">): string {
  const query = new URLSearchParams({ kind: "nieuwsbrief" });
  if (region) query.set("region", region.slug);
  return `/feeds/atom?${query}`;
}
