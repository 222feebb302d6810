"""How long it takes to register, measured in this process: the whole transaction, and what follows it at once."""

import datetime
import itertools
import json
import statistics
import time
from collections.abc import Callable
from typing import NamedTuple

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agenda.models import AgendaIndexPage, EventPage, EventSession, Registration
from agenda.registration import desk
from cms.tree import add_live
from home.models import HomePage

SESSIONS = 10
HELD = 450
ROUNDS = 5
PER_ROUND = 40
numbers = itertools.count(1)


class Times(NamedTuple):
    """In seconds."""

    wall: float
    cpu: float


def main() -> None:
    """Prints a list of ``[name, a second, ms of CPU of this process, statements]``; the first is the bare insert."""
    roomy = add_event(capacity=100 * HELD)
    nearly_full = add_event(capacity=HELD + 1)
    full = add_event(capacity=HELD)
    actions = {
        "bare insert of a row": lambda: insert(roomy),
        "with places left": lambda: register(roomy),
        "the last place": lambda: register(nearly_full),
        "into the waiting line": lambda: register(full),
    }
    for action in actions.values():
        take_back(action)
    times: dict[str, list[Times]] = {name: [] for name in actions}
    for _round in range(ROUNDS):
        for name, action in actions.items():
            times[name] += [take_back(action) for _ in range(PER_ROUND)]
    print(json.dumps([[name, *medians(times[name]), statements(actions[name])] for name in actions]))


def medians(times: list[Times]) -> tuple[float, float]:
    """How many a second, and milliseconds of CPU."""
    seconds, cpu = (statistics.median(kind) for kind in zip(*times, strict=True))
    return 1 / seconds, 1_000 * cpu


def add_event(capacity: int) -> EventSession:
    """The first session of an event with so many places, of which ``HELD`` are taken, spread over all sessions."""
    start = timezone.now() + datetime.timedelta(days=30)
    event = EventPage(title="Bijeenkomst", date=timezone.localdate(), start=start, registration_mode="here")
    event.capacity = capacity
    event.sessions = [EventSession(title=f"Sessie {number}") for number in range(SESSIONS)]
    event = add_live(AgendaIndexPage.objects.child_of(HomePage.objects.get()).get(), event)
    sessions = list(event.sessions.all())
    Registration.objects.bulk_create(row(session) for session, _ in zip(itertools.cycle(sessions), range(HELD)))
    return sessions[0]


def row(session: EventSession) -> Registration:
    entry = new_entry(session)
    confirmed = Registration.State.CONFIRMED
    return Registration(event_id=session.event_id, session=session, name=entry.name, email=entry.email, state=confirmed)


def new_entry(session: EventSession) -> desk.Entry:
    number = next(numbers)
    return desk.Entry(f"Bezoeker {number}", f"bezoeker{number}@example.org", session_id=session.pk)


def insert(session: EventSession) -> None:
    with transaction.atomic():
        row(session).save(force_insert=True)


def register(session: EventSession) -> None:
    desk.register(session.event_id, new_entry(session))


def take_back(action: Callable[[], None]) -> Times:
    """How long ``action`` takes; the registration that it makes goes again, so that each finds the same."""
    last = Registration.objects.order_by("-pk").values_list("pk", flat=True)[0]
    began, cpu_before = time.perf_counter(), time.process_time()
    action()
    times = Times(time.perf_counter() - began, time.process_time() - cpu_before)
    Registration.objects.filter(pk__gt=last).delete()
    return times


def statements(action: Callable[[], None]) -> int:
    with CaptureQueriesContext(connection) as captured:
        action()
    return len(captured)
