"""What somebody may look for who is still typing: pages of which words of the title begin so."""

from collections.abc import Mapping
from itertools import islice
from typing import Any, NamedTuple

from .engines import engine
from .regions import Region, beginning_with
from .scope import searched_now

MOST = 10
REGIONS = 5
"""Of these, those that are regions: they come first, since what they publish is newer and leaves them no room."""
COLUMNS = "document.page_id, document.title, document.html_path, document.type, document.region"


class Suggestion(NamedTuple):
    page: int
    title: str
    html_path: str
    type: str
    region: int | None


def find(beginnings: list[str], regions: Mapping[int, Region]) -> list[Suggestion]:
    """Regions by that name in the order of ``regions``, and then the newest pages."""
    named = list(islice(beginning_with(beginnings, regions), REGIONS))
    documents = searched_now()
    of_regions = {row[0]: row for row in documents.of_pages(named).all(COLUMNS)} if named else {}
    first = [of_regions[region] for region in named if region in of_regions]
    rest = engine().begin_with(documents, beginnings).newest(COLUMNS, MOST)
    found = dict.fromkeys([*first, *rest])
    return [Suggestion(*row) for row in found][:MOST]


def represent(found: Suggestion, regions: Mapping[int, Region]) -> dict[str, Any]:
    region = regions.get(found.region) if found.region else None
    of_region = region and {"id": region.id, "slug": region.slug, "name": region.title}
    return {"title": found.title, "html_path": found.html_path, "type": found.type, "region": of_region}
