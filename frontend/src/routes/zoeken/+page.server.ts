import { error } from "@sveltejs/kit";
import type { Choice } from "$lib/extra";
import { isAsked, problemOf, readQuestion, type Question } from "$lib/searching/question";
import type { Api } from "$lib/server/api";
import { paging, readChoice, slice } from "$lib/server/extra";

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
  if (data) return data;
  if (response.status === BAD_REQUEST) return null;
  error(503, "We kunnen nu niet zoeken. Probeer het over een paar minuten nog eens.");
}
