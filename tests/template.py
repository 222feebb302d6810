"""A database with the tree in it, made once for all processes of pytest: each copies it instead of migrating its own.

The process that starts the others makes it (``pytest -n``, and so ``make test``); one that runs tests itself has none.
Django's ``migrate`` goes over each copy and finds nothing left to do.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection
from django.test.utils import setup_databases, setup_test_environment, teardown_databases, teardown_test_environment

from .tree import plant


@contextmanager
def made() -> Iterator[str]:
    """A template, as long as it is needed: the path of a file on SQLite, the name of a database on PostgreSQL."""
    setup_test_environment(debug=False)
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        plant()
        with tempfile.TemporaryDirectory(prefix="cms-test-template-") as folder:
            yield _left_alone(Path(folder))
    finally:
        teardown_databases(databases, verbosity=0)
        teardown_test_environment()


def _left_alone(folder: Path) -> str:
    if connection.vendor == "sqlite":
        file = folder / "template.sqlite3"
        with closing(sqlite3.connect(file)) as copy:
            connection.connection.backup(copy)
        return str(file)
    # PostgreSQL copies no database that somebody is connected to.
    connection.close()
    connection.close_pool()
    return connection.settings_dict["NAME"]


@contextmanager
def copied(template: str) -> Iterator[None]:
    """Have Django find what is in ``template`` in the database that it makes for tests."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = template
        yield
        return
    # In memory: it is there as long as somebody is connected to it.
    in_memory = sqlite3.connect(connection.creation._get_test_db_name(), uri=True)
    with closing(in_memory), closing(sqlite3.connect(template)) as source:
        source.backup(in_memory)
        yield
