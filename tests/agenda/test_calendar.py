"""Calendars, read back as the programs of visitors read them."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.utils import timezone
from icalendar import Calendar

from agenda.models import EventPage
from cms.models import Theme
from regions.models import RegionPage
from tests.factories import make_draft, make_event, make_news

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SOON = timezone.now() + datetime.timedelta(days=10)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def calendar(client, db):
    """``calendar("events.ics")`` gives the parsed calendar."""

    def get(path="events.ics"):
        response = client.get(f"/api/v2/{path}")
        assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
        assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
        return Calendar.from_ical(response.content)

    return get


@pytest.fixture
def one(calendar):
    """``one(page)`` gives the event in the calendar of ``page``."""

    def get(page):
        (event,) = calendar(f"events/{page.pk}.ics").walk("VEVENT")
        return event

    return get


def titles(calendar):
    return [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")]


def test_event_tells_what_when_and_where(one, noord, settings):
    settings.FRONTEND_URL = "https://www.example.org"
    page = make_event(
        noord,
        "Regiodag; lassen, zagen en meer",
        start=datetime.datetime(2026, 3, 12, 13, 30, tzinfo=AMSTERDAM),
        end=datetime.datetime(2026, 3, 12, 17, 0, tzinfo=AMSTERDAM),
        summary="Eerste regel.\nTweede regel, " + "een lange zin met trema’s: geïnspireerd " * 4,
        venue="De school",
        street="Schoolstraat 1",
        postcode="1234 AB",
        city="Stad",
    )
    page.themes = Theme.objects.filter(slug__in=["mbo", "bedrijfsleven"])
    page.save()

    event = one(page)

    assert str(event["SUMMARY"]) == page.title
    assert str(event["DESCRIPTION"]) == page.summary
    assert str(event["LOCATION"]) == "De school, Schoolstraat 1, 1234 AB Stad"
    assert str(event["URL"]) == f"https://www.example.org/regio/noord/agenda/{page.slug}/"
    assert set(event["CATEGORIES"].cats) == set(page.themes.values_list("title", flat=True))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (page.start, page.end)
    assert event["DTSTART"].params["TZID"] == event["DTEND"].params["TZID"] == "Europe/Amsterdam"
    assert str(event["STATUS"]) == "CONFIRMED"
    assert str(event["UID"]) == str(page.translation_key)
    assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt == page.last_published_at.replace(microsecond=0)


def test_calendar_brings_the_rules_of_its_time_zone(calendar, noord):
    page = make_event(noord)

    read = calendar(f"events/{page.pk}.ics")

    (zone,) = read.walk("VTIMEZONE")
    rules = zone.to_tz()
    for moment, hours in [
        (datetime.datetime(2026, 3, 29, 1, 59), 1),
        (datetime.datetime(2026, 3, 29, 3, 0), 2),
        (datetime.datetime(2026, 10, 25, 1, 59), 2),
        (datetime.datetime(2026, 10, 25, 3, 0), 1),
        (datetime.datetime(2040, 7, 1, 12, 0), 2),
    ]:
        assert rules.utcoffset(moment) == AMSTERDAM.utcoffset(moment) == datetime.timedelta(hours=hours)


def test_event_with_an_open_end_has_no_end(one, noord):
    event = one(make_event(noord))

    assert "DTEND" not in event
    assert "DURATION" not in event


def test_day_on_which_the_clock_goes_forward(client, one, noord):
    page = make_event(
        noord,
        start=datetime.datetime(2026, 3, 29, 0, 30, tzinfo=datetime.UTC),
        end=datetime.datetime(2026, 3, 29, 1, 30, tzinfo=datetime.UTC),
    )

    event = one(page)

    assert (event["DTSTART"].dt, event["DTEND"].dt) == (page.start, page.end)
    text = client.get(f"/api/v2/events/{page.pk}.ics").content
    assert b"DTSTART;TZID=Europe/Amsterdam:20260329T013000\r\n" in text
    assert b"DTEND;TZID=Europe/Amsterdam:20260329T033000\r\n" in text


def test_day_on_which_the_clock_goes_back(client, one, noord):
    """02:30 comes twice: written without an offset it is the first one, so the second is in UTC."""
    page = make_event(
        noord,
        start=datetime.datetime(2026, 10, 25, 0, 30, tzinfo=datetime.UTC),
        end=datetime.datetime(2026, 10, 25, 1, 30, tzinfo=datetime.UTC),
    )

    event = one(page)

    assert event["DTEND"].dt - event["DTSTART"].dt.astimezone(datetime.UTC) == datetime.timedelta(hours=1)
    text = client.get(f"/api/v2/events/{page.pk}.ics").content
    assert b"DTSTART;TZID=Europe/Amsterdam:20261025T023000\r\n" in text
    assert b"DTEND:20261025T013000Z\r\n" in text


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ({"online": True}, "Online"),
        ({"online": True, "city": "Stad"}, "Online, Stad"),
        ({"postcode": "1234 AB"}, "1234 AB"),
    ],
)
def test_place_that_is_partly_known(one, noord, place, shown):
    assert str(one(make_event(noord, **place))["LOCATION"]) == shown


def test_event_without_a_place_or_summary_has_no_empty_lines(one, noord):
    event = one(make_event(noord))

    assert not {"LOCATION", "DESCRIPTION", "CATEGORIES"} & set(event)


def test_uid_stays_and_sequence_rises_with_each_publication(one, noord):
    page = make_event(noord, "Eerste titel")
    before = one(page)

    page.title, page.slug = "Tweede titel", "tweede-titel"
    page.save_revision().publish()
    EventPage.objects.filter(pk=page.pk).update(last_published_at=page.last_published_at + DAY)
    after = one(page)

    assert str(after["SUMMARY"]) == "Tweede titel"
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"] > 0
    assert after["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt


def test_calendar_that_did_not_change_is_the_same_to_the_byte(client, noord):
    make_event(noord, start=SOON)
    first = client.get("/api/v2/events.ics").content
    cache.clear()

    assert client.get("/api/v2/events.ics").content == first


def test_cancelled_event_stays_in_the_calendar(calendar, one, noord):
    page = make_event(noord, "Regiodag", start=SOON)

    page.cancelled = True
    page.save_revision().publish()

    event = one(page)
    assert str(event["STATUS"]) == "CANCELLED"
    assert str(event["SUMMARY"]) == "Gaat niet door: Regiodag"
    assert titles(calendar("events.ics?region=noord")) == ["Gaat niet door: Regiodag"]


def test_event_that_goes_offline_leaves_the_calendars(calendar, api, noord):
    page = make_event(noord, start=SOON)
    assert len(titles(calendar())) == 1

    page.unpublish()

    assert titles(calendar()) == []
    assert api(f"events/{page.pk}.ics", status=404)["message"] == "not found"


def test_calendar_of_a_region_and_of_the_nation(calendar, home, noord, zuid):
    make_event(noord, "Noord later", start=SOON + DAY)
    make_event(noord, "Noord eerst", start=SOON)
    make_event(zuid, "Zuid", start=SOON + 2 * DAY)
    make_event(home, "Landelijke dag", start=SOON + 3 * DAY)
    make_news(noord, "Geen bijeenkomst")

    assert titles(calendar()) == ["Noord eerst", "Noord later", "Zuid", "Landelijke dag"]
    read = calendar("events.ics?region=noord")
    assert titles(read) == ["Noord eerst", "Noord later"]
    assert str(read["X-WR-CALNAME"]) == str(read["NAME"]) == "Sterk Techniekonderwijs – Noord"
    assert read["REFRESH-INTERVAL"].dt == datetime.timedelta(hours=1)


def test_calendar_goes_back_a_quarter(calendar, noord):
    now = timezone.now()
    make_event(noord, "Kort geleden", start=now - 90 * DAY)
    make_event(noord, "Lang geleden", start=now - 95 * DAY)

    assert titles(calendar()) == ["Kort geleden"]


def test_calendars_show_no_drafts_and_no_hidden_regions(calendar, one, noord, zuid):
    page = make_event(noord, "Online", start=SOON)
    make_draft(page, title="Geheim", summary="Geheim", start=SOON + DAY)
    make_event(zuid, "Verborgen", start=SOON)
    RegionPage.objects.get(pk=zuid.pk).unpublish()

    assert titles(calendar()) == ["Online"]
    assert str(one(page)["SUMMARY"]) == "Online"


def test_control_characters_of_a_word_processor_are_left_out(one, noord):
    assert str(one(make_event(noord, "Eerste\x0bregel"))["SUMMARY"]) == "Eersteregel"


def test_what_is_not_a_public_event_has_no_calendar(api, noord):
    for pk in (make_news(noord).pk, noord.pk, 99999999, 10**30):
        assert api(f"events/{pk}.ics", status=404)["message"] == "not found"


@pytest.mark.parametrize("query", ["?region=oost", "?regio=noord", "?region=%00"])
def test_unknown_region_or_parameter_is_a_bad_request(api, query):
    assert "regio" in api(f"events.ics{query}", status=400)["message"]


def test_calendar_takes_as_many_queries_for_few_events_as_for_many(client, noord, django_assert_num_queries):
    for number in (5, 10):
        for _ in range(5):
            page = make_event(noord, start=SOON)
            page.themes = Theme.objects.all()[:2]
            page.save()
        client.get("/api/v2/events.ics?region=noord")  # keeps where the site begins
        with django_assert_num_queries(4):  # what changed, region, events, their themes
            response = client.get("/api/v2/events.ics?region=noord")
        events = Calendar.from_ical(response.content).walk("VEVENT")
        assert [len(event["CATEGORIES"].cats) for event in events] == [2] * number
