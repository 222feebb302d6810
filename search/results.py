"""What a question finds: pages in their order, and how many there would be for each value of each facet."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .engines import engine
from .hits import COLUMNS, MOST, Hit
from .query import Wanted
from .regions import Region, named_by
from .selection import Selection

STEPS = 20
"""Pages whose relevance differs by less than such a part of the best one's are equally good: the newest comes first."""
FACETS = ("type", "region", "theme", "audience")


class Results(NamedTuple):
    hits: list[Hit]
    is_complete: bool
    """Whether there were no more pages than are looked at."""
    wanted: Wanted
    """What was looked for in the end."""


NOTHING = Results([], True, Wanted(()))


def find(documents: Selection, wanted: Wanted, regions: dict[int, Region]) -> Results:
    """Those of ``documents`` that hold all that is wanted, or are of a region by that name and hold the rest of it.

    When there are none, those that hold some of it.
    """
    found = _match(documents, wanted)
    hits = {hit.page: hit for hit in found}
    named = named_by(wanted, regions)
    if named.ids:
        rest = wanted.without(named.parts)
        of_region = _match(documents.of_regions(named.ids), rest)
        # What says so itself comes first.
        hits = {hit.page: hit._replace(relevance=hit.relevance / 2) for hit in of_region} | hits
        if not rest.parts:
            hits |= _first(hits, named.ids)
    if not hits and len(wanted.parts) > 1:
        wanted = wanted._replace(any_part=True)
        found = _match(documents, wanted)
        hits = {hit.page: hit for hit in found}
    return Results(list(hits.values()), len(found) < MOST, wanted)


def _first(hits: dict[int, Hit], pages: Iterable[int]) -> dict[int, Hit]:
    """Those of ``pages`` that were found, better than all others: whoever asks for a region only wants its own page."""
    better = 2 * max((hit.relevance for hit in hits.values()), default=0) or 1.0
    return {page: hits[page]._replace(relevance=better) for page in pages if page in hits}


def _match(documents: Selection, wanted: Wanted) -> list[Hit]:
    if wanted.parts:
        return engine().match(documents, wanted)
    return [Hit(*row, 0.0) for row in documents.newest(COLUMNS, MOST)]


def by_relevance(hits: Iterable[Hit]) -> list[Hit]:
    """The best first; of those that are equally good the newest, or the last to come."""
    best = max((hit.relevance for hit in hits), default=0) or 1
    return sorted(hits, key=lambda hit: (round(STEPS * hit.relevance / best), hit.date, hit.page), reverse=True)


def by_date(hits: Iterable[Hit]) -> list[Hit]:
    return sorted(hits, key=lambda hit: (hit.date, hit.page), reverse=True)


def choose(hits: Iterable[Hit], chosen: Mapping[str, set[str]]) -> tuple[list[Hit], dict[str, Counter[str]]]:
    """Those filed under the ``chosen`` values of each facet.

    And of each facet how many there are for each value, whatever was chosen of that facet itself.
    """
    left, counts = [], {facet: Counter() for facet in FACETS}
    for alike in _filed_alike(hits):
        missed = [facet for facet, values in chosen.items() if values.isdisjoint(alike[0].values(facet))]
        if not missed:
            left += alike
        for facet in FACETS if not missed else missed[:1] if len(missed) == 1 else ():
            for value in alike[0].values(facet):
                counts[facet][value] += len(alike)
    return left, counts


def _filed_alike(hits: Iterable[Hit]) -> Iterable[list[Hit]]:
    """Those of each combination of values: there are far fewer of these than of pages."""
    groups = defaultdict(list)
    for hit in hits:
        groups[hit.type, hit.region, hit.themes, hit.audiences].append(hit)
    return groups.values()
