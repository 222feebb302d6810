"""Regions that a question names: "techlab zeeland" also finds the techlab of Zeeland that doesn't say where it is."""

from collections import defaultdict
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
    parts_of = defaultdict(set)
    for part in wanted.parts:
        asked = [word for word in part.words if len(word) >= SHORTEST and word not in IN_MANY]
        if not asked:
            continue
        for region in regions.values():
            if region.words.issuperset(asked):
                parts_of[region.id].add(part)
    if not parts_of:
        return NOBODY
    most = max(map(len, parts_of.values()))
    best = {region: frozenset(parts) for region, parts in parts_of.items() if len(parts) == most}
    first = next(iter(best.values()))
    return Named([region for region, parts in best.items() if parts == first], first)
