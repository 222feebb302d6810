"""What finds documents: an OpenSearch, or the index that Wagtail keeps in the database."""

import datetime
from importlib import import_module
from typing import Protocol

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from search.hits import Hit
from search.models import SearchedDocument
from search.query import Wanted

BEHIND = datetime.timedelta(seconds=10)
"""For which an answer may be kept that OpenSearch had a part in: it hears of changes when they are done."""


class Engine(Protocol):
    """A module that finds documents."""

    def match(self, rows: QuerySet[SearchedDocument], wanted: Wanted) -> list[Hit]:
        """Those of ``rows`` that hold what is wanted, at most the newest ``hits.MOST``."""

    def begin_with(self, rows: QuerySet[SearchedDocument], beginnings: list[str]) -> QuerySet[SearchedDocument]:
        """Those of ``rows`` of which words of the title begin with all of ``beginnings``."""

    def texts(self, pages: list[int]) -> dict[int, str]:
        """What readers see of ``pages`` besides their titles, by their ids."""


def has_opensearch() -> bool:
    return "opensearch" in settings.WAGTAILSEARCH_BACKENDS


def engine() -> Engine:
    return import_module(f"{__name__}.opensearch") if has_opensearch() else of_database()


def of_database() -> Engine:
    """Each kind of database in its own way; it knows all texts, whatever else does the searching."""
    return import_module(f"{__name__}.{connection.vendor}")


def holds_until() -> datetime.datetime | None:
    """The moment from which something else may be found though no document changed."""
    return timezone.now() + BEHIND if has_opensearch() else None
