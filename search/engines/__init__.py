"""What finds documents: the index that Wagtail keeps in the database, each kind of database in its own way."""

from functools import cache
from importlib import import_module
from typing import Protocol

from django.db import connection
from django.db.models import QuerySet

from search.hits import Hit
from search.models import SearchedDocument
from search.query import Wanted


class Engine(Protocol):
    """A module that finds documents."""

    def match(self, rows: QuerySet[SearchedDocument], wanted: Wanted) -> list[Hit]:
        """Those of ``rows`` that hold what is wanted, at most the newest ``hits.MOST``."""

    def begin_with(self, rows: QuerySet[SearchedDocument], beginnings: list[str]) -> QuerySet[SearchedDocument]:
        """Those of ``rows`` of which words of the title begin with all of ``beginnings``."""

    def texts(self, pages: list[int]) -> dict[int, str]:
        """What readers see of ``pages`` besides their titles, by their ids."""


@cache
def engine() -> Engine:
    return import_module(f"{__name__}.{connection.vendor}")
