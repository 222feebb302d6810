"""No question keeps the database longer than a moment, whatever is in it.

What it found is shown without a limit, as in every list: cards that changed are rendered once, for whoever comes first.
Without waiting an answer would say what isn't so any more, or lack what was found.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from http import HTTPStatus

from django.db import OperationalError, connection
from django.utils.translation import gettext as _

from cms.api.errors import Refused

SECONDS = 2
STEPS = 10_000
"""Of SQLite's virtual machine, between two looks at the clock."""
ON_POSTGRESQL = (
    "SET LOCAL statement_timeout = {}",
    # It takes reading texts for as cheap as reading numbers, and would read all of them for a common word.
    "SET LOCAL enable_seqscan = off",
    # It can't know whether the newest pages hold the words. When they don't, comparing all that do with one page after
    # the other never ends.
    "SET LOCAL enable_material = off",
    "SET LOCAL jit = off",
)
# Time that runs out while PostgreSQL puts a statement away is told with the next one, which shall be none of ours.
AFTERWARDS = "SET LOCAL statement_timeout = 0"


deadline: ContextVar[float] = ContextVar("deadline")
"""By the clock of ``time.monotonic``."""


def seconds_left() -> float:
    """For what is asked within ``time_limit``; 0 when the time is over."""
    return max(0.0, deadline.get() - time.monotonic())


def is_half_over() -> bool:
    """Whether what isn't needed should better be left."""
    return seconds_left() < SECONDS / 2


@contextmanager
def time_limit(seconds: float | None = None) -> Iterator[None]:
    """Raises ``Refused`` (503) when the database, or an OpenSearch, takes longer for all that is asked within."""
    limit = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    before = deadline.set(time.monotonic() + (seconds or SECONDS))
    try:
        with limit():
            yield
    except OperationalError as error:
        if not _is_out_of_time(error):
            raise
        sentence = _("Zo zoeken kost te veel tijd. Gebruik andere woorden.")
        raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, sentence, code="too_slow") from error
    finally:
        deadline.reset(before)


@contextmanager
def _on_postgresql() -> Iterator[None]:
    def limited(execute, sql, params, many, context):
        """What is sent as one is a transaction by itself, for which the settings hold."""
        left = max(1, round(1_000 * seconds_left()))  # 0 would be no limit
        settings = "; ".join(ON_POSTGRESQL).format(left)
        result = execute(f"{settings}; {sql}; {AFTERWARDS}", params, many, context)
        for _setting in ON_POSTGRESQL:
            context["cursor"].nextset()
        return result

    with connection.execute_wrapper(limited):
        yield


@contextmanager
def _on_sqlite() -> Iterator[None]:
    connection.ensure_connection()
    connection.connection.set_progress_handler(lambda: not seconds_left(), STEPS)
    try:
        yield
    finally:
        connection.connection.set_progress_handler(None, 0)


def _is_out_of_time(error: OperationalError) -> bool:
    if isinstance(error.__cause__, sqlite3.OperationalError):
        return str(error) == "interrupted"
    return getattr(error.__cause__, "sqlstate", None) == "57014"  # query_canceled
