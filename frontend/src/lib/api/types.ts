import type { components, paths } from "./schema";

type Schemas = components["schemas"];

export type Page = Schemas["Page"];
export type PageOf<Type extends Page["type"]> = Extract<Page, { type: Type }>;
export type Card = Schemas["Card"];
export type ListedPage = Schemas["ListedPage"];
export type EventItem = Schemas["EventPageItem"];
export type FaqItem = Schemas["FaqPageItem"];
export type IssueItem = Schemas["NewsletterPageItem"];
export type RegionItem = Schemas["RegionWithActivity"];
export type Body = Schemas["Body"];
export type Block = Body[number];
export type ValueOf<Type extends Block["type"]> = Extract<Block, { type: Type }>["value"];
export type HomeSection = Schemas["Sections"][number];
export type SectionValueOf<Type extends HomeSection["type"]> = Extract<HomeSection, { type: Type }>["value"];
export type IssueBody = Schemas["IssueBody"];
export type IssueValueOf<Type extends IssueBody[number]["type"]> = Extract<IssueBody[number], { type: Type }>["value"];
export type NewsletterItem = Schemas["NewsletterItem"];
export type Image = Schemas["Image"];
export type File = Schemas["File"];
export type Site = Schemas["Site"];
export type Link = Schemas["Link"];
export type Theme = Schemas["Theme"];
export type Found = Schemas["Found"];
export type Suggestion = Schemas["Suggestion"];
export type Promoted = Schemas["Promoted"];
export type Facets = paths["/search/"]["get"]["responses"]["200"]["content"]["application/json"]["facets"];

/** A listing can also hold what `fields` picked; this site never picks, so that every item is at least a card. */
export function isCard(item: ListedPage): item is Exclude<ListedPage, Schemas["PickedPage"]> {
  return "title" in item;
}

export function isIssue(item: ListedPage): item is IssueItem {
  return isCard(item) && item.type === "newsletter.NewsletterPage" && "number" in item;
}
