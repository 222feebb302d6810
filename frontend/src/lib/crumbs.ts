import type { Page } from "./api/types";

export interface Crumb {
  name: string;
  path: string;
}

/** The way from the home page to `page`, as the API gives it for search engines. */
export function crumbsTo(page: Page): Crumb[] {
  const list = page.seo.json_ld.find((thing) => thing["@type"] === "BreadcrumbList");
  const elements = Array.isArray(list?.itemListElement) ? list.itemListElement : [];
  return elements.map(({ name, item }) => ({ name: String(name), path: new URL(String(item)).pathname }));
}

/** The front page of the region that `page` belongs to: regions stand at one depth, below their overview. */
export function regionCrumb(page: Page): Crumb | undefined {
  return page.region === null ? undefined : crumbsTo(page)[2];
}
