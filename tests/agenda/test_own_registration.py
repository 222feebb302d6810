"""The door to one's own registration, by the link in a mail."""

import datetime
import json

import pytest
from django.utils import timezone

from agenda.models import EventPage, EventQuestion, OutgoingMail, Registration
from agenda.registration import desk
from agenda.registration.tokens import token_of
from cms.models import Audience
from tests import contract

from .registering import entry, make_open_event, register

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


def address(registration):
    return f"/api/v2/registrations/{token_of(registration)}/"


@pytest.fixture
def see(client):
    """``see(registration)`` is what somebody reads by the link in the mail."""

    def get(registration):
        response = client.get(address(registration))
        assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
        contract.of("OwnRegistration").validate(response.json())
        return response.json()

    return get


@pytest.fixture
def act(client):
    """``act(registration, "cancel")`` posts by the link in the mail."""

    def post(registration, action, **more):
        body = json.dumps({"action": action, **more})
        response = client.post(address(registration), body, content_type="application/json")
        assert response["Cache-Control"] == "no-store"
        if response.status_code == 200:
            contract.of("OwnRegistration").validate(response.json())
        return response

    return post


def state_of(registration):
    return Registration.objects.values_list("state", flat=True).get(pk=registration.pk)


def offered_place(event):
    """Somebody who waited for ``event``, which has one place, and is offered it."""
    first, second = register(event), register(event)
    desk.cancel(first.pk)
    second.refresh_from_db()
    assert second.state == "offered"
    return second


def test_own_registration_tells_all_that_is_kept(see, noord):
    event = make_open_event(noord, sessions=[1, 1], reserve_choice=True)
    question = EventQuestion(label="Dieetwensen")
    event.questions.add(question)
    event.save()
    one, two = event.sessions.all()
    audience = Audience.objects.first()
    registration = register(
        event,
        organisation="Techniekcollege",
        audience_id=audience.pk,
        session_id=one.pk,
        answers={question.pk: "Vegetarisch"},
    )

    own = see(registration)

    assert (own["state"], own["email"], own["organisation"]) == ("confirmed", registration.email, "Techniekcollege")
    assert own["audience"] == {"id": audience.pk, "slug": audience.slug, "title": audience.title}
    assert own["answers"] == [{"question": "Dieetwensen", "answer": "Vegetarisch"}]
    assert own["session"] == {"id": one.pk, "title": "Sessie 1", "hall": ""}
    assert own["sessions"] == [
        {"id": two.pk, "title": "Sessie 2", "state": "open", "places_left": {"count": 1, "exact": True}}
    ]
    assert own["can"] == {"cancel": True, "change_session": True, "accept": False}
    assert own["event"]["calendar"] == f"http://cms.test/api/v2/events/{event.pk}.ics"
    assert own["erased_on"] == (timezone.localdate(event.end) + datetime.timedelta(days=30)).isoformat()


def test_reading_changes_nothing(client, noord):
    registration = offered_place(make_open_event(noord, capacity=1))
    before = list(Registration.objects.values())

    for method in ("get", "head", "options"):
        getattr(client, method)(address(registration))
    assert list(Registration.objects.values()) == before


def test_methods_that_do_not_exist(client, noord):
    registration = register(make_open_event(noord))

    response = client.delete(address(registration))

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")
    assert client.options(address(registration))["Allow"] == "GET, HEAD, OPTIONS, POST"


@pytest.mark.parametrize("token", ["x", "%00", "a:b", "%F0%9F%94%A7", "%ff", "1" * 300, "{other}", "{cut}", "{twice}"])
def test_anything_but_the_link_leads_nowhere(client, noord, token):
    registration = register(make_open_event(noord))
    public_id, _, signature = token_of(registration).partition(":")
    wrong = token.format(other=f"{'0' * 32}:{signature}", cut=f"{public_id}:{signature[:-1]}", twice=f"{public_id}::")

    assert client.get(f"/api/v2/registrations/{wrong}/").status_code == 404
    posted = client.post(f"/api/v2/registrations/{wrong}/", '{"action": "cancel"}', content_type="application/json")
    assert posted.status_code == 404
    assert state_of(registration) == "confirmed"


def test_cancelling_passes_the_place_on(act, noord):
    event = make_open_event(noord, capacity=1)
    first, second = register(event), register(event)

    cancelled = act(first, "cancel").json()

    assert (cancelled["state"], cancelled["can"]["cancel"]) == ("cancelled", False)
    assert state_of(second) == "offered"
    assert act(first, "cancel").json()["state"] == "cancelled"


def test_changing_session(act, noord):
    event = make_open_event(noord, sessions=[1, 1, 1])
    one, two, three = event.sessions.all()
    registration = register(event, session_id=one.pk)
    register(event, session_id=three.pk)

    changed = act(registration, "change_session", session=two.pk).json()

    assert changed["session"]["id"] == two.pk
    assert {session["title"]: session["state"] for session in changed["sessions"]} == {
        "Sessie 1": "open",
        "Sessie 3": "full",
    }
    full = act(registration, "change_session", session=three.pk)
    assert (full.status_code, full.json()["code"]) == (409, "session_full")


def test_who_waits_can_wait_for_another_session(see, act, noord):
    event = make_open_event(noord, sessions=[1, 1])
    one, two = event.sessions.all()
    register(event, session_id=one.pk)
    register(event, session_id=two.pk)
    waiting = register(event, session_id=one.pk)

    assert [session["state"] for session in see(waiting)["sessions"]] == ["waiting_list"]
    assert act(waiting, "change_session", session=two.pk).json()["session"]["id"] == two.pk


def test_accepting_a_place(see, act, noord):
    offered = offered_place(make_open_event(noord, capacity=1))
    assert see(offered)["can"] == {"cancel": True, "change_session": False, "accept": True}

    assert act(offered, "accept").json()["state"] == "confirmed"
    assert act(offered, "accept").json()["state"] == "confirmed"


def test_offer_whose_time_is_over_has_expired(see, act, noord):
    offered = offered_place(make_open_event(noord, capacity=1))
    Registration.objects.filter(pk=offered.pk).update(offer_expires_at=timezone.now() - MINUTE)

    own = see(offered)
    assert (own["state"], own["can"]["accept"]) == ("expired", False)
    response = act(offered, "accept")
    assert (response.status_code, response.json()["code"]) == (409, "offer_expired")


@pytest.mark.parametrize(
    "fields", [{"cancelled": True}, {"start": timezone.now() - 2 * MINUTE, "end": timezone.now() + MINUTE}]
)
def test_what_cannot_be_done_any_more(see, act, noord, fields):
    event = make_open_event(noord, sessions=[1, 1])
    one, two = event.sessions.all()
    registration = register(event, session_id=one.pk)
    EventPage.objects.filter(pk=event.pk).update(**fields)

    own = see(registration)

    assert (own["can"]["change_session"], own["sessions"]) == (False, [])
    assert own["can"]["cancel"] is bool(fields.get("cancelled"))
    assert act(registration, "cancel").status_code == (200 if fields.get("cancelled") else 409)


def test_who_registered_can_cancel_when_the_event_is_offline(see, act, noord):
    event = make_open_event(noord)
    registration = register(event)
    EventPage.objects.get(pk=event.pk).unpublish()

    assert (see(registration)["event"]["html_path"], see(registration)["event"]["calendar"]) == ("", "")
    assert act(registration, "cancel").json()["state"] == "cancelled"


@pytest.mark.parametrize("begun", [False, True])
def test_erasing_leaves_nothing_and_passes_the_place_on(client, act, noord, begun):
    event = make_open_event(noord, capacity=1)
    question = EventQuestion(label="Dieetwensen")
    event.questions.add(question)
    event.save()
    first, second = register(event, answers={question.pk: "Vegetarisch"}), register(event)
    if begun:
        EventPage.objects.filter(pk=event.pk).update(start=timezone.now() - MINUTE)

    response = act(first, "erase")

    assert (response.status_code, response.content) == (204, b"")
    assert not Registration.objects.filter(pk=first.pk).exists()
    assert not OutgoingMail.objects.filter(registration=first.pk).exists()
    assert state_of(second) == ("waiting" if begun else "offered")
    assert client.get(address(first)).status_code == 404
    assert act(first, "erase").status_code == 404


def test_who_erased_can_register_again(act, noord):
    event = make_open_event(noord)
    given = entry(key="een-formulier")
    desk.register(event.pk, given)
    act(event.registrations.get(), "erase")

    assert desk.register(event.pk, given).state == "confirmed"
    assert event.registrations.count() == 1


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, "action"),
        ({"action": "onzin"}, "action"),
        ({"action": ["cancel"]}, "action"),
        ({"action": None}, "action"),
        ({"action": "cancel", "session": 1}, "session"),
        ({"action": "cancel", "extra": "\x00"}, "extra"),
        ({"action": "change_session"}, "session"),
        ({"action": "change_session", "session": "x"}, "session"),
        ({"action": "change_session", "session": -1}, "session"),
        ({"action": "change_session", "session": 1.5}, "session"),
        ({"action": "change_session", "session": True}, "session"),
        ({"action": "change_session", "session": 10**30}, "session"),
    ],
)
def test_actions_that_cannot_be(client, noord, body, wrong):
    registration = register(make_open_event(noord))

    response = client.post(address(registration), json.dumps(body), content_type="application/json")

    assert (response.status_code, list(response.json()["errors"])) == (422, [wrong])
    assert state_of(registration) == "confirmed"


def test_session_that_is_not_there(act, noord):
    event = make_open_event(noord, sessions=[1])
    registration = register(event, session_id=event.sessions.get().pk)

    response = act(registration, "change_session", session=10**9)

    assert (response.status_code, response.json()["code"]) == (409, "session_unknown")


def test_who_tries_links_is_stopped(client, noord):
    registration = register(make_open_event(noord))
    for number in range(30):
        assert client.get(f"/api/v2/registrations/{number}/").status_code == 404

    for response in (
        client.get("/api/v2/registrations/x/"),
        client.get(address(registration)),
        client.post(address(registration), '{"action": "cancel"}', content_type="application/json"),
    ):
        assert (response.status_code, response.json()["code"]) == (429, "too_many")
    assert client.get(address(registration), REMOTE_ADDR="192.0.2.9").status_code == 200


def test_one_client_changes_so_much(act, noord, settings):
    settings.REGISTRATIONS_PER_CLIENT = 1
    registration = register(make_open_event(noord))

    assert [act(registration, "cancel").status_code for _ in range(2)] == [200, 429]


def test_log_does_not_tell_the_link(client, act, noord, caplog):
    registration = register(make_open_event(noord))

    assert act(registration, "accept").status_code == 200
    assert act(registration, "onzin").status_code == 422
    assert client.get(f"/aanmelding/{token_of(registration)}/").status_code == 404
    assert "/api/v2/registrations/…/" in caplog.text
    assert "/aanmelding/…/" in caplog.text
    assert token_of(registration) not in caplog.text
