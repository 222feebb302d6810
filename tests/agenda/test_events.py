"""Events: their form, their computed state, and what the API says of them."""

import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from agenda.models import EventPage, EventSession, ProgrammeRow
from tests.factories import make_event

NOW = timezone.now()
FORM = "https://example.org/"
HOUR = datetime.timedelta(hours=1)
DAY = 24 * HOUR


def event_form(**changes):
    return nested_form_data(
        {
            "title": "Regiodag",
            "slug": "regiodag",
            "tagline": "",
            "start": "12-03-2026 13:30",
            "end": "12-03-2026 17:00",
            "venue": "De school",
            "street": "",
            "postcode": "",
            "city": "Stad",
            "date": "01-02-2026",
            "summary": "",
            "image": "",
            "body": streamfield([]),
            "registration_mode": "none",
            "registration_url": "",
            "registration_opens_at": "",
            "registration_closes_at": "",
            "capacity": "",
            "contact_name": "",
            "contact_email": "",
            "recording_url": "",
            "recording_title": "",
            "programme": inline_formset([]),
            "sessions": inline_formset([]),
            "questions": inline_formset([]),
            "seo_title": "",
            "search_description": "",
            "comments": inline_formset([]),
            **changes,
        }
    )


def row(start, end, title="Onderdeel"):
    return {
        "start": start,
        "end": end,
        "kind": "werksessie",
        "title": title,
        "text": rich_text(""),
        "speakers": streamfield([("speaker", {"name": "Een docent", "role": ""})]),
    }


@pytest.fixture
def publish(noord_client, noord):
    section = noord.get_children().get(slug="agenda")
    url = reverse("wagtailadmin_pages:add", args=["agenda", "eventpage", section.pk])
    return lambda **changes: noord_client.post(url, event_form(**changes) | {"action-publish": "1"})


def test_event_is_made_in_the_admin_and_read_in_dutch_time(publish, api):
    programme = inline_formset([row("12-03-2026 13:30", "12-03-2026 14:00", "Welkom"), row("12-03-2026 14:00", "")])
    sessions = inline_formset(
        [
            {"title": title, "theme": "", "hall": "", "capacity": "", "text": rich_text("<p>Kies mij.</p>")}
            for title in ("Een", "Twee")
        ]
    )

    response = publish(programme=programme, sessions=sessions)

    assert response.status_code == 302, response.context["form"].errors
    event = api(f"pages/{EventPage.objects.get().pk}/")
    assert event["start"] == "2026-03-12T13:30:00+01:00"
    assert event["place"] == {"online": False, "venue": "De school", "street": "", "postcode": "", "city": "Stad"}
    assert [(part["title"], part["end"]) for part in event["programme"]] == [
        ("Welkom", "2026-03-12T14:00:00+01:00"),
        ("Onderdeel", None),
    ]
    assert event["programme"][0]["speakers"] == [{"name": "Een docent", "role": ""}]
    assert [(session["number"], session["title"]) for session in event["sessions"]] == [(1, "Een"), (2, "Twee")]


def test_event_that_ends_before_it_starts_is_refused(publish):
    response = publish(end="12-03-2026 13:00")

    assert response.context["form"].errors["end"] == ["Het einde moet na het begin liggen."]
    assert not EventPage.objects.exists()


def test_programme_row_that_ends_before_it_starts_is_refused(publish):
    response = publish(programme=inline_formset([row("12-03-2026 14:00", "12-03-2026 13:45")]))

    assert "Het einde van dit onderdeel moet na het begin liggen." in response.content.decode()
    assert not EventPage.objects.exists()


def test_event_is_not_published_without_a_start(publish):
    assert publish(start="").context["form"].errors["start"] == ["Dit is een verplicht veld."]
    assert not EventPage.objects.exists()


def test_recording_of_an_unknown_host_is_refused(publish):
    response = publish(recording_url="https://video.example.com/1")

    assert "YouTube of Vimeo" in response.context["form"].errors["recording_url"][0]


@pytest.mark.parametrize(
    ("times", "state"),
    [
        ({"start": NOW + DAY}, "none"),
        ({"start": NOW + DAY, "registration_url": FORM}, "open"),
        (
            {"start": NOW + DAY, "registration_url": FORM, "registration_closes_at": NOW - HOUR},
            "closed",
        ),
        ({"start": NOW - HOUR, "end": NOW + HOUR, "registration_url": FORM}, "closed"),
        ({"start": NOW - 3 * HOUR, "end": NOW - HOUR, "registration_url": FORM}, "past"),
        ({"start": NOW - 2 * DAY, "registration_url": FORM}, "past"),
        ({"start": NOW + DAY, "registration_url": FORM, "cancelled": True}, "cancelled"),
        ({"start": NOW - 2 * DAY, "cancelled": True}, "cancelled"),
    ],
)
def test_state_of_registration_is_computed(api, noord, times, state):
    event = make_event(noord, **times)

    assert api(f"pages/{event.pk}/")["registration"]["state"] == state
    assert api("pages/?type=agenda.EventPage")["items"][0]["registration"]["state"] == state


def test_event_with_an_open_end_lasts_its_day(noord):
    assert make_event(noord, start=timezone.localtime().replace(hour=0, minute=1)).registration_status.state != "past"


def test_recording_is_given_as_provider_and_id(api, noord):
    event = make_event(noord, "Webinar", recording_url="https://vimeo.com/76979871/8272103f6e")

    assert api(f"pages/{event.pk}/")["recording"] == {
        "provider": "vimeo",
        "id": "76979871",
        "hash": "8272103f6e",
        "title": "Webinar",
    }


def test_both_days_on_which_the_clock_changes(api, noord):
    """The offset is that of the moment itself: +01:00 in winter, +02:00 in summer."""
    utc = datetime.UTC
    spring = make_event(
        noord,
        start=datetime.datetime(2026, 3, 29, 0, 30, tzinfo=utc),
        end=datetime.datetime(2026, 3, 29, 1, 30, tzinfo=utc),
    )
    autumn = make_event(
        noord,
        start=datetime.datetime(2026, 10, 25, 0, 30, tzinfo=utc),
        end=datetime.datetime(2026, 10, 25, 1, 30, tzinfo=utc),
    )

    shown = api(f"pages/{spring.pk}/")
    assert (shown["start"], shown["end"]) == ("2026-03-29T01:30:00+01:00", "2026-03-29T03:30:00+02:00")
    shown = api(f"pages/{autumn.pk}/")
    assert (shown["start"], shown["end"]) == ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00")


def test_detail_takes_as_many_queries_for_few_rows_as_for_many(client, noord, django_assert_num_queries):
    def event_with(number):
        event = make_event(noord)
        event.programme = [ProgrammeRow(start=NOW, kind="plenair", title=f"Deel {part}") for part in range(number)]
        event.sessions = [EventSession(title=f"Sessie {part}") for part in range(number)]
        event.save()
        client.get(f"/api/v2/pages/{event.pk}/")
        return f"/api/v2/pages/{event.pk}/"

    for number in (5, 10):
        url = event_with(number)
        with django_assert_num_queries(1):
            answer = client.get(url).json()
        assert len(answer["programme"]) == len(answer["sessions"]) == number


def test_draft_from_before_there_were_modes_keeps_its_address(noord):
    draft = make_event(noord, registration_url="https://example.org/").save_revision()
    del draft.content["registration_mode"]
    draft.save()

    import_module("agenda.migrations.0005_registration_modes").register_elsewhere(apps, None)

    draft.refresh_from_db()
    assert draft.as_object().registration_mode == "elsewhere"
