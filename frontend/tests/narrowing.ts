// What a front end does with the types: it compiles only if `type` tells pages and blocks apart.
import type { components, operations } from "../src/lib/api/schema";

type Schemas = components["schemas"];
type Answer<Name extends keyof operations> = operations[Name] extends {
  responses: { 200: { content: { "application/json": infer Body } } };
}
  ? Body
  : never;

export function heading(page: Schemas["Page"]): string {
  switch (page.type) {
    case "agenda.EventPage":
      return `${page.title}: ${page.start} ${page.place.city} (${page.registration.state})`;
    case "regions.RegionPage":
      return `${page.title}, ${page.provinces.join(" en ")}`;
    case "home.FaqPage":
      // @ts-expect-error A question has no place.
      return page.place;
    default:
      return page.title;
  }
}

export function block(block: Schemas["Body"][number]): string {
  switch (block.type) {
    case "text":
      return block.value;
    case "image":
      return `${block.value.caption} ${block.value.image.srcset[0]?.url}`;
    case "gallery":
      return block.value.images.map((image) => image.alt).join();
    case "quote":
      return `${block.value.text} – ${block.value.attribution}`;
    case "video":
      return `${block.value.provider} ${block.value.id} ${block.value.thumbnail?.alt}`;
    case "download":
      return `${block.value.filename} ${block.value.size}`;
    case "call_to_action":
      return block.value.page?.type ?? block.value.url;
    case "page_cards":
      return block.value.pages.map((card) => card.title).join();
    case "accordion":
      return block.value.items.map((item) => item.text).join();
    case "table":
      return block.value.rows.flatMap((row) => row.values).join();
    case "key_figures":
      return block.value.figures.map((figure) => `${figure.value} ${figure.label}`).join();
    default:
      return block satisfies never; // no type of block was forgotten
  }
}

export function section(section: Schemas["Sections"][number]): string {
  switch (section.type) {
    case "chosen":
    case "newest":
    case "questions":
      return section.value.pages.map((card) => card.title).join();
    case "agenda":
      return section.value.pages.map((event) => event.start).join();
    case "recording":
      return `${section.value.recording.provider} ${section.value.page.title}`;
    case "key_figures":
      return section.value.figures.map((figure) => figure.value).join();
    case "call_to_action":
      return section.value.url;
    case "region_map":
      return section.value.text;
    default:
      return section satisfies never; // no type of section was forgotten
  }
}

export function part(part: Schemas["IssueBody"][number]): string {
  switch (part.type) {
    case "lead":
      return part.value.text;
    case "text":
      return `${part.value.title} ${part.value.image_position}`;
    case "item":
    case "series":
      return `${part.value.page.title} ${part.value.event?.start} ${part.value.link.text}`;
    case "stories":
    case "events":
      return part.value.items.map((item) => item.page.title).join();
    case "automatic":
      return `${part.value.kind} ${part.value.items.length}`;
    case "question":
      return `${part.value.page.title} ${part.value.answer}`;
    case "button":
      return `${part.value.title} ${part.value.button?.url}`;
    case "picture":
      return `${part.value.image.alt} ${part.value.caption}`;
    default:
      return part satisfies never; // no type of block was forgotten
  }
}

export function titles(answer: Answer<"pages">): string[] {
  return answer.items.map((item) => {
    if (item.type === "agenda.EventPage" && "start" in item) {
      return `${item.title} ${item.start}`;
    }
    return item.title;
  });
}

export function destination(answer: Answer<"resolve">): string {
  return "redirect" in answer ? answer.redirect : heading(answer);
}

export function detail(answer: Answer<"page">): string | undefined {
  return answer.type === "regions.NewsPage" ? answer.related_event?.title : undefined;
}

export function events(answer: Answer<"events">): (string | null)[] {
  return answer.items.map((event) => event.start);
}

export function activity(answer: Answer<"regions">): number[] {
  return answer.items.map((region) => region.counts["regions.NewsPage"] ?? 0);
}

export function menu(answer: Answer<"site">): string[] {
  return answer.navigation.flatMap((item) => [item.label, ...item.children.map((child) => child.url)]);
}

type Problem = operations["page"]["responses"][404]["content"]["application/problem+json"];
export const explain = (problem: Problem): string => `${problem.status} ${problem.detail}`;
