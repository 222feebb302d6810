"""How good search is: how far down visitors have to look for what they asked, by a set of judged questions."""

import tomllib
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from django.test import Client

from search.models import Synonym

JUDGED, HELD_OUT = (Path(__file__).with_name(name) for name in ("judged.toml", "held_out.toml"))
LOOKED_AT = 10
"""Further than this nobody looks."""


class Judged(NamedTuple):
    """A question with the patterns of the addresses that are right for it."""

    q: str
    first: list[str]


def read_judged(file: Path) -> list[Judged]:
    return [Judged(**query) for query in tomllib.loads(file.read_text())["queries"]]


def make_synonyms() -> None:
    """Those that the questions need."""
    Synonym.objects.all().delete()
    for phrases in tomllib.loads(JUDGED.read_text())["synonyms"]:
        Synonym.objects.create(phrases=phrases)


def find(client: Client, q: str) -> list[str]:
    """The addresses of the first pages that are found, or else of those that were meant, in their order."""
    response = client.get("/api/v2/search/", {"q": q, "limit": LOOKED_AT})
    assert response.status_code == 200, response.content
    found = response.json()
    if found["did_you_mean"]:
        return find(client, found["did_you_mean"])
    return [item["meta"]["html_path"] for item in found["items"]]


def mean_reciprocal_rank(ranks: Mapping[str, float]) -> float:
    """``ranks`` are those of each question."""
    return sum(ranks.values()) / len(ranks)


def rank_all(client: Client, questions: Iterable[Judged]) -> dict[str, float]:
    return {one.q: reciprocal_rank(find(client, one.q), one.first) for one in questions}


def reciprocal_rank(found: list[str], right: list[str]) -> float:
    """1 when the first that was ``found`` is one of the ``right`` ones, ½ when the second is, and so on; 0 for none."""
    places = (place for place, path in enumerate(found, start=1) if any(fnmatchcase(path, one) for one in right))
    return 1 / next(places, float("inf"))
