"""No question keeps the database longer than a moment, whatever is in it."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from cms.api.errors import Refused

SECONDS = 2
STEPS = 10_000
"""Of SQLite's virtual machine, between two looks at the clock."""


@contextmanager
def time_limit() -> Iterator[None]:
    """Raises ``Refused`` (503) when a statement within takes the database longer than ``SECONDS``."""
    try:
        with _on_postgresql() if connection.vendor == "postgresql" else _on_sqlite():
            yield
    except OperationalError as error:
        if not _is_out_of_time(error):
            raise
        sentence = _("Zo zoeken kost te veel tijd. Gebruik andere woorden.")
        raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, sentence, code="too_slow") from error


@contextmanager
def _on_postgresql() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = %s", [SECONDS * 1_000])
        yield


@contextmanager
def _on_sqlite() -> Iterator[None]:
    connection.ensure_connection()
    deadline = time.monotonic() + SECONDS
    connection.connection.set_progress_handler(lambda: time.monotonic() > deadline, STEPS)
    try:
        yield
    finally:
        connection.connection.set_progress_handler(None, 0)


def _is_out_of_time(error: OperationalError) -> bool:
    if isinstance(error.__cause__, sqlite3.OperationalError):
        return str(error) == "interrupted"
    return getattr(error.__cause__, "sqlstate", None) == "57014"  # query_canceled
