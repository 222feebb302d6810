"""Whether one can register, at every moment of an event, and what readers are told of it."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from agenda.registration import desk, following, refusals
from agenda.registration.status import status_of
from cms.models import PageDocument
from tests.factories import make_event

from .registering import NEXT_MONTH, entry, make_open_event, register

pytestmark = pytest.mark.django_db
UTC = datetime.UTC
SECOND = datetime.timedelta(seconds=1)


def test_states_of_an_event_in_their_order(noord):
    opens, closes, start, end = (NEXT_MONTH + datetime.timedelta(days=day) for day in range(4))
    event = make_open_event(
        noord, registration_opens_at=opens, registration_closes_at=closes, start=start, end=end, capacity=1
    )

    seen = [
        status_of(event, moment + step).state
        for moment in (opens, closes, start, end)
        for step in (-SECOND, 0 * SECOND)
    ]

    assert seen == ["not_yet", "open", "open", "closed", "closed", "closed", "closed", "past"]


def test_reader_is_told_when_it_opens(noord):
    start = datetime.datetime(2099, 5, 1, 8, tzinfo=UTC)
    opens = datetime.datetime(2099, 3, 28, 8, tzinfo=UTC)
    event = make_open_event(noord, start=start, end=None, registration_opens_at=opens)

    assert event.registration_status.reason == "Aanmelden kan vanaf zaterdag 28 maart 2099, 9.00 uur."


def test_registering_ends_at_the_very_second(noord):
    event = make_open_event(noord, registration_closes_at=NEXT_MONTH - datetime.timedelta(days=1))

    with time_machine.travel(event.registration_closes_at - SECOND, tick=False):
        desk.register(event.pk, entry())
    with time_machine.travel(event.registration_closes_at, tick=False), pytest.raises(refusals.RegistrationClosed):
        desk.register(event.pk, entry())


@pytest.mark.parametrize(
    ("start", "end"),
    [
        # From 01.30 to 03.30 on the clock: one hour.
        (datetime.datetime(2027, 3, 28, 0, 30, tzinfo=UTC), datetime.datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        # From 02.30 to 02.30 on the clock: one hour.
        (datetime.datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime.datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        # Over midnight.
        (datetime.datetime(2027, 1, 8, 21, tzinfo=UTC), datetime.datetime(2027, 1, 9, 1, tzinfo=UTC)),
    ],
)
def test_event_in_the_night(noord, start, end):
    event = make_open_event(noord, start=start, end=end)
    state = {
        step: status_of(event, moment).state for step, moment in enumerate((start - SECOND, start, end - SECOND, end))
    }

    assert list(state.values()) == ["open", "closed", "closed", "past"]


@pytest.mark.parametrize(
    ("start", "end", "all_day"),
    [
        ((2027, 3, 28, 0), (2027, 3, 29, 0), True),  # a day of 23 hours
        ((2026, 10, 25, 0), (2026, 10, 26, 0), True),  # and one of 25
        ((2027, 1, 8, 0), None, True),
        ((2027, 1, 8, 0), (2027, 1, 8, 12), False),
        ((2027, 1, 8, 20), (2027, 1, 9, 0), False),
    ],
)
def test_event_of_whole_days(noord, api, start, end, all_day):
    moments = [moment and timezone.make_aware(datetime.datetime(*moment)) for moment in (start, end)]
    event = make_event(noord, start=moments[0], end=moments[1])

    assert api(f"pages/{event.pk}/")["all_day"] is all_day


def test_event_with_an_open_end_is_over_at_the_end_of_its_day(noord):
    event = make_event(noord, start=datetime.datetime(2026, 10, 25, 0, 30, tzinfo=UTC))

    assert event.ends_at == datetime.datetime(2026, 10, 25, 23, tzinfo=UTC)


@pytest.fixture
def alias(noord, home):
    event = make_open_event(noord, sessions=[1])
    section = home.get_children().get(slug="agenda")
    return event, event.create_alias(parent=section)


def test_copy_that_follows_an_event_shows_its_places(alias, api):
    event, copy = alias
    register(event, session_id=event.sessions.get().pk)
    following.follow(event.pk)

    shown = api(f"pages/{copy.pk}/")
    assert (shown["registration"]["mode"], shown["registration"]["state"]) == ("elsewhere", "waiting_list")
    assert shown["registration"]["url"] == api(f"pages/{event.pk}/")["seo"]["canonical"]
    assert [part["state"] for part in shown["sessions"]] == ["waiting_list"]


def test_clock_follows_a_copy_along_with_its_event_and_otherwise_leaves_it_alone(alias, api):
    event, copy = alias
    stale = PageDocument.objects.filter(pk__in=[event.pk, copy.pk], version="")
    for page in alias:
        api(f"pages/{page.pk}/")

    following.follow_what_was_missed()
    assert not stale.exists()
    register(event, session_id=event.sessions.get().pk)
    following.follow_what_was_missed()
    assert stale.count() == 2


def test_nobody_registers_at_a_copy(alias):
    _, copy = alias

    with pytest.raises(refusals.NotHere):
        desk.register(copy.pk, entry(session_id=copy.specific.sessions.get().pk))


def test_clock_finds_what_was_not_followed(noord, api):
    """The process died between the registration and the mark."""
    event = make_open_event(noord, capacity=1)
    other = make_open_event(noord, capacity=1)
    assert api(f"pages/{event.pk}/")["registration"]["state"] == "open"
    assert api(f"pages/{other.pk}/")["registration"]["state"] == "open"
    register(event)

    following.follow_what_was_missed()

    assert list(PageDocument.objects.filter(version="", type="agenda.EventPage").values_list("pk", flat=True)) == [
        event.pk
    ]
    assert api(f"pages/{event.pk}/")["registration"]["state"] == "waiting_list"


@pytest.mark.usefixtures("within_a_minute")
def test_list_takes_as_many_queries_for_few_events_as_for_many(noord, api, forget_answers, django_assert_num_queries):
    for number in (3, 6):
        for _ in range(3):
            register(make_open_event(noord, capacity=5))
        api("events/")
        forget_answers()
        with django_assert_num_queries(2):
            items = api("events/")["items"]
        assert len(items) == number
        assert {item["registration"]["places_left"]["count"] for item in items} == {4}


def test_reader_sees_whom_to_ask(noord, api):
    event = make_event(noord, contact_name="Projectbureau", contact_email="projectbureau@example.org")

    assert api(f"pages/{event.pk}/")["contact"] == {"name": "Projectbureau", "email": "projectbureau@example.org"}


def test_address_that_was_left_behind_is_not_shown(noord, api):
    event = make_event(noord, registration_mode="none", registration_url="https://example.org/")

    assert api(f"pages/{event.pk}/")["registration"]["url"] == ""
