"""How good search is: how far down visitors have to look for what they asked, by a set of judged questions."""

import tomllib
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from django.test import Client

from search.models import Synonym

JUDGED = Path(__file__).with_name("judged.toml")
LOOKED_AT = 10
"""Further than this nobody looks."""


class Judged(NamedTuple):
    """A question with the patterns of the addresses that are right for it."""

    q: str
    first: list[str]


def read_judged() -> list[Judged]:
    """The questions; makes the synonyms that go with them."""
    judged = tomllib.loads(JUDGED.read_text())
    Synonym.objects.all().delete()
    Synonym.objects.bulk_create(Synonym(phrases=phrases) for phrases in judged["synonyms"])
    return [Judged(**query) for query in judged["queries"]]


def find(client: Client, q: str) -> list[str]:
    """The addresses of the first pages that are found, in their order."""
    response = client.get("/api/v2/search/", {"q": q, "limit": LOOKED_AT})
    assert response.status_code == 200, response.content
    return [item["meta"]["html_path"] for item in response.json()["items"]]


def reciprocal_rank(found: list[str], right: list[str]) -> float:
    """1 when the first that was ``found`` is one of the ``right`` ones, ½ when the second is, and so on; 0 for none."""
    places = (place for place, path in enumerate(found, start=1) if any(fnmatchcase(path, one) for one in right))
    return 1 / next(places, float("inf"))
