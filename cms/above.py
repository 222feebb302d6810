"""The pages above other pages, from the top, as anybody may see them."""

from collections.abc import Iterable

from django.db.models import QuerySet
from wagtail.models import Page


class PagesAbove:
    """Those of ``public``; each is looked up once, as long as one has this."""

    def __init__(self, public: QuerySet[Page]):
        self._public = public
        self._pages: dict[str, Page | None] = {}
        """By path; ``None`` for one that isn't public."""

    def fetch(self, pages: Iterable[Page]) -> None:
        """Look up what is above all of ``pages``, in one query."""
        paths = {path for page in pages for path in _paths_above(page)}
        if lacking := paths - self._pages.keys():
            self._pages.update(dict.fromkeys(lacking))
            self._pages.update({page.path: page for page in self._public.filter(path__in=lacking)})

    def of(self, page: Page) -> list[Page]:
        self.fetch([page])
        return [above for path in _paths_above(page) if (above := self._pages[path])]


def _paths_above(page: Page) -> list[str]:
    return [page.path[:end] for end in range(page.steplen, len(page.path), page.steplen)]
