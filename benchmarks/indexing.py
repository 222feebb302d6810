"""Puts in Wagtail's index what ``benchmarks.rows`` added, by Wagtail's own code, a part in this process."""

from collections.abc import Iterable, Iterator

from django.db import transaction
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from cms.models import BasePage

from .rows import SECTIONS

BATCH = 1_000
TEXTS = ("text", "quote")


def main(part: str, parts: str) -> None:
    """The ``part`` of ``parts``, counted from 0."""
    for model in SECTIONS:
        index = get_search_backend().get_index_for_model(model)
        new = missing(model)[int(part) :: int(parts)]
        for start in range(0, len(new), BATCH):
            with transaction.atomic():
                pages = model.get_indexed_objects().filter(pk__in=new[start : start + BATCH])
                index.add_items(model, without_pictures(pages))


def missing(model: type[BasePage]) -> list[int]:
    indexed = set(IndexEntry.objects.values_list("object_id", flat=True))
    return [pk for pk in model.objects.order_by("pk").values_list("pk", flat=True) if str(pk) not in indexed]


def without_pictures(pages: Iterable[BasePage]) -> Iterator[BasePage]:
    """Of which each asks the database for itself, and says as good as nothing."""
    for page in pages:
        page.body = [block for block in page.body.raw_data if block["type"] in TEXTS]
        yield page
