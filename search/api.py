"""The doors to what is found by words."""

import datetime
import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import path
from wagtail.api.v2.utils import BadRequestError

from cms.api.answers import Answer
from cms.api.contract import Parameter, contract, paging
from cms.api.doors import door
from cms.api.filters import read_date
from cms.api.listing import allow_parameters, read_part
from cms.api.serializers import REGION
from cms.compact_json import as_json
from cms.json_schema import BOOLEAN, CARD, DATE, INTEGER, MOMENT, STRING, Named, array, nullable, one_of, shape
from cms.kept import kept
from cms.moments import represent_moment
from cms.words import split

from . import facets, highlights, missed, promotions, query, regions, results, shown, spelling, suggestions
from .engines import holds_until
from .models import Synonym
from .scope import end_of_scope, searched_now, within
from .time_limit import is_half_over, time_limit
from .words import MOST_WORDS

LONGEST = 200
"""Characters of a question."""
MARKED = {**STRING, "contentMediaType": "text/html", "description": "HTML with `<mark>` and nothing else."}
FOUND = Named(
    "Found",
    {"allOf": [CARD, shape(start=nullable(MOMENT), highlight=shape(title=MARKED, text=MARKED))]},
    "A card, with the words that were looked for marked in the title and in a fragment of the text. `start` is when an "
    "event begins, and null for other pages.",
)
RESULTS = shape(
    meta=shape(total_count=INTEGER, is_complete=BOOLEAN, has_all_words=BOOLEAN),
    items=array(FOUND),
    facets=facets.SCHEMA,
    did_you_mean=nullable(STRING),
    promoted=array(promotions.PROMOTED),
)
TITLE = Named(
    "Suggestion",
    shape(title=STRING, html_path=STRING, type=STRING, region=nullable(REGION)),
    "A page by its title, and the region that tells it from others of that title.",
)
Q = Parameter("q", "Words to look for.", {"type": "string", "minLength": 1, "maxLength": LONGEST}, required=True)
SEVERAL = "; several with commas. The counts of this facet are those without it."
DAYS = "the date that readers see; of an event, of when it takes place"
PARAMETERS = (
    Q,
    Parameter("type", f"Type of page, as `regions.NewsPage`{SEVERAL}"),
    Parameter("region", f"Slug of a region{SEVERAL}"),
    Parameter("theme", f"Slug of a theme{SEVERAL}"),
    Parameter("audience", f"Slug of an audience{SEVERAL}"),
    Parameter("from", f"First day of {DAYS}.", DATE),
    Parameter("to", f"Last day, included, of {DAYS}.", DATE),
    Parameter("order", "By what to order.", one_of(["relevance", "date"]), default="relevance"),
    *(parameter for parameter in paging(50) if parameter.name != "after"),
)
ORDERS = {"relevance": results.by_relevance, "date": list}


@contract("search", RESULTS, PARAMETERS)
@door
def search(request: HttpRequest) -> HttpResponse:
    """Pages that hold the words of `q`: all, or some when no page has all and `has_all_words` is false.

    When nothing is found, `did_you_mean` is `q` with other words, for which there is something; when pages with some
    words are found, it is `q` as it may be spelt, for which there are pages with all. Of more than 10,000 pages only
    the newest are looked at; `is_complete` is false then, and numbers are lower than they would be. `promoted` is what
    editors chose for `q`, whatever else is asked.
    """
    parameters = request.GET
    allow_parameters(parameters, *(parameter.name for parameter in PARAMETERS))
    text = _read_text(parameters)
    part = read_part(parameters)
    order = _read_order(parameters)
    until = end_of_scope()  # before asking: at midnight it may be either day that is answered for
    documents = within(searched_now(), *_read_days(parameters))
    known_regions = kept("regions to search", regions.all_regions, request.token)
    known_facets = kept("facets", lambda: facets.all_facets(known_regions.values()), request.token)
    chosen = facets.read(parameters, known_facets)
    synonyms = kept("synonyms", _synonyms, request.token)
    wanted = query.read(text, synonyms)
    known_promotions = kept("promotions", lambda: promotions.all_promotions(synonyms), request.token)

    def find(asked: query.Wanted) -> results.Results:
        return results.find(documents, asked.telling, known_regions)

    with time_limit():
        found = find(wanted)
        meant = _meant_by(text, found, until, request.token)
        if meant:
            other = find(query.read(meant, synonyms))
            is_better = results.choose(other.hits, chosen)[0] and (other.has_all or not found.hits)
            meant = meant if is_better else None
    hits, counts = results.choose(found.hits, chosen)
    on_this_part = order(hits)[part.offset : part.offset + part.limit]
    meta = {"total_count": len(hits), "is_complete": found.is_complete, "has_all_words": found.has_all}
    rest = {"facets": facets.represent(counts, known_facets, chosen), "did_you_mean": meant}
    promoted = promotions.chosen_for(wanted, known_promotions)
    answer = _respond([hit.page for hit in on_this_part], promoted, found.wanted, meta, rest)
    answer.valid_until = min(filter(None, [answer.valid_until, until]))
    if found.is_missed and not promoted and parameters.keys().isdisjoint(("from", "to")):
        missed.note(text)
    return answer


@contract("search", shape(items=array(TITLE)), [Q])
@door
def suggest(request: HttpRequest) -> HttpResponse:
    """Ten pages at most of which words of the title begin with those of `q`: regions, and then the newest."""
    allow_parameters(request.GET, "q")
    beginnings = split(_read_text(request.GET))[:MOST_WORDS]
    items, until = [], end_of_scope()
    if beginnings:
        known_regions = kept("regions to search", regions.all_regions, request.token)
        with time_limit():
            found = suggestions.find(beginnings, known_regions)
        items = [suggestions.represent(suggestion, known_regions) for suggestion in found]
    return Answer(as_json({"items": items}), ["pages"], min(filter(None, [holds_until(), until])))


def _read_text(parameters: QueryDict) -> str:
    text = parameters.get("q", "").strip()
    if not text:
        raise BadRequestError("q is required")
    if len(text) > LONGEST:
        raise BadRequestError(f"q cannot be longer than {LONGEST} characters")
    return text


def _read_order(parameters: QueryDict):
    name = parameters.get("order", "relevance")
    if name not in ORDERS:
        raise BadRequestError(f"order must be one of {', '.join(ORDERS)}")
    return ORDERS[name]


def _read_days(parameters: QueryDict) -> tuple[datetime.date | None, datetime.date | None]:
    first, last = (read_date(name, parameters[name]) if name in parameters else None for name in ("from", "to"))
    if first and last and first > last:
        raise BadRequestError("from cannot be after to")
    return first, last


def _synonyms() -> list[list[tuple[str, ...]]]:
    return [synonym.alternatives for synonym in Synonym.objects.all()]


def _meant_by(text: str, found: results.Results, until: datetime.datetime, token: str | None) -> str | None:
    has_what_was_meant = found.has_all and not found.is_missed
    if has_what_was_meant or is_half_over():
        return None
    known = kept(("words of pages", until), spelling.known_words, token)
    return spelling.correct(text, known) if found.is_missed else spelling.correct_letters(text, known)


def _respond(
    page_ids: list[int],
    promoted: list[promotions.Promotion],
    wanted: query.Wanted,
    meta: Mapping[str, Any],
    rest: Mapping[str, Any],
) -> Answer:
    asked = [*page_ids, *(one.page for one in promoted if one.page)]
    pages = shown.read(asked)
    looked_for = highlights.pattern(wanted.forms)
    items = (_with_highlight(pages[pk], looked_for) for pk in page_ids if pk in pages)
    cards = {one.page: json.loads(pages[one.page].card.content) for one in promoted if one.page in pages}
    rest = {**rest, "promoted": promotions.represent(promoted, cards)}
    body = ",".join(f'"{name}":{as_json(value)}' for name, value in rest.items())
    tags = {tag for page in pages.values() for tag in page.card.tags.split()} | {"pages"}
    moments = filter(None, [*(page.card.valid_until for page in pages.values()), holds_until()])
    return Answer(f'{{"meta":{as_json(meta)},"items":[{",".join(items)}],{body}}}', tags, min(moments, default=None))


def _with_highlight(page: shown.Shown, looked_for) -> str:
    card = json.loads(page.card.content)
    highlight = {
        "title": highlights.mark(card["title"], looked_for),
        "text": highlights.fragment(page.text or card["summary"], looked_for),
    }
    more = as_json({"start": represent_moment(page.start), "highlight": highlight})
    return f"{page.card.content[:-1]},{more[1:]}"


urlpatterns = [path("search/", search), path("search/suggest/", suggest)]
