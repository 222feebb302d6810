/** What a visitor asks of the search page, as it stands in its address. */
export type Facet = "type" | "region" | "theme" | "audience";

/** `name` is what a facet is called in the address of the page. */
export const FACETS: { facet: Facet; name: string; label: string }[] = [
  { facet: "type", name: "soort", label: "Soort" },
  { facet: "region", name: "regio", label: "Regio" },
  { facet: "theme", name: "thema", label: "Thema" },
  { facet: "audience", name: "doelgroep", label: "Doelgroep" },
];

export const LONGEST = 200; // characters
const NUL = "\0"; // which the API refuses
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export interface Question {
  text: string;
  chosen: Record<Facet, string[]>;
  /** First and last day, ISO 8601; empty for no bound. */
  from: string;
  to: string;
  byDate: boolean;
}

export function readQuestion(query: URLSearchParams): Question {
  const chosen: Question["chosen"] = { type: [], region: [], theme: [], audience: [] };
  for (const { facet, name } of FACETS) chosen[facet] = (query.get(name) ?? "").split(",").filter(Boolean);
  return {
    text: (query.get("q") ?? "").trim(),
    chosen,
    from: query.get("van") ?? "",
    to: query.get("tot") ?? "",
    byDate: query.get("volgorde") === "datum",
  };
}

/** Whether something is asked, be it without words; the bare page isn't a question. */
export function isAsked(query: URLSearchParams): boolean {
  return ["q", "van", "tot", ...FACETS.map(({ name }) => name)].some((name) => query.has(name));
}

/** What stands in the address besides the words and the days, which have fields of their own. */
export function choices({ chosen, byDate }: Question): [string, string][] {
  const facets = FACETS.map(({ facet, name }): [string, string] => [name, chosen[facet].join(",")]);
  return [...facets, ["volgorde", byDate ? "datum" : ""] as [string, string]].filter(([, value]) => value);
}

/** The address of the first page of results. */
export function addressOf(question: Question): string {
  const fields: [string, string][] = [
    ["q", question.text],
    ["van", question.from],
    ["tot", question.to],
  ];
  return `/zoeken/?${new URLSearchParams([...fields.filter(([, value]) => value), ...choices(question)])}`;
}

export function withValue(question: Question, facet: Facet, value: string): Question {
  return { ...question, chosen: { ...question.chosen, [facet]: [...question.chosen[facet], value] } };
}

export function withoutValue(question: Question, facet: Facet, value: string): Question {
  const rest = question.chosen[facet].filter((one) => one !== value);
  return { ...question, chosen: { ...question.chosen, [facet]: rest } };
}

export function withoutFilters({ text, byDate }: Question): Question {
  return { ...readQuestion(new URLSearchParams()), text, byDate };
}

/** What is wrong with it, in a sentence; empty when nothing is. */
export function problemOf({ text, from, to }: Question): string {
  if (!text) return "Vul een woord in om te zoeken.";
  if (text.includes(NUL)) return "Uw vraag bevat een teken waarop niet te zoeken is. Typ de vraag opnieuw.";
  if (text.length > LONGEST) return `Uw vraag is te lang: gebruik hooguit ${LONGEST} tekens.`;
  if (![from, to].every(isDay)) return "Vul bij de datums een dag in die bestaat, zoals 31-12-2026.";
  if (from && to && from > to) return "De eerste datum ligt na de laatste. Draai ze om, of maak er een leeg.";
  return "";
}

function isDay(text: string): boolean {
  if (!text) return true;
  const moment = DAY.test(text) ? new Date(`${text}T12:00:00Z`) : null;
  // The 31st of June would be the 1st of July.
  return moment !== null && !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}
