"""Two people at one event in the same moment: whatever comes first, it is as if the other came after."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, Event

import pytest
from django.db import connection
from django.utils import timezone

from agenda.models import EventPage, Registration
from agenda.registration import desk, locking, refusals
from tests.races import attempt, second_after

from .committed import take_away
from .registering import entry, make_open_event, register, states

ROUNDS = 5


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """In place of the usual one, in whose transaction nobody else could look."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def made(noord):
    """``made(...)`` gives an event as ``make_open_event`` does, to be taken away afterwards."""
    events = []

    def make(**fields):
        events.append(make_open_event(noord, **fields))
        return events[-1]

    yield make
    for event in events:
        take_away(event)


def state_of(registration):
    return Registration.objects.values_list("state", flat=True).get(pk=registration.pk)


def at_once(*verbs):
    """Each of ``verbs`` on a connection of its own, all let go together; what each of them raised."""
    barrier = Barrier(len(verbs))

    def run(verb):
        barrier.wait(20)
        attempt(verb, Event())

    with ThreadPoolExecutor(len(verbs)) as elsewhere:
        attempts = [elsewhere.submit(run, verb) for verb in verbs]
    return [attempt.exception() for attempt in attempts]


def test_two_ask_for_the_last_place(made):
    event = made(capacity=1, waiting_list=False)

    refused = second_after(lambda: desk.register(event.pk, entry()), lambda: desk.register(event.pk, entry()))

    assert isinstance(refused, refusals.EventFull)
    assert states(event) == {"confirmed": 1}


def test_two_ask_for_the_last_place_without_a_lock(made, monkeypatch):
    """That the test above can fail: without the lock both count before either writes."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite itself lets one write at a time; there is no lock to take away")
    event = made(capacity=1, waiting_list=False)
    both_are_in = Barrier(2)
    monkeypatch.setattr(locking, "lock_rows", lambda *_: None)
    counted = desk._place_for

    def count_together(*args):
        outcome = counted(*args)
        both_are_in.wait(20)
        return outcome

    monkeypatch.setattr(desk, "_place_for", count_together)

    assert at_once(*[lambda: desk.register(event.pk, entry())] * 2) == [None, None]
    assert states(event) == {"confirmed": 2}


def test_same_address_twice_at_once(made):
    event = made()
    twice = entry()

    assert second_after(lambda: desk.register(event.pk, twice), lambda: desk.register(event.pk, twice)) is None
    assert states(event) == {"confirmed": 1}


def test_double_click(made):
    event = made(capacity=1, waiting_list=False)
    click = partial(desk.register, event.pk, entry(key="een-formulier"))

    assert second_after(click, click) is None
    assert states(event) == {"confirmed": 1}


def test_place_that_is_freed_while_somebody_asks_for_it(made):
    """The one in line gets it, whichever comes first."""
    event = made(capacity=1)
    holder, waiting = register(event), register(event)
    newcomer = entry()

    second_after(lambda: desk.cancel(holder.pk), lambda: desk.register(event.pk, newcomer))

    assert state_of(waiting) == "offered"
    assert event.registrations.get(email=newcomer.email).state == "waiting"


def test_two_places_are_freed_at_once(made):
    """Each goes to another one in line."""
    for _ in range(ROUNDS):
        event = made(capacity=2)
        holders, waiting = [register(event) for _ in range(2)], [register(event) for _ in range(3)]

        assert at_once(*(partial(desk.cancel, holder.pk) for holder in holders)) == [None, None]

        assert [state_of(one) for one in waiting] == ["offered", "offered", "waiting"]


def test_cancel_while_places_are_passed_on(made):
    event = made(capacity=1)
    holder, first, second = register(event), register(event), register(event)

    second_after(lambda: desk.cancel(holder.pk), lambda: desk.cancel(first.pk))

    assert [state_of(one) for one in (first, second)] == ["cancelled", "offered"]


@pytest.mark.parametrize("accepts_first", [True, False])
def test_offer_that_is_accepted_as_it_expires(made, accepts_first):
    event = made(capacity=1)
    holder, first, second = register(event), register(event), register(event)
    desk.cancel(holder.pk)

    def expire():
        Registration.objects.filter(pk=first.pk, state="offered").update(offer_expires_at=timezone.now())
        desk.expire_offers()

    def accept():
        desk.accept_offer(first.pk)

    if accepts_first:
        assert second_after(accept, expire) is None
        assert [state_of(one) for one in (first, second)] == ["confirmed", "waiting"]
    else:
        assert isinstance(second_after(expire, accept), refusals.OfferExpired)
        assert [state_of(one) for one in (first, second)] == ["expired", "offered"]


def test_two_change_places_with_each_other(made):
    """Both ways at once, again and again: nobody waits for ever, and no session gets more than it holds."""
    event = made(sessions=[2, 2])
    one, two = (session.pk for session in event.sessions.all())
    movers = [register(event, session_id=one), register(event, session_id=two)]

    for round_ in range(ROUNDS):
        there = [two, one] if round_ % 2 == 0 else [one, two]
        assert at_once(
            *(partial(desk.change_session, mover.pk, session) for mover, session in zip(movers, there, strict=True))
        ) == [None, None]
        assert list(event.registrations.order_by("pk").values_list("session", flat=True)) == there


def test_event_that_is_made_smaller_meanwhile(made):
    """Whoever comes after the change finds it full; whoever has a place keeps it."""
    event = made(capacity=2, waiting_list=False)
    register(event)

    refused = second_after(
        lambda: EventPage.objects.filter(pk=event.pk).update(capacity=1), lambda: desk.register(event.pk, entry())
    )

    assert isinstance(refused, refusals.EventFull)
    assert states(event) == {"confirmed": 1}


def test_event_that_is_held_for_too_long(made, monkeypatch):
    """The visitor is asked to come back, and nothing is half done."""
    event = made()
    monkeypatch.setattr(locking, "LOCK_SECONDS", 1)
    attempts = []

    def come_second():
        try:
            desk.register(event.pk, entry())
        except refusals.Busy as busy:
            attempts.append(busy)

    if connection.vendor == "sqlite":
        pytest.skip("SQLite waits for twenty seconds, as its settings say")
    with ThreadPoolExecutor(1) as elsewhere, locking.locked(event.pk):
        elsewhere.submit(come_second).result(20)
    assert len(attempts) == 1
    assert states(event) == {}
