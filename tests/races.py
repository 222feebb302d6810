"""Two people who do something about the same thing at the same moment.

Tests of that really commit: they override the fixture ``db`` by one that lets them, and take away what they made.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from django.db import OperationalError, connection, transaction

SECONDS = 20
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def second_after(first: Callable[[], object], second: Callable[[], object]) -> BaseException | None:
    """What ``second`` raises, begun on a connection of its own when ``first`` was done and not yet committed.

    It must be kept out until then: PostgreSQL has it wait for a lock, SQLite doesn't let it begin. Without that it
    would decide by what was before.
    """
    kept_out = Event()
    with ThreadPoolExecutor(1) as elsewhere:
        with transaction.atomic():
            first()
            attempted = elsewhere.submit(attempt, second, kept_out)
            assert is_kept_out(kept_out), "the second was let in"
        return attempted.exception(SECONDS)


def attempt(second: Callable[[], object], kept_out: Event) -> None:
    """Do ``second`` on a connection of this thread, again and again while SQLite keeps it out."""
    deadline = time.monotonic() + SECONDS
    try:
        while True:
            try:
                second()
                return
            except Exception as error:
                if not is_locked(error) or time.monotonic() > deadline:
                    raise
                kept_out.set()
                Event().wait(0.01)
    finally:
        connection.close()


def is_locked(error: Exception) -> bool:
    """Whether that is how SQLite says that somebody else is writing, or how the code under test passes it on."""
    return isinstance(error, OperationalError) or isinstance(error.__cause__, OperationalError)


def is_kept_out(kept_out: Event) -> bool:
    if connection.vendor == "sqlite":
        return kept_out.wait(SECONDS)
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            # Within a transaction PostgreSQL goes on showing what it showed first.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return True
        Event().wait(0.01)
    return False
