"""The paths of public pages, one by one or for many texts at once."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .models import PageDocument

_looked_up: ContextVar[dict[int, str | None] | None] = ContextVar("looked_up", default=None)
"""By id; ``None`` for a page that isn't public."""


@contextmanager
def looked_up(page_ids: Collection[int]) -> Iterator[None]:
    """Look up all ``page_ids`` in one query, for the texts that are expanded within."""
    token = _looked_up.set({**dict.fromkeys(page_ids), **_find(page_ids)})
    try:
        yield
    finally:
        _looked_up.reset(token)


def paths_of(page_ids: Collection[int]) -> dict[int, str]:
    """The path of each of ``page_ids`` that is public."""
    known = _looked_up.get()
    if known is None or not known.keys() >= set(page_ids):
        return _find(page_ids)
    return {pk: path for pk in page_ids if (path := known[pk])}


def _find(page_ids: Collection[int]) -> dict[int, str]:
    return dict(PageDocument.objects.filter(pk__in=page_ids).values_list("pk", "html_path"))
