"""Calling off an event, letting it go on after all, and moving it: what readers, editors and the registered get."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from agenda.models import EventPage, OutgoingMail
from agenda.registration import desk, refusals, telling
from tests.factories import make_draft, make_event

from .registering import NEXT_MONTH, make_open_event, register

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def editor(django_user_model, db):
    return django_user_model.objects.get(email="noord@example.org")


@pytest.fixture
def event(noord):
    return make_open_event(noord, title="Regiodag", capacity=1)


def screen(name, event):
    return reverse(f"registrations:{name}", args=[event.pk])


def mails(kind):
    return [(mail.registration.email, mail.content) for mail in OutgoingMail.objects.filter(kind=kind)]


def now_of(event):
    return EventPage.objects.get(pk=event.pk)


def test_all_who_stand_hear_that_it_is_called_off(noord_client, event, api):
    first, second = register(event), register(event)
    gone = register(event)
    desk.cancel(gone.pk)
    assert "2 mensen" in noord_client.get(screen("call_off", event)).context["explanation"]

    noord_client.post(screen("call_off", event), {"message": "De zaal is dicht."})
    content = {"message": "De zaal is dicht."}
    assert mails("called_off") == [(first.email, content), (second.email, content)]
    assert api(f"pages/{event.pk}/")["registration"]["state"] == "cancelled"
    assert PageLogEntry.objects.filter(page=event.pk, action="agenda.call_off").get().data == {"mails": 2}


def test_message_must_be_written_when_somebody_gets_it(noord_client, event):
    register(event)
    response = noord_client.post(screen("call_off", event), {})

    assert response.context["form"].errors["message"]
    assert not now_of(event).cancelled


def test_event_that_nobody_registered_for_is_called_off_without_a_message(noord_client, noord):
    event = make_event(noord, start=NEXT_MONTH)
    noord_client.post(screen("call_off", event))

    assert now_of(event).cancelled


def test_draft_stays_as_it_was_but_for_what_was_told(event, editor):
    make_draft(event, title="Nog niet af")
    telling.call_off(event, editor)
    draft = now_of(event).get_latest_revision_as_object()

    assert (draft.title, draft.cancelled) == ("Nog niet af", True)
    assert now_of(event).title == "Regiodag"


def test_draft_that_waits_for_its_time_does_not_undo_it(event, editor):
    make_draft(event, go_live_at=timezone.now() + DAY).publish()
    waiting = event.revisions.exclude(approved_go_live_at=None).get()
    make_draft(event, title="Nog later", go_live_at=None)
    telling.call_off(event, editor)
    waiting.refresh_from_db()

    assert waiting.as_object().cancelled
    assert waiting.approved_go_live_at


def test_calling_off_twice_is_refused(event, editor):
    telling.call_off(event, editor)

    with pytest.raises(refusals.EventCancelled):
        telling.call_off(event, editor)
    assert now_of(event).cancelled


def test_event_that_is_over_is_not_called_off(noord, editor):
    event = make_event(noord, start=timezone.now() - 2 * DAY, end=timezone.now() - DAY)

    with pytest.raises(refusals.EventPast):
        telling.call_off(event, editor)


def test_event_goes_on_after_all_with_those_who_were_registered(noord_client, event, editor):
    person = register(event)
    telling.call_off(event, editor, "Te weinig mensen.")
    noord_client.post(screen("reinstate", event), {"message": "Toch genoeg mensen."})
    person.refresh_from_db()

    assert (now_of(event).cancelled, person.state) == (False, "confirmed")
    told = {"subject": "Gaat toch door: Regiodag", "message": "Toch genoeg mensen.", "goes_on": True}
    assert mails("message") == [(person.email, told)]


def test_offered_place_is_not_lost_while_the_event_is_called_off(event, editor, django_capture_on_commit_callbacks):
    first, second = register(event), register(event)
    desk.cancel(first.pk)
    telling.call_off(event, editor)

    with time_machine.travel(timezone.now() + 3 * DAY):
        desk.expire_offers()
        with django_capture_on_commit_callbacks(execute=True):
            telling.reinstate(event, editor)
        second.refresh_from_db()

        assert (second.state, second.offer_expires_at > timezone.now()) == ("offered", True)


def test_event_that_goes_on_is_not_reinstated(event, editor):
    with pytest.raises(telling.NotCancelled):
        telling.reinstate(event, editor)


def test_event_is_moved_with_its_draft(noord_client, event, api):
    person = register(event)
    make_draft(event, title="Nog niet af")
    new = timezone.localtime(event.start + DAY).replace(second=0)
    form = {"start": f"{new:%d-%m-%Y %H:%M}", "end": "", "message": "De spreker is ziek."}
    noord_client.post(screen("move_event", event), form)
    [(address, content)] = mails("moved")

    assert (now_of(event).start, now_of(event).end) == (new, None)
    assert now_of(event).get_latest_revision_as_object().start == new
    assert address == person.email
    assert datetime.datetime.fromisoformat(content["before"]) == event.start
    assert api(f"pages/{event.pk}/")["start"] == new.isoformat()


def test_moved_event_is_a_newer_one_to_calendars(event, editor):
    before = now_of(event).last_published_at
    telling.move(event, editor, event.start + DAY, None)

    assert now_of(event).last_published_at > before


def test_moving_to_the_same_moment_tells_nobody(event, editor):
    register(event)

    with pytest.raises(telling.SameMoment):
        telling.move(event, editor, event.start, event.end)
    assert mails("moved") == []


def test_moment_is_chosen_from_a_calendar(noord_client, event):
    assert "date-time-chooser.js" in noord_client.get(screen("move_event", event)).content.decode()


def test_end_before_the_beginning_is_refused_beside_the_field(noord_client, event):
    start = timezone.localtime(event.start)
    form = {"start": f"{start:%d-%m-%Y %H:%M}", "end": f"{start - DAY:%d-%m-%Y %H:%M}"}
    response = noord_client.post(screen("move_event", event), form)

    assert response.context["form"].errors["end"]
    assert now_of(event).start == event.start


def test_registering_that_would_open_too_late_is_told(event, editor):
    EventPage.objects.filter(pk=event.pk).update(registration_opens_at=event.start - DAY)

    with pytest.raises(ValidationError):
        telling.move(event, editor, event.start - 2 * DAY, None)
    assert now_of(event).start == event.start


def test_offer_never_holds_longer_than_until_the_event(event, editor):
    first, second = register(event), register(event)
    desk.cancel(first.pk)
    sooner = timezone.now() + datetime.timedelta(hours=3)
    telling.move(event, editor, sooner, None)
    second.refresh_from_db()

    assert second.offer_expires_at == sooner


@pytest.mark.parametrize("name", ["call_off", "move_event", "reinstate"])
def test_editor_of_another_region_can_do_none_of_it(noord_client, zuid, name):
    event = make_open_event(zuid, title="Bijeenkomst in Zuid")
    register(event)
    for response in (noord_client.get(screen(name, event)), noord_client.post(screen(name, event), {"message": "!"})):
        assert response["Location"] == reverse("wagtailadmin_home")
    assert not now_of(event).cancelled


def test_page_of_the_event_leads_to_it_all(noord_client, event, editor):
    def offered():
        response = noord_client.get(reverse("wagtailadmin_pages:edit", args=[event.pk])).content.decode()
        return [name for name in ("event", "move_event", "call_off", "reinstate") if screen(name, event) in response]

    assert offered() == ["event", "move_event", "call_off"]
    telling.call_off(event, editor)
    assert offered() == ["event", "reinstate"]
