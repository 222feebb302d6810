"""Renders the documents of a new site, a part of them in this process.

Rendering 100,000 documents takes hours of CPU. Of all the news, and of all the stories, in a section only the first is
rendered here, since ``benchmarks.rows`` makes them all alike; ``benchmarks.copies`` does the rest.
"""

from django.db.models import Q

from cms import documents
from cms.models import PageDocument

COPIED_TYPES = ("regions.NewsPage", "inspiration.StoryPage")
FIRST = "bericht-1"
BATCH = 100


def main(part: str, parts: str) -> None:
    """The ``part`` of ``parts``, counted from 0."""
    rendered = PageDocument.objects.exclude(~Q(slug=FIRST), type__in=COPIED_TYPES)
    page_ids = list(rendered.order_by("pk").values_list("pk", flat=True))[int(part) :: int(parts)]
    for start in range(0, len(page_ids), BATCH):
        documents.refresh(page_ids[start : start + BATCH])
