import { error } from "@sveltejs/kit";
import type { Facets } from "$lib/api/types";
import type { Choice } from "$lib/extra";
import { isAsked, problemOf, readQuestion, type Question } from "$lib/searching/question";
import type { Api } from "$lib/server/api";
import { paging, readChoice, slice } from "$lib/server/extra";
import { kindOf } from "$lib/words";

const BAD_REQUEST = 400;

export async function load({ locals, url }) {
  const question = readQuestion(url.searchParams);
  const choice = readChoice(url.searchParams);
  const problem = isAsked(url.searchParams) ? problemOf(question) : "";
  if (problem || !question.text) return { question, problem, found: null };
  const found = await find(locals.api, question, choice);
  if (!found) return { question, problem: "Een van de filters in dit adres bestaat niet (meer).", found };
  return { question, problem, found: { ...found, page: choice.page, ...paging(found.meta.total_count, choice) } };
}

/** `null` when the API doesn't know what was chosen. */
async function find(api: Api, { text, chosen, from, to, byDate }: Question, choice: Choice) {
  const query = {
    q: text,
    type: chosen.type.join(",") || undefined,
    region: chosen.region.join(",") || undefined,
    theme: chosen.theme.join(",") || undefined,
    audience: chosen.audience.join(",") || undefined,
    from: from || undefined,
    to: to || undefined,
    order: byDate ? ("date" as const) : undefined,
    ...slice(choice),
  };
  const { data, response } = await api.GET("/search/", { params: { query } });
  if (data) return { ...data, facets: { ...data.facets, type: data.facets.type.map(named).sort(byTitle) } };
  if (response.status === BAD_REQUEST) return null;
  error(503, "We kunnen nu niet zoeken. Probeer het over een paar minuten nog eens.");
}

function byTitle(one: Facets["type"][number], other: Facets["type"][number]): number {
  return one.title.localeCompare(other.title, "nl");
}

/** Kinds of pages are called in the filter what they are called in a result; editors have words of their own. */
function named(kind: Facets["type"][number]): Facets["type"][number] {
  return { ...kind, title: kindOf(kind.value) || "Pagina" };
}
