"""A question that keeps the database too long is broken off; what comes after it isn't."""

import json

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from cms.api.doors import door
from cms.api.errors import Refused
from search.time_limit import time_limit

SECONDS = 0.05
ROWS_PER_SECOND = 10_000_000
"""More than SQLite can count."""
COUNT = (
    "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT %s) SELECT max(n) FROM numbers"
)


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """In place of the usual one, whose transaction PostgreSQL's limit would last for."""
    with django_db_blocker.unblock():
        yield


def keep_busy(seconds, times=1):
    """Have the database do something for at least so long, so many times."""
    if connection.vendor == "postgresql":
        statement, value = "SELECT pg_sleep(%s)", seconds
    else:
        statement, value = COUNT, int(seconds * ROWS_PER_SECOND)
    with connection.cursor() as cursor:
        for _time in range(times):
            cursor.execute(statement, [value])


def ask(seconds):
    """The answer of a door that keeps the database busy, with what it says."""

    @door
    def busy(request):
        with time_limit(SECONDS):
            keep_busy(seconds)
        return HttpResponse("{}", content_type="application/json")

    response = busy(RequestFactory().get("/"))
    return response, json.loads(response.content)


def test_slow_question_is_broken_off_with_a_reason(db):
    response, said = ask(seconds=20)
    assert response.status_code == 503
    assert said["code"] == "too_slow"
    assert "andere woorden" in said["detail"]
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("first", [20, 0])
def test_limit_holds_for_the_question_only(db, first):
    ask(first)
    keep_busy(2 * SECONDS)
    response, _ = ask(seconds=0)
    assert response.status_code == 200


def test_limit_is_that_of_all_that_is_asked_within(db):
    with pytest.raises(Refused), time_limit(SECONDS):
        keep_busy(SECONDS / 2, times=4)


@pytest.fixture
def with_helpers(db):
    """Has PostgreSQL answer with the help of another process, for whose end it waits when time has run out too."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite notices that time has run out while it answers, and at no other moment.")
    setting = "debug_parallel_query" if connection.pg_version >= 160_000 else "force_parallel_mode"
    with connection.cursor() as cursor:
        cursor.execute(f"SET {setting} = on")
        yield cursor
        cursor.execute(f"RESET {setting}")


def test_time_that_runs_out_at_the_very_end_is_not_told_of_the_next_question(with_helpers):
    refused = 0
    # Of limits about as long as the answer takes, wherever this runs.
    for milliseconds in [*range(2, 42)] * 10:
        try:
            with time_limit(milliseconds / 1_000), connection.cursor() as cursor:
                cursor.execute("SELECT sum(n) FROM generate_series(1, 20000) AS n")
        except Refused:
            refused += 1
        with_helpers.execute("SELECT 1")
    assert 0 < refused < 400


def test_other_errors_are_not_taken_for_it(db):
    with pytest.raises(Exception, match="nowhere"), time_limit(SECONDS), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM nowhere")
    keep_busy(2 * SECONDS)
