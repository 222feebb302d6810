"""Reminders: to everybody who comes, once, some time before."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agenda.models import EventPage, OutgoingMail
from agenda.registration import desk
from agenda.registration.posting import post, post_to_all
from agenda.registration.reminding import remind

from .registering import make_open_event, register

pytestmark = pytest.mark.django_db
UTC = datetime.UTC
HOUR = datetime.timedelta(hours=1)
MINUTE = datetime.timedelta(minutes=1)
START = datetime.datetime(2026, 6, 12, 11, 30, tzinfo=UTC)
MONTH_BEFORE = START - datetime.timedelta(days=30)


@pytest.fixture(autouse=True)
def _two_days(settings):
    settings.REGISTRATION_REMINDER_HOURS = 48


@pytest.fixture
def clock():
    with time_machine.travel(MONTH_BEFORE, tick=False) as traveller:
        yield traveller


def reminded():
    """The addresses in the order of their reminders."""
    return [*OutgoingMail.objects.filter(kind="reminder").values_list("registration__email", flat=True)]


@pytest.mark.parametrize(
    "start",
    [
        START,
        datetime.datetime(2026, 3, 29, 0, 30, tzinfo=UTC),
        datetime.datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
        datetime.datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime.datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
        datetime.datetime(2026, 10, 26, 12, 0, tzinfo=UTC),
    ],
)
def test_everybody_with_a_place_is_reminded_once_on_time(noord, start):
    with time_machine.travel(start - datetime.timedelta(days=20), tick=False) as clock:
        event = make_open_event(noord, capacity=2, start=start, end=start + HOUR)
        comes, cancels, _waits = register(event), register(event), register(event)
        desk.cancel(cancels.pk)

        clock.move_to(start - 48 * HOUR - MINUTE)
        remind()
        assert reminded() == []
        clock.move_to(start - 48 * HOUR)
        for _ in range(3):
            remind()
            clock.shift(HOUR)
        assert reminded() == [comes.email]


def test_who_registers_or_gets_a_place_after_that_moment_is_not_reminded(noord, clock):
    event = make_open_event(noord, capacity=1, start=START, end=START + HOUR)
    holder, waiting = register(event), register(event)
    clock.move_to(START - 47 * HOUR)
    desk.cancel(holder.pk)
    desk.accept_offer(waiting.pk)

    remind()

    assert reminded() == []


@pytest.mark.parametrize("fields", [{"cancelled": True}, {"live": False}])
def test_nobody_is_reminded_of_what_is_not_there(noord, clock, fields):
    event = make_open_event(noord, start=START, end=START + HOUR)
    register(event)
    EventPage.objects.filter(pk=event.pk).update(**fields)
    clock.move_to(START - 47 * HOUR)

    remind()

    assert reminded() == []


def test_nobody_is_reminded_once_it_has_begun(noord, clock):
    register(make_open_event(noord, start=START, end=START + HOUR))
    clock.move_to(START)

    remind()

    assert reminded() == []


def test_event_that_moved_reminds_again_for_its_new_day(noord, clock):
    event = make_open_event(noord, start=START, end=START + HOUR)
    visitor = register(event)
    clock.move_to(START - 47 * HOUR)
    remind()
    later = START + datetime.timedelta(days=7)
    EventPage.objects.filter(pk=event.pk).update(start=later, end=later + HOUR)
    post_to_all(event.registrations.active(), "moved", message="", before=START.isoformat())

    remind()
    assert reminded() == [visitor.email]
    clock.move_to(later - 48 * HOUR)
    remind()
    remind()
    assert reminded() == [visitor.email] * 2


def test_who_was_just_told_of_a_new_day_is_not_reminded_of_it_at_once(noord, clock):
    event = make_open_event(noord, start=START, end=START + HOUR)
    visitor = register(event)
    clock.move_to(START - 40 * HOUR)
    post(visitor, "moved", message="", before=(START + HOUR).isoformat())

    remind()

    assert reminded() == []


def test_reminders_of_many_cost_as_many_queries_as_those_of_few(noord, clock):
    numbers = []
    for number in (4, 8):
        OutgoingMail.objects.all().delete()
        event = make_open_event(noord, start=START, end=START + HOUR)
        clock.move_to(MONTH_BEFORE)
        for _ in range(number):
            register(event)
        clock.move_to(START - 47 * HOUR)
        with CaptureQueriesContext(connection) as queries:
            remind()
        numbers.append(len(queries))
        assert len(reminded()) == number
        event.delete()
    assert numbers[0] == numbers[1]


def test_reminder_waits_for_the_mail_server_like_every_mail(noord, clock):
    register(make_open_event(noord, start=START, end=START + HOUR))
    clock.move_to(START - 47 * HOUR)

    remind()

    mail = OutgoingMail.objects.get(kind="reminder")
    assert (mail.state, mail.next_attempt_at) == ("waiting", timezone.now())
