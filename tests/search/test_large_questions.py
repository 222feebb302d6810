"""However much is asked at once, it takes the database a few short queries."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.models import MissedQuestion, Synonym
from search.words import MOST_WORDS
from tests.factories import make_news, make_region

LONGEST = Synonym._meta.get_field("phrases").max_length
AROUND = ("SAVEPOINT", "RELEASE")
"""How a transaction begins and ends within that of a test."""


@pytest.fixture
def ask(client, db):
    """``ask(q="lasrobot")`` gives the parsed answer and the number of queries, with the caches full."""

    def ask(**parameters):
        address = f"/api/v2/search/?{urlencode(parameters)}"
        client.get(address)
        MissedQuestion.objects.all().delete()  # noting it once a day is part of what it costs
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"{address}&limit=20")
        assert response.status_code == 200, response.content
        return response.json(), sum(not query["sql"].startswith(AROUND) for query in queries)

    return ask


def test_words_that_all_have_very_many_synonyms(ask, noord):
    """More than a hundred: brackets within brackets for each are too many for SQLite."""
    numbers = ",".join(map(str, range(100, 1_000)))
    asked = [f"woord{place}" for place in range(MOST_WORDS)]
    meant = [f"bedoeld{place}" for place in range(MOST_WORDS)]
    for one, other in zip(asked, meant, strict=True):
        Synonym.objects.create(phrases=f"{one},{other},{numbers}"[:LONGEST])
    make_news(noord, " ".join(meant))
    make_news(noord, " ".join(meant[1:]))

    found, _ = ask(q=" ".join(asked))

    assert [item["title"] for item in found["items"]] == [" ".join(meant)]


def test_question_takes_few_queries(ask, noord):
    make_news(noord, "Lasrobot")
    zeeland = make_region("Zeeland", slug="zeeland")
    make_news(zeeland, "Techbus onderweg")
    filters = {"type": "regions.NewsPage", "region": "zeeland", "from": "2020-01-01", "to": "2030-01-01"}

    of_region, queries_of_region = ask(q="techbus zeeland", **filters)
    some, queries_of_some = ask(q="techbus wegens zeeland xylofoon", **filters)
    nothing, queries_of_nothing = ask(q="lasrobto zeelnad")

    assert len(of_region["items"]) == 1
    assert len(some["items"]) == 1
    assert nothing["did_you_mean"] == "lasrobot zeeland"
    assert max(queries_of_region, queries_of_some, queries_of_nothing) <= 8


def test_suggestions_take_few_queries(client, noord):
    make_news(noord, "Techbus onderweg")
    client.get("/api/v2/search/suggest/?q=tech")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/api/v2/search/suggest/?q=techbus").json()["items"]
    assert sum(not query["sql"].startswith(AROUND) for query in queries) <= 3
