"""What a question finds: pages in their order, and how many there would be for each value of each facet."""

from collections import Counter
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any, NamedTuple

from .engines import engine
from .hits import MOST, Hit, columns, newest_first
from .query import Wanted
from .regions import Region, named_by
from .selection import Selection

STEPS = 20
"""Pages whose relevance differs by less than such a part of the best one's are equally good: the newest comes first."""
COLUMN = {
    "type": attrgetter("type"),
    "region": attrgetter("region"),
    "theme": attrgetter("themes"),
    "audience": attrgetter("audiences"),
}
FACETS = tuple(COLUMN)


class Results(NamedTuple):
    hits: list[Hit]
    """The newest first, by the dates that readers see."""
    is_complete: bool
    """Whether there were no more pages than are looked at."""
    wanted: Wanted
    """What was looked for in the end."""

    @property
    def is_missed(self) -> bool:
        """Whether something was looked for and isn't there."""
        return bool(self.wanted.parts and not self.hits)

    @property
    def has_all(self) -> bool:
        """Whether all that was found holds all that was wanted."""
        return not (self.hits and self.wanted.any_part)


NOTHING = Results([], True, Wanted(()))


def find(documents: Selection, wanted: Wanted, regions: dict[int, Region]) -> Results:
    """Those of ``documents`` that hold all that is wanted, or are of a region by that name and hold the rest of it.

    When there are none, those that hold some of it. Nothing when nothing is wanted.
    """
    if not wanted.parts:
        return NOTHING
    hits = _match(documents, wanted)
    is_complete = len(hits) < MOST
    named = named_by(wanted, regions)
    if named.ids:
        rest = wanted.without(named.parts)
        of_region = _match(documents.of_regions(named.ids), rest)
        is_complete &= len(of_region) < MOST
        # What says so itself comes first.
        pages = {hit.page: hit._replace(relevance=hit.relevance / 2) for hit in of_region}
        pages |= {hit.page: hit for hit in hits}
        if not rest.parts:
            pages |= _first(pages, named.ids)
        hits = list(pages.values())
    if not hits and len(wanted.parts) > 1:
        wanted = wanted._replace(any_part=True)
        hits = _match(documents, wanted)
        is_complete = len(hits) < MOST
    return Results(newest_first(hits), is_complete, wanted)


def _first(hits: dict[int, Hit], pages: Iterable[int]) -> dict[int, Hit]:
    """Those of ``pages`` that were found, better than all others: whoever asks for a region only wants its own page."""
    better = 2 * max((hit.relevance for hit in hits.values()), default=0) or 1.0
    return {page: hits[page]._replace(relevance=better) for page in pages if page in hits}


def _match(documents: Selection, wanted: Wanted) -> list[Hit]:
    if wanted.parts:
        return engine().match(documents, wanted)
    return [Hit(*row, 0.0) for row in documents.newest(columns(), MOST)]


def by_relevance(hits: Iterable[Hit]) -> list[Hit]:
    """The best first; those that are equally good stay in their order, which is that of ``find``."""
    best = max((hit.relevance for hit in hits), default=0) or 1
    return sorted(hits, key=lambda hit: round(STEPS * hit.relevance / best), reverse=True)


def choose(hits: list[Hit], chosen: Mapping[str, set[str]]) -> tuple[list[Hit], dict[str, Counter[str]]]:
    """Those filed under the ``chosen`` values of each facet, in the same order.

    And of each facet how many there are for each value, whatever was chosen of that facet itself.
    """
    counts = {}
    for facet in FACETS:
        others = {name: values for name, values in chosen.items() if name != facet}
        counts[facet] = _count(facet, _filed_under(others, hits))
    return _filed_under(chosen, hits), counts


def _filed_under(chosen: Mapping[str, set[str]], hits: list[Hit]) -> list[Hit]:
    for facet, asked in chosen.items():
        of_facet = COLUMN[facet]
        fitting = {column for column in set(map(of_facet, hits)) if not asked.isdisjoint(_values(facet, column))}
        hits = [hit for hit in hits if of_facet(hit) in fitting]
    return hits


def _count(facet: str, hits: list[Hit]) -> Counter[str]:
    """How many there are for each value."""
    counts = Counter()
    for column, number in Counter(map(COLUMN[facet], hits)).items():  # far fewer than pages
        for value in _values(facet, column):
            counts[value] += number
    return counts


def _values(facet: str, column: Any) -> list[str]:
    """What is filed so; regions and terms by their ids."""
    match facet:
        case "type":
            return [column]
        case "region":
            return [str(column)] if column else []
        case _:
            return column.split()
