"""The door to events."""

import datetime

import pytest
from django.utils import timezone

from tests.factories import make_draft, make_event

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def events(home, noord):
    now = timezone.now()
    make_event(home, "Later", start=now + 48 * HOUR)
    make_event(noord, "Bezig", start=now - HOUR, end=now + HOUR)
    make_event(noord, "Net voorbij", start=now - 30 * HOUR, end=now - 26 * HOUR)
    make_event(noord, "Lang voorbij", start=now - 240 * HOUR)


def titles(answer):
    return [item["title"] for item in answer["items"]]


def test_events_to_come_with_the_first_one_first(api, events):
    answer = api("events/")

    assert titles(answer) == ["Bezig", "Later"]
    assert [item["registration"]["state"] for item in answer["items"]] == ["none", "none"]
    assert answer["meta"] == {"total_count": 2, "next": None}


def test_past_events_with_the_last_one_first(api, events):
    answer = api("events/?period=past&region=noord")

    assert titles(answer) == ["Net voorbij", "Lang voorbij"]
    assert {item["registration"]["state"] for item in answer["items"]} == {"past"}
    assert titles(api("events/?period=all&order=title&limit=2")) == ["Bezig", "Lang voorbij"]
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    assert titles(api(f"events/?starts_from={tomorrow}")) == ["Later"]


def test_drafts_of_events_are_nowhere(api, home):
    event = make_event(home, "Geheim", start=timezone.now() + HOUR)
    make_draft(event, title="Nog geheimer")
    event.unpublish()

    assert api("events/?period=all")["items"] == []


@pytest.mark.parametrize("query", ["period=ooit", "order=end", "onbekend=1", "fields=*", "limit=51", "region=nergens"])
def test_bad_questions_are_named(api, db, query):
    assert query.split("=")[0] in api(f"events/?{query}", status=400)["message"]


def test_events_take_the_same_queries_whatever_their_number(api, home, forget_answers, django_assert_max_num_queries):
    for number in (5, 10):
        for _ in range(5):
            make_event(home, start=timezone.now() + HOUR)
        assert len(api("events/")["items"]) == number
        forget_answers()
        with django_assert_max_num_queries(3):  # what changed, events, and their number when a minute has passed
            api("events/")
