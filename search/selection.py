"""Documents, as the database is asked for them in SQL: that takes Django longer to write than a database to answer.

Whatever somebody asks for is the value of a parameter.
"""

from collections.abc import Collection
from typing import Any, NamedTuple

from django.db import connection

NEWEST = "document.date DESC, document.page_id DESC"


class Selection(NamedTuple):
    """The rows of ``source`` for which ``condition`` holds, with ``values`` for the parameters of both."""

    condition: str
    values: tuple[Any, ...]
    source: str = "cms_pagedocument AS document"

    def where(self, condition: str, *values: Any) -> "Selection":
        return self._replace(condition=f"{self.condition} AND {condition}", values=(*self.values, *values))

    def of_regions(self, ids: Collection[int]) -> "Selection":
        return self.where(is_one_of("document.region", ids), *ids)

    def of_pages(self, ids: Collection[int]) -> "Selection":
        return self.where(is_one_of("document.page_id", ids), *ids)

    def joined(self, join: str) -> "Selection":
        return self._replace(source=f"{self.source} {join}")

    def beside(self, source: str, *values: Any) -> "Selection":
        """With the one row of ``source``."""
        return self._replace(source=f"{source}, {self.source}", values=(*values, *self.values))

    def newest(self, columns: str, most: int) -> list[tuple]:
        """At most so many."""
        return fetch(f"{self._select(columns)} ORDER BY {NEWEST} LIMIT %s", (*self.values, most))

    def all(self, columns: str) -> list[tuple]:
        return fetch(self._select(columns), self.values)

    def _select(self, columns: str) -> str:
        return " ".join(["SELECT", columns, "FROM", self.source, "WHERE", self.condition])


def is_one_of(column: str, values: Collection[Any]) -> str:
    """The condition, with a parameter for each of ``values``."""
    return f"{column} IN ({', '.join(['%s'] * len(values))})" if values else "FALSE"


def fetch(statement: str, values: Collection[Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
