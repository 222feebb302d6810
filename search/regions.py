"""Regions that a question names: "techlab zeeland" also finds the techlab of Zeeland that doesn't say where it is."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from cms.models import PageDocument
from cms.region import region_model
from cms.words import split

from .query import Part, Wanted

SHORTEST = 3
IN_MANY = frozenset(
    ["sto", "sterk", "techniekonderwijs", "techniek", "regio", "noord", "oost", "zuid", "west", "midden"]
)
"""Words of names that don't tell one region from another."""
OF_ALL = frozenset(["sto", "regio"])
"""Words that belong to the name of any region."""


class Region(NamedTuple):
    id: int
    slug: str
    title: str
    words: frozenset[str]
    """Of the title."""


class Named(NamedTuple):
    """The regions that a question names best, and by which of its parts."""

    ids: list[int]
    parts: frozenset[Part]


NOBODY = Named([], frozenset())


def all_regions() -> dict[int, Region]:
    documents = PageDocument.objects.filter(type=region_model()._meta.label).order_by("title")
    rows = documents.values_list("pk", "slug", "title")
    return {pk: Region(pk, slug, title, frozenset(split(title))) for pk, slug, title in rows}


def named_by(wanted: Wanted, regions: dict[int, Region]) -> Named:
    parts_of = {}
    for region in regions.values():
        name = region.words | OF_ALL
        named = frozenset(part for part in wanted.parts if name.issuperset(part.words))
        if any(map(_tells, named)):
            parts_of[region.id] = named
    if not parts_of:
        return NOBODY
    best = max(parts_of.values(), key=len)
    return Named([region for region, parts in parts_of.items() if parts == best], best)


def beginning_with(beginnings: Iterable[str], regions: Mapping[int, Region]) -> Iterator[int]:
    """Those of which words of the title begin with all of ``beginnings``, but for those of any region."""
    telling = [beginning for beginning in beginnings if beginning not in OF_ALL]
    for region in regions.values():
        if telling and all(any(word.startswith(beginning) for word in region.words) for beginning in telling):
            yield region.id


def _tells(part: Part) -> bool:
    """Whether it tells one region from another."""
    return any(len(word) >= SHORTEST and word not in IN_MANY for word in part.words)
