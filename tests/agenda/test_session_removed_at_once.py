"""An editor takes a session away in the moment in which a visitor registers for it."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import inline_formset

from agenda.models import EventPage, EventSession, Registration
from agenda.registration import desk, refusals
from tests.races import second_after

from .committed import take_away
from .registering import entry, make_open_event
from .test_events import event_form
from .test_protecting import errors_of, form_of, session_row


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """In place of the usual one, in whose transaction nobody else could look."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def event(noord):
    made = make_open_event(noord, sessions=[5, 5], title="Regiodag")
    made.save_revision()
    yield EventPage.objects.get(pk=made.pk)
    take_away(made)


@pytest.fixture
def going(event):
    """The session that the editor takes away."""
    return event.sessions.first()


@pytest.fixture
def publish(event, going):
    """``publish()`` sends the form of the event without the session; gives the answer."""
    browser, editor = Client(), get_user_model().objects.get(email="noord@example.org")
    browser.force_login(editor)
    rows = [session_row(session, DELETE="1" if session == going else "") for session in event.sessions.all()]
    form = event_form(**form_of(event) | {"sessions": inline_formset(rows, initial=len(rows))})
    form["action-publish"] = "1"
    yield lambda: browser.post(reverse("wagtailadmin_pages:edit", args=[event.pk]), form)
    browser.session.flush()
    ModelLogEntry.objects.for_instance(editor).delete()


def test_editor_is_told_of_the_visitor_who_came_just_before(event, going, publish):
    answers = []

    second_after(lambda: desk.register(event.pk, entry(session_id=going.pk)), lambda: answers.append(publish()))

    assert "Er is 1 persoon aangemeld" in errors_of(answers[0])["sessions-0-title"]
    assert Registration.objects.get().session == going


def test_visitor_is_told_that_the_session_is_gone(event, going, publish):
    answers = []

    refusal = second_after(
        lambda: answers.append(publish()), lambda: desk.register(event.pk, entry(session_id=going.pk))
    )

    assert answers[0].status_code == 302
    assert isinstance(refusal, refusals.SessionUnknown)
    assert not Registration.objects.exists()


def test_session_stays_when_something_else_than_the_form_takes_it_away(event, going):
    """As what was scheduled, which is looked at just before."""
    draft = EventPage.objects.get(pk=event.pk)
    draft.sessions = [session for session in draft.sessions.all() if session != going]
    revision = draft.save_revision()

    refusal = second_after(lambda: desk.register(event.pk, entry(session_id=going.pk)), revision.publish)

    assert isinstance(refusal, ValidationError)
    assert Registration.objects.get().session == going
    assert EventSession.objects.filter(event=event.pk).count() == 2
