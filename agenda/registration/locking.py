"""One transaction at a time for an event: whoever counts its places, counts alone.

Rows are locked sessions first, by id, then the event; so two who change sessions both ways never wait for each other.
Never ask for ``DocumentState`` within: editors hold it while they wait for the event (``following`` comes after).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

from agenda.models import EventPage, EventSession

from .refusals import Busy

LOCK_SECONDS = 5


@contextmanager
def locked(event_id: int, *session_ids: int | None) -> Iterator[EventPage]:
    """A transaction in which nobody else registers for the event, which is given as it is now.

    SQLite lets one transaction write at a time (``IMMEDIATE``); there the rows need no lock of their own. Raises
    ``EventPage.DoesNotExist``, and ``Busy`` when the others take too long.
    """
    try:
        with transaction.atomic():
            wait_at_most(LOCK_SECONDS)
            lock_rows(event_id, {pk for pk in session_ids if pk})
            event = EventPage.objects.defer_streamfields().get(pk=event_id)
            event.sessions.get_object_list()  # its places are counted more than once: read the sessions now
            yield event
    except OperationalError as error:
        raise Busy from error


def lock_rows(event_id: int, session_ids: set[int]) -> None:
    sessions = EventSession.objects.filter(event=event_id, pk__in=session_ids).order_by("pk")
    list(sessions.select_for_update().values_list("pk"))
    list(EventPage.objects.filter(pk=event_id).select_for_update().values_list("pk"))


def wait_at_most(seconds: int) -> None:
    """Have this transaction wait for each lock no longer; then ``OperationalError`` is raised. Not on SQLite."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{seconds}s"])
