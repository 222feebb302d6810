"""A database that takes no writes, or lets somebody else write, keeps nobody from an answer."""

import pytest
from django.db import connection

from search import missed
from search.models import MissedQuestion

READ_ONLY = {
    "sqlite": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
    "postgresql": (
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
    ),
}


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """In place of the usual one, whose transaction may write already."""
    with django_db_blocker.unblock():
        yield
        MissedQuestion.objects.all().delete()


@pytest.fixture
def read_only(db):
    begin, end = READ_ONLY[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(begin)
    yield
    with connection.cursor() as cursor:
        cursor.execute(end)


def test_answer_comes_without_a_line_in_the_log(read_only, client, caplog):
    assert client.get("/api/v2/search/?q=lasrobot").json()["items"] == []

    assert not MissedQuestion.objects.exists()
    [said] = [record.getMessage() for record in caplog.records if record.name == missed.__name__]
    assert said.startswith("a question that found nothing wasn't kept: ")
    assert "lasrobot" not in caplog.text


def test_who_reads_does_not_wait_for_who_writes(db, client):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL lets many write at a time")
    waits = []

    def look(execute, sql, *arguments):
        if "INSERT" in sql:
            waits.append(milliseconds())
        return execute(sql, *arguments)

    before = milliseconds()
    with connection.execute_wrapper(look):
        client.get("/api/v2/search/?q=lasrobot")

    assert waits == [0]
    assert milliseconds() == before > 0


def milliseconds():
    """How long SQLite waits until somebody else has written."""
    return connection.connection.execute("PRAGMA busy_timeout").fetchone()[0]
