"""Events that one registers for, and people who do."""

import datetime
import itertools

from django.utils import timezone

from agenda.models import EventSession, Registration
from agenda.registration import desk
from tests.factories import make_event

numbers = itertools.count(1)
NEXT_MONTH = timezone.now().replace(microsecond=0) + datetime.timedelta(days=30)


def make_open_event(parent, sessions=(), **fields):
    """An event next month that is registered for here; ``sessions`` are the numbers of places of each."""
    fields = {"start": NEXT_MONTH, "end": NEXT_MONTH + datetime.timedelta(hours=4), **fields}
    event = make_event(parent, registration_mode="here", **fields)
    if sessions:
        event.sessions = [
            EventSession(title=f"Sessie {number}", capacity=capacity) for number, capacity in enumerate(sessions, 1)
        ]
        event.save()
        event = type(event).objects.get(pk=event.pk)
    return event


def entry(**fields):
    number = next(numbers)
    return desk.Entry(**{"name": f"Bezoeker {number}", "email": f"bezoeker{number}@example.org", **fields})


def register(event, **fields):
    """The registration of a new visitor."""
    given = entry(**fields)
    desk.register(event.pk, given)
    return Registration.objects.get(event=event, email=given.email, state__in=Registration.ACTIVE)


def states(event):
    """``{state: number}`` of its registrations."""
    found = {}
    for state in event.registrations.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def states_in_order(event):
    """Those of its registrations, in the order in which they came."""
    return [*event.registrations.order_by("pk").values_list("state", flat=True)]


def make_event_with_an_offer(parent):
    """One place, offered to the first of two in line until a minute ago."""
    event = make_open_event(parent, capacity=1)
    holder = register(event)
    for _ in range(2):
        register(event)
    desk.cancel(holder.pk)
    event.registrations.filter(state="offered").update(offer_expires_at=timezone.now() - datetime.timedelta(minutes=1))
    return event
