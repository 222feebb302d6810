"""Statements that are planned once on each connection, for what is done once a mail: planning takes PostgreSQL longer
than doing it. SQLite's driver keeps the plans of its last statements by itself.
"""

from typing import Any
from weakref import WeakSet

from django.db import connection


class Planned:
    """One statement; in ``text`` a parameter is its name between braces, and ``types`` tells its type in PostgreSQL."""

    def __init__(self, name: str, text: str, /, **types: str):
        numbered = {parameter: f"${number}" for number, parameter in enumerate(types, 1)}
        named = {parameter: f"%({parameter})s" for parameter in types}
        self._prepare = f"PREPARE {name} ({', '.join(types.values())}) AS {text.format(**numbered)}"
        self._execute = f"EXECUTE {name} ({', '.join(named.values())})"
        self._directly = text.format(**named)
        self._prepared_on: WeakSet = WeakSet()
        """The connections of psycopg that know it."""

    def run(self, **values: Any) -> list[tuple]:
        """The rows that it returns."""
        with connection.cursor() as cursor:
            if connection.vendor != "postgresql":
                cursor.execute(self._directly, values)
            else:
                if connection.connection not in self._prepared_on:
                    cursor.execute(self._prepare)
                    self._prepared_on.add(connection.connection)
                cursor.execute(self._execute, values)
            return cursor.fetchall()
