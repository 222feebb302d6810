"""Pages that hold what was asked, as the engines give them."""

import datetime
import math
from collections.abc import Iterable, Sequence
from itertools import compress
from typing import NamedTuple

from .scope import day

MOST = 10_000
"""Of more pages that hold the words only the newest are looked at: ranking costs more than finding."""


class Hit(NamedTuple):
    """A page that holds what was asked."""

    page: int
    type: str
    region: int | None
    themes: str
    audiences: str
    day: datetime.date | str
    """In Europe/Amsterdam, as ``scope.day`` has it; SQLite writes it in ISO 8601."""
    relevance: float
    """The higher, the better; numbers of one question can be compared, of two they can't."""


def columns() -> str:
    """Those of a hit, but for its relevance."""
    return f"document.page_id, document.type, document.region, document.themes, document.audiences, {day()}"


def newest_first(hits: Iterable[Hit]) -> list[Hit]:
    return sorted(hits, key=lambda hit: (hit.day, hit.page), reverse=True)


def weigh_parts(found: Iterable[tuple[Hit, Sequence[bool]]]) -> list[Hit]:
    """The hits, each with which parts of the question it holds: with more of them, and rarer ones, the better.

    How rare a part is, is told by what was found, as in BM25 by all that there is.
    """
    found = list(found)
    times = [sum(column) for column in zip(*(holds for _hit, holds in found), strict=True)]
    rarity = [math.log(1 + len(found) / max(time, 1)) for time in times]
    return [hit._replace(relevance=hit.relevance + sum(compress(rarity, holds))) for hit, holds in found]
