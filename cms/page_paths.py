"""The paths of public pages, one by one or for many texts at once."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from .models import PageDocument

_known: ContextVar[Mapping[int, str | None] | None] = ContextVar("known", default=None)


@contextmanager
def known(paths: Mapping[int, str | None]) -> Iterator[None]:
    """Use ``paths`` for the texts that are expanded within; ``None`` is that of a page that isn't public."""
    token = _known.set(paths)
    try:
        yield
    finally:
        _known.reset(token)


def paths_of(page_ids: Collection[int]) -> dict[int, str]:
    """The path of each of ``page_ids`` that is public."""
    paths = _known.get()
    if paths is None or not paths.keys() >= set(page_ids):
        return dict(PageDocument.objects.filter(pk__in=page_ids).values_list("pk", "html_path"))
    return {pk: path for pk in page_ids if (path := paths[pk])}
