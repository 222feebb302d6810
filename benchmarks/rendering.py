"""Renders the documents of a new site, a part of them in this process.

Rendering 100,000 documents takes hours of CPU. Of all the news, and of all the stories, in a section only the first is
rendered here, since ``benchmarks.rows`` makes them all alike; ``benchmarks.copies`` does the rest.
"""

from collections.abc import Iterable

from django.db.models import Q

from cms.models import PageDocument

from .queries import ask

COPIED_TYPES = ("regions.NewsPage", "inspiration.StoryPage")
FIRST = "bericht-1"


def main(part: str, parts: str) -> None:
    """The ``part`` of ``parts``, counted from 0."""
    rendered = PageDocument.objects.exclude(~Q(slug=FIRST), type__in=COPIED_TYPES)
    render(list(rendered.order_by("pk").values_list("pk", flat=True))[int(part) :: int(parts)])


def render(page_ids: Iterable[int]) -> None:
    """By reading them: what is stale is then rendered, and kept."""
    for page_id in page_ids:
        ask(f"/api/v2/pages/{page_id}/")
