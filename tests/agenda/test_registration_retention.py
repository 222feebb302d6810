"""Personal data goes at its very day, answers to extra questions sooner."""

import datetime
import logging

import pytest
import time_machine

from agenda.models import Answer, EventPage, EventQuestion, OutgoingMail, Registration
from agenda.registration import retention
from agenda.registration.privacy import erased_on
from agenda.registration.retention import erase_what_is_over

from .registering import make_open_event, register

pytestmark = pytest.mark.django_db
UTC = datetime.UTC
START = datetime.datetime(2026, 3, 12, 12, 30, tzinfo=UTC)
END = datetime.datetime(2026, 3, 12, 16, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _month(settings):
    settings.REGISTRATION_RETENTION_DAYS = 30


@pytest.fixture
def clock():
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False) as traveller:
        yield traveller


def make_asking_event(noord, *retention_days, **fields):
    event = make_open_event(noord, **{"start": START, "end": END, **fields})
    event.questions = [EventQuestion(label=f"Vraag {days}", retention_days=days) for days in retention_days]
    event.save()
    return EventPage.objects.get(pk=event.pk)


def kept():
    return Registration.objects.count()


@pytest.mark.parametrize(
    ("start", "end", "day", "midnight"),
    [
        pytest.param(START, END, (2026, 4, 11), "2026-04-10T22:00:00Z", id="afternoon"),
        pytest.param(START, None, (2026, 4, 12), "2026-04-11T22:00:00Z", id="open end"),
        pytest.param(
            START, datetime.datetime(2026, 3, 13, 0, 30, tzinfo=UTC), (2026, 4, 12), "2026-04-11T22:00:00Z", id="night"
        ),
        pytest.param(
            datetime.datetime(2026, 3, 11, 23, 0, tzinfo=UTC),
            datetime.datetime(2026, 3, 12, 23, 0, tzinfo=UTC),
            (2026, 4, 12),
            "2026-04-11T22:00:00Z",
            id="all day",
        ),
        pytest.param(
            datetime.datetime(2026, 9, 25, 8, 0, tzinfo=UTC),
            datetime.datetime(2026, 9, 25, 10, 0, tzinfo=UTC),
            (2026, 10, 25),
            "2026-10-24T22:00:00Z",
            id="erased on the day that the clock goes back",
        ),
    ],
)
def test_registrations_go_at_the_beginning_of_their_day(noord, clock, start, end, day, midnight):
    event = make_open_event(noord, start=start, end=end)
    register(event)
    moment = datetime.datetime.fromisoformat(midnight)

    clock.move_to(moment - datetime.timedelta(seconds=1))
    erase_what_is_over()
    assert kept() == 1
    clock.move_to(moment)
    erase_what_is_over()

    assert kept() == OutgoingMail.objects.count() == 0
    assert erased_on(event) == datetime.date(*day)


def test_answers_go_as_soon_as_their_question_says(noord, clock):
    event = make_asking_event(noord, 0, 7, 60)
    questions = {question.pk: "Vegetarisch" for question in event.questions.all()}
    register(event, answers=questions)

    left = []
    for day in (12, 19):
        clock.move_to(datetime.datetime(2026, 3, day - 1, 22, 59, tzinfo=UTC))
        erase_what_is_over()
        left.append(Answer.objects.count())
        clock.move_to(datetime.datetime(2026, 3, day, 17, 0, tzinfo=UTC))
        erase_what_is_over()
        left.append(Answer.objects.count())

    assert left == [3, 2, 2, 1]
    assert kept() == 1
    clock.move_to(datetime.datetime(2026, 4, 11, 12, 0, tzinfo=UTC))
    erase_what_is_over()
    assert Answer.objects.count() == kept() == 0


@pytest.mark.parametrize("fields", [{"cancelled": True}, {"live": False}, {"registration_mode": "none"}])
def test_registrations_go_whatever_became_of_the_event(noord, clock, fields):
    event = make_open_event(noord, start=START, end=END)
    register(event)
    EventPage.objects.filter(pk=event.pk).update(**fields)
    clock.move_to(datetime.datetime(2026, 5, 1, tzinfo=UTC))

    erase_what_is_over()

    assert kept() == 0


def test_others_stay(noord, clock):
    register(make_open_event(noord, start=START, end=END))
    later = register(make_open_event(noord, start=START, end=END + datetime.timedelta(days=1)))
    clock.move_to(datetime.datetime(2026, 4, 11, 12, 0, tzinfo=UTC))

    erase_what_is_over()

    assert Registration.objects.get() == later


def test_many_go_in_batches_and_the_log_has_only_their_number(noord, clock, monkeypatch, caplog):
    monkeypatch.setattr(retention, "BATCH", 2)
    event = make_asking_event(noord, 7)
    visitors = [register(event, answers={event.questions.get().pk: "Geheim"}) for _ in range(5)]
    clock.move_to(datetime.datetime(2026, 5, 1, tzinfo=UTC))

    with caplog.at_level(logging.DEBUG):
        erase_what_is_over()
        erase_what_is_over()

    assert kept() == 0
    assert [record.getMessage() for record in caplog.records if record.name == retention.__name__] == [
        "erased 5 registrations and 0 answers"
    ]
    assert not any(visitor.email in caplog.text or visitor.name in caplog.text for visitor in visitors)
