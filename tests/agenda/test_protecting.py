"""Nobody who is registered is lost by what an editor does to the event."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, rich_text

from agenda.models import EventPage, EventQuestion, Registration
from agenda.registration import desk
from cms.publishing import check_publishable
from regions import lifecycle

from .registering import entry, make_open_event, register
from .test_events import event_form

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def event(noord):
    made = make_open_event(noord, sessions=[1, 5], title="Regiodag")
    EventQuestion.objects.create(event=made, label="Dieet", sort_order=0)
    return EventPage.objects.get(pk=made.pk)


@pytest.fixture
def sessions(event):
    return list(event.sessions.all())


@pytest.fixture
def question(event):
    return event.questions.get()


@pytest.fixture
def person(event, sessions, question):
    return register(event, session_id=sessions[0].pk, answers={question.pk: "geen vlees"})


@pytest.fixture
def save(noord_client, event):
    """``save(**changes)`` sends the form of the event; gives the answer."""

    def send(action="action-publish", **changes):
        form = event_form(**(form_of(event) | changes)) | {action: "1"}
        return noord_client.post(reverse("wagtailadmin_pages:edit", args=[event.pk]), form)

    return send


def in_form(moment):
    return f"{timezone.localtime(moment):%d-%m-%Y %H:%M}"


def form_of(event):
    sessions = [session_row(session) for session in event.sessions.all()]
    questions = [question_row(question) for question in event.questions.all()]
    return {
        "title": event.title,
        "slug": event.slug,
        "start": in_form(event.start),
        "end": in_form(event.end),
        "registration_mode": "here",
        "waiting_list": "on",
        "sessions": inline_formset(sessions, initial=len(sessions)),
        "questions": inline_formset(questions, initial=len(questions)),
    }


def session_row(session, **changes):
    row = {"id": session.pk, "title": session.title, "theme": "", "hall": "", "text": rich_text("")}
    return row | {"capacity": session.capacity or ""} | changes


def question_row(question, **changes):
    row = {"id": question.pk, "label": question.label, "help_text": "", "kind": "line", "choices": ""}
    return row | {"retention_days": 7} | changes


def errors_of(response):
    """``{field: errors}`` of the form and of its inline forms."""
    assert response.status_code == 200
    form = response.context["form"]
    found = dict(form.errors)
    for name, formset in form.formsets.items():
        for number, inline in enumerate(formset.forms):
            found |= {f"{name}-{number}-{field}": problems for field, problems in inline.errors.items()}
    return {name: problems[0] for name, problems in found.items()}


def test_event_with_people_is_edited_as_any_other(save, event, person):
    assert save(title="Regiodag in mei").status_code == 302
    assert EventPage.objects.get(pk=event.pk).title == "Regiodag in mei"
    assert Registration.objects.get().session_id == person.session_id


def test_session_with_people_is_not_removed(save, event, sessions, person):
    rows = inline_formset([session_row(sessions[0], DELETE="1"), session_row(sessions[1], DELETE="1")], initial=2)
    for action in ("action-publish", "draft"):
        errors = errors_of(save(action, sessions=rows))
        assert list(errors) == ["sessions-0-title"]
        assert "Er is 1 persoon aangemeld" in errors["sessions-0-title"]
    assert event.sessions.count() == 2


def test_session_that_the_form_leaves_out_is_not_removed(save, sessions, person):
    errors = errors_of(save(sessions=inline_formset([session_row(sessions[1])], initial=1)))

    assert "Sessie 1" in errors["__all__"]


def test_session_without_people_is_removed(save, event, sessions, person):
    rows = inline_formset([session_row(sessions[0]), session_row(sessions[1], DELETE="1")], initial=2)

    assert save(sessions=rows).status_code == 302
    assert EventPage.objects.get(pk=event.pk).sessions.count() == 1


def test_question_with_answers_is_not_removed(save, question, person):
    errors = errors_of(save(questions=inline_formset([question_row(question, DELETE="1")], initial=1)))

    assert "al geantwoord" in errors["questions-0-label"]


@pytest.mark.parametrize("mode", ["none", "elsewhere"])
def test_registering_stays_here(save, person, mode):
    errors = errors_of(save(registration_mode=mode, registration_url="https://example.org/"))

    assert "Er is 1 persoon aangemeld" in errors["registration_mode"]


def test_other_time_asks_for_the_action_that_tells(save, event, person):
    errors = errors_of(save(start=in_form(event.start + DAY), end=in_form(event.end + DAY)))

    assert "Verzetten" in errors["start"]
    assert "Verzetten" in errors["end"]


def test_event_that_one_registers_for_stays_online_until_it_is_over(save, event):
    errors = errors_of(save(expire_at=in_form(event.start)))

    assert "nog niet voorbij" in errors["expire_at"]
    assert save(expire_at=in_form(event.end + DAY)).status_code == 302


def test_everything_may_change_once_nobody_is_registered(save, event, sessions, person):
    desk.cancel(person.pk)
    rows = inline_formset([session_row(session, DELETE="1") for session in sessions], initial=2)

    assert save(registration_mode="none", sessions=rows, start=in_form(event.start - DAY)).status_code == 302


def test_older_draft_does_not_drop_a_session_when_its_time_comes(event, sessions, person):
    event.save_revision().publish()
    draft = EventPage.objects.get(pk=event.pk)
    draft.sessions = sessions[1:]
    draft.go_live_at = timezone.now() + DAY
    draft.save_revision().publish()
    event.revisions.update(approved_go_live_at=timezone.now() - DAY)
    with pytest.raises(ValidationError, match="Sessie 1"):
        check_publishable(EventPage.objects.get(pk=event.pk))
    call_command("clock", once=True)

    assert Registration.objects.get().session_id == sessions[0].pk


@pytest.mark.parametrize("what", ["event", "section", "region"])
def test_event_with_people_is_not_deleted(national_client, event, person, what):
    page = {"event": event, "section": event.get_parent(), "region": event.get_parent().get_parent()}[what]
    page = Page.objects.get(pk=page.pk)
    response = national_client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)

    assert "Er is 1 persoon aangemeld" in response.content.decode()
    assert Registration.objects.exists()


def test_event_with_people_is_not_deleted_among_others(noord_client, event, person):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    noord_client.post(f"{url}?id={event.pk}&next=/admin/")

    assert EventPage.objects.filter(pk=event.pk).exists()


@pytest.mark.parametrize("many", [False, True])
def test_event_with_people_is_not_taken_offline(noord_client, event, person, many):
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    url = f"{bulk}?id={event.pk}&next=/admin/" if many else reverse("wagtailadmin_pages:unpublish", args=[event.pk])
    response = noord_client.post(url, follow=True)

    assert "Er is 1 persoon aangemeld. Offline halen kan pas na afloop." in response.content.decode()
    assert EventPage.objects.get(pk=event.pk).live


def test_region_is_not_closed_while_people_are_to_come(national_client, noord, event, person):
    told = "Er is 1 persoon aangemeld. Sluiten kan pas na afloop."
    assert told in national_client.get(reverse("region_close", args=[noord.pk])).content.decode()
    with pytest.raises(lifecycle.Refused):
        lifecycle.close(noord)
    noord.status = noord.Status.CLOSED
    with pytest.raises(ValidationError, match="1 persoon"):
        noord.full_clean()

    EventPage.objects.update(start=timezone.now() - 2 * DAY, end=timezone.now() - DAY)
    lifecycle.close(type(noord).objects.get(pk=noord.pk))


def test_event_that_is_over_may_be_deleted(noord_client, event, person):
    EventPage.objects.update(start=timezone.now() - 2 * DAY, end=timezone.now() - DAY)
    noord_client.post(reverse("wagtailadmin_pages:delete", args=[event.pk]))

    assert not EventPage.objects.filter(pk=event.pk).exists()


def test_more_places_are_offered_when_they_are_published(
    save, event, sessions, person, django_capture_on_commit_callbacks
):
    waiting = register(event, session_id=sessions[0].pk)
    rows = inline_formset([session_row(sessions[0], capacity="2"), session_row(sessions[1])], initial=2)
    with django_capture_on_commit_callbacks(execute=True):
        save(sessions=rows)
    waiting.refresh_from_db()

    assert (waiting.state, waiting.session_id) == ("offered", sessions[0].pk)


def test_fewer_places_take_no_place_away(save, noord_client, event, sessions, person):
    for _ in range(2):
        desk.add_by_hand(event.pk, entry(session_id=sessions[1].pk))
    rows = inline_formset([session_row(sessions[0]), session_row(sessions[1], capacity="1")], initial=2)
    assert save(sessions=rows).status_code == 302

    assert Registration.objects.holding().count() == 3
    response = noord_client.get(reverse("registrations:event", args=[event.pk])).content.decode()
    assert "1 meer dan er plaatsen zijn" in response
