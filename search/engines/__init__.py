"""What finds documents: an OpenSearch, or the index that Wagtail keeps in the database."""

import datetime
from importlib import import_module
from typing import Protocol

from django.conf import settings
from django.db import connection
from django.utils import timezone

from search.hits import Hit
from search.query import Wanted
from search.selection import Selection

BEHIND = datetime.timedelta(seconds=10)
"""For which an answer may be kept that OpenSearch had a part in: it hears of changes when they are done."""


class Engine(Protocol):
    """A module that finds documents."""

    def match(self, documents: Selection, wanted: Wanted) -> list[Hit]:
        """Those of ``documents`` that hold what is wanted, in any order; of more than ``hits.MOST`` the newest."""

    def begin_with(self, documents: Selection, beginnings: list[str]) -> Selection:
        """Those of ``documents`` of which words of the title begin with all of ``beginnings``."""


class DatabaseEngine(Engine, Protocol):
    TEXT: str
    """The column of the entry with what readers see of a page besides its title."""


def has_opensearch() -> bool:
    return "opensearch" in settings.WAGTAILSEARCH_BACKENDS


def engine() -> Engine:
    return import_module(f"{__name__}.opensearch") if has_opensearch() else of_database()


def of_database() -> DatabaseEngine:
    """Each kind of database in its own way; it knows all texts, whatever else does the searching."""
    return import_module(f"{__name__}.{connection.vendor}")


def holds_until() -> datetime.datetime | None:
    """The moment from which something else may be found though no document changed."""
    return timezone.now() + BEHIND if has_opensearch() else None
