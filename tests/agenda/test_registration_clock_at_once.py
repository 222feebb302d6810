"""The clock comes by while somebody registers."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from agenda.registration import desk, locking

from .committed import take_away
from .registering import make_event_with_an_offer, states_in_order


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """In place of the usual one, in whose transaction nobody else could wait."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def events(db, noord):
    events = [make_event_with_an_offer(noord) for _ in range(2)]
    yield events
    for event in events:
        take_away(event)


def test_event_that_is_busy_has_its_turn_next_time_and_holds_up_no_other(events, monkeypatch):
    """SQLite lets nobody write meanwhile; there the other one waits too."""
    monkeypatch.setattr(locking, "LOCK_SECONDS", 1)
    busy, other = sorted(events, key=lambda event: event.pk)
    untouched, passed_on = ["cancelled", "offered", "waiting"], ["cancelled", "expired", "offered"]

    with ThreadPoolExecutor(1) as elsewhere, locking.locked(busy.pk):
        elsewhere.submit(expire_offers_elsewhere).result()

    assert states_in_order(busy) == untouched
    assert states_in_order(other) == (untouched if connection.vendor == "sqlite" else passed_on)
    desk.expire_offers()
    assert states_in_order(busy) == states_in_order(other) == passed_on


def expire_offers_elsewhere():
    try:
        desk.expire_offers()
    finally:
        connection.close()
