"""National editors see what was looked for in vain, and nobody sees who looked for it."""

import csv
import datetime
import io

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from search import missed
from search.models import MissedQuestion
from tests.factories import make_news

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 3, 12)


@pytest.fixture
def clock():
    with time_machine.travel("2026-03-12T12:00:00+01:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def report(national_client):
    """``report(day_from="2026-03-01")`` gives what it shows, as (question, days, last day)."""

    def show(**question):
        rows = national_client.get(reverse("missed_questions"), question).context["object_list"]
        return [(row["question"], row["days"], row["last"]) for row in rows]

    return show


def ask(client, q, **parameters):
    response = client.get("/api/v2/search/", {"q": q, **parameters})
    assert response.status_code == 200
    return response


def kept():
    return sorted(MissedQuestion.objects.values_list("question", flat=True))


def ask_on(question, *days_ago, today=TODAY):
    days = [today - datetime.timedelta(days=number) for number in days_ago]
    MissedQuestion.objects.bulk_create(MissedQuestion(question=question, day=day) for day in days)


def test_question_that_found_nothing_is_kept_with_its_day_and_nothing_else(client, clock):
    ask(client, "Lasrobót!")

    assert list(MissedQuestion.objects.values()) == [
        {"id": MissedQuestion.objects.get().pk, "question": "lasrobot", "day": TODAY}
    ]


def test_question_that_found_something_is_not(client, noord):
    make_news(noord, "Lasrobot in de klas")
    SearchPromotion.objects.create(query=Query.get("freesmachine"), external_link_url="https://example.org/")
    ask(client, "lasrobot")
    ask(client, "lasrobot zonder stroom")  # it finds what has some of the words
    ask(client, "lasrobot", region="zuid")
    ask(client, "freesmachine")

    assert kept() == []


def test_question_narrowed_by_days_says_nothing_of_its_words(client, noord):
    make_news(noord, "Lasrobot in de klas", date=datetime.date(2026, 1, 1))
    ask(client, "lasrobot", to="2025-01-01")
    ask(client, "lasrobot", **{"from": "2027-01-01"})

    assert kept() == []


@pytest.mark.parametrize(
    "q",
    [
        "piet@example.org",
        "piet @ school",
        "0612345678",
        "06 12 34 56 78",
        "1234 AB",
        "1234-AB",
        "1234  ab",
        "1234\u200bAB",
        "1234ab 5",
        "123456782",
        "geboren 12-3-2009",
        "een heel verhaal over wie ik ben en waar ik woon",
        "x" * 61,
        "!?",
        "het van",
        "٠٦١٢٣٤٥٦٧٨",
    ],
)
def test_what_may_say_who_somebody_is_or_says_nothing_is_not_kept(client, q):
    ask(client, q)

    assert kept() == []


@pytest.mark.parametrize("q", ["open dag 2026", "groep 8", "3d-printer", "x" * 60])
def test_other_questions_are_kept(client, q):
    ask(client, q)

    assert len(kept()) == 1


def test_question_counts_once_a_day_whoever_asks(client, clock, forget_answers):
    for q in ("lasrobot", "Lasrobot", "lasrobot?", "lasrobot"):
        ask(client, q)
    forget_answers()
    ask(client, "lasrobot")
    assert MissedQuestion.objects.count() == 1

    # Though nothing changed, so that the answer is the one that was kept.
    clock.shift(datetime.timedelta(days=1))
    ask(client, "lasrobot")
    assert MissedQuestion.objects.count() == 2


def test_a_flood_of_questions_ends(client, monkeypatch):
    monkeypatch.setattr(missed, "MOST_A_DAY", 3)
    for number in range(5):
        ask(client, f"bestaat niet {number}")

    assert MissedQuestion.objects.count() == 3


def test_report_shows_what_was_asked_on_several_days(report, clock):
    ask_on("lasrobot", 0, 3, 5)
    ask_on("freesmachine", 1, 2, 3, 4)
    ask_on("piet jansen", 0, 1)

    assert report() == [("freesmachine", 4, datetime.date(2026, 3, 11)), ("lasrobot", 3, TODAY)]
    assert report(ordering="question") == report(ordering="-last")[::-1]
    assert report(q="frees") == [("freesmachine", 4, datetime.date(2026, 3, 11))]
    assert report(day_from="2026-03-07", day_to="2026-03-11") == [("freesmachine", 4, datetime.date(2026, 3, 11))]


@pytest.mark.parametrize("nonsense", [{"ordering": "onzin"}, {"day_from": "gisteren"}, {"p": "x"}])
def test_nonsense_in_the_address_shows_all(report, clock, nonsense):
    ask_on("lasrobot", 0, 3, 5)

    assert len(report(**nonsense)) == 1


def test_export_holds_the_same(national_client, clock):
    ask_on("lasrobot", 0, 3, 5)
    ask_on("piet jansen", 0, 1)

    answer = national_client.get(reverse("missed_questions"), {"export": "csv"})
    [row] = csv.DictReader(io.StringIO(answer.getvalue().decode()))
    assert row == {"Vraag": "lasrobot", "Op hoeveel dagen": "3", "Laatst gevraagd": "2026-03-12"}
    assert national_client.get(reverse("missed_questions"), {"export": "xlsx"}).getvalue().startswith(b"PK")


def test_report_is_in_the_menu_of_national_editors(national_client, clock):
    ask_on("lasrobot", 0, 3, 5)
    shown = national_client.get(reverse("missed_questions")).content.decode()

    assert "12 mrt 2026" in shown
    assert reverse("missed_questions") in national_client.get("/admin/").content.decode()


def test_regional_editor_sees_no_report(noord_client, clock):
    ask_on("lasrobot", 0, 3, 5)
    for name in ("missed_questions", "missed_questions_results"):
        answer = noord_client.get(reverse(name), {"export": "csv"})
        assert answer.status_code == 302
    assert reverse("missed_questions") not in noord_client.get("/admin/").content.decode()


def test_questions_are_forgotten_after_half_a_year(clock):
    ask_on("lasrobot", 0, 180, 181)
    missed.forget()

    assert MissedQuestion.objects.earliest("day").day == TODAY - datetime.timedelta(days=180)


def test_report_costs_the_same_for_more(national_client, count_queries):
    today = timezone.localdate()
    for number in range(5):
        ask_on(f"vraag {number}", 0, 1, 2, today=today)
    few = count_queries(national_client, reverse("missed_questions"))
    for number in range(5, 10):
        ask_on(f"vraag {number}", 0, 1, 2, today=today)

    assert count_queries(national_client, reverse("missed_questions")) == few


def test_keeping_a_question_costs_little(client):
    def count():
        caches["answers"].clear()
        with CaptureQueriesContext(connection) as queries:
            ask(client, "lasrobot")
        return queries

    ask(client, "iets anders")
    first, second = count(), count()
    assert len(first) <= 8
    assert sum("INSERT" in query["sql"] for query in first) == 1
    assert not any("INSERT" in query["sql"] for query in second)
