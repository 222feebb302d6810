"""The door to regions."""

import datetime

import pytest

from tests.factories import make_event, make_news, make_region, make_story


def test_regions_with_their_place_and_schools(api, noord, zuid):
    noord.schools.create(name="Techniekcollege", place="Groningen")
    noord.save()

    answer = api("regions/")

    assert [item["title"] for item in answer["items"]] == ["Noord", "Zuid"]
    region = answer["items"][0]
    assert region["point"] == {"latitude": 53.2, "longitude": 6.5}
    assert region["schools"] == [{"name": "Techniekcollege", "place": "Groningen"}]
    assert (region["counts"], region["last_activity"]) == ({}, None)


def test_activity_of_a_region_follows_what_it_publishes(api, noord):
    make_news(noord)
    page = make_news(noord, date=datetime.date(2025, 1, 1))
    make_event(noord)
    page.save_revision().publish()

    region = api("regions/?province=Groningen")["items"][0]

    assert region["counts"] == {"agenda.EventPage": 1, "regions.NewsPage": 2}
    page.refresh_from_db()
    assert datetime.datetime.fromisoformat(region["last_activity"]) == page.last_published_at
    assert region["last_activity"].endswith(("+01:00", "+02:00"))
    page.unpublish()
    assert api("regions/")["items"][0]["counts"] == {"agenda.EventPage": 1, "regions.NewsPage": 1}


@pytest.mark.parametrize("query", ["province=Atlantis", "status=weg", "theme=mbo", "limit=201"])
def test_bad_questions_are_named(api, db, query):
    assert query.split("=")[0] in api(f"regions/?{query}", status=400)["message"]


def test_regions_by_status(api, noord, zuid):
    zuid.status = "gesloten"
    zuid.save()

    assert [item["title"] for item in api("regions/?status=gesloten")["items"]] == ["Zuid"]


@pytest.mark.usefixtures("within_a_minute")
def test_regions_take_the_same_queries_whatever_their_number(
    api, noord, zuid, forget_answers, django_assert_num_queries
):
    for number in (2, 4):
        api("regions/")
        forget_answers()
        with django_assert_num_queries(2):
            assert len(api("regions/")["items"]) == number
        for name in ("Oost", "West") if number == 2 else ():
            make_story(make_region(name))
