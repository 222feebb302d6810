"""The doors by which visitors register: the form, and sending it."""

import base64
import datetime
import json

import altcha
import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from agenda.models import EventPage, EventQuestion, Registration
from cms.models import Audience
from cms.plain_text import without_control_characters
from tests import contract
from tests.factories import make_event

from .registering import make_open_event, register, states

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def post(client):
    """``post(path, body)`` sends JSON to the API; anything but a dictionary is sent as it is."""

    def send(path, body, **headers):
        content = json.dumps(body) if isinstance(body, dict) else body
        return client.post(f"/api/v2/{path}", content, content_type="application/json", headers=headers)

    return send


def filled_in(**fields):
    return {"name": "Bezoeker", "email": "bezoeker@example.org", **fields}


@pytest.fixture
def send(post):
    """``send(event, **fields)`` registers somebody by the door."""

    def register(event, headers=None, /, **fields):
        return post(f"events/{event.pk}/registrations/", filled_in(**fields), **(headers or {}))

    return register


def fields_of(form):
    return {field["name"]: field for field in form["fields"]}


def with_question(event, **fields):
    question = EventQuestion(**{"label": "Dieetwensen", "kind": "line", **fields})
    event.questions.add(question)
    event.save()
    return question


def test_form_asks_what_the_event_asks(api, noord):
    event = make_open_event(noord, sessions=[1, None], reserve_choice=True, audiences=Audience.objects.all()[:2])
    question = with_question(event, kind="check", required=True)

    form = api(f"events/{event.pk}/registration-form/")

    fields = fields_of(form)
    assert list(fields) == [
        *("name", "email", "organisation", "audience", "session", "reserve"),
        *(f"question_{question.pk}", "newsletter"),
    ]
    assert [field["type"] for field in form["fields"]] == [
        *("text", "email", "text", "select", "select", "select", "checkbox", "checkbox")
    ]
    assert {name for name, field in fields.items() if field["required"]} == {
        *("name", "email", "session", f"question_{question.pk}")
    }
    assert (fields["name"]["max_length"], fields["organisation"]["autocomplete"]) == (120, "organization")


def test_form_says_what_is_left_of_each_session(api, noord):
    event = make_open_event(noord, sessions=[1, 3])
    one, two = event.sessions.all()
    register(event, session_id=one.pk)

    form = api(f"events/{event.pk}/registration-form/")

    assert fields_of(form)["session"]["choices"] == [
        {
            "value": str(one.pk),
            "label": "Sessie 1",
            "state": "waiting_list",
            "places_left": {"count": 0, "exact": True},
        },
        {"value": str(two.pk), "label": "Sessie 2", "state": "open", "places_left": {"count": 3, "exact": True}},
    ]
    assert form["registration"]["state"] == "open"
    assert form["event"]["html_path"] == f"/regio/noord/agenda/{event.slug}/"


def test_form_says_why_one_cannot_register(api, noord):
    event = make_open_event(noord, registration_closes_at=timezone.now() - HOUR)

    form = api(f"events/{event.pk}/registration-form/")

    assert (form["registration"]["state"], form["registration"]["reason"]) == (
        "closed",
        "Aanmelden is niet meer mogelijk.",
    )


@pytest.mark.parametrize("path", ["registration-form/", "registrations/"])
def test_only_public_events_that_are_registered_for_here(client, post, noord, path):
    elsewhere = make_event(noord, registration_url="https://example.org/")
    offline = make_open_event(noord)
    offline.unpublish()

    for pk in (elsewhere.pk, offline.pk, noord.pk, 0, 10**30):
        address = f"events/{pk}/{path}"
        response = post(address, filled_in()) if path == "registrations/" else client.get(f"/api/v2/{address}")
        assert response.status_code == 404, pk


def test_place_is_confirmed(send, noord):
    event = make_open_event(noord, capacity=1)

    response = send(event, organisation="  Techniekcollege \n Noord ", newsletter=True)

    assert (response.status_code, response["Cache-Control"]) == (201, "no-store")
    assert (response.json()["state"], response.json()["session"]) == ("confirmed", None)
    registration = event.registrations.get()
    assert (registration.organisation, registration.wants_newsletter) == ("Techniekcollege Noord", True)


def test_who_comes_too_late_waits(send, noord):
    event = make_open_event(noord, sessions=[1])
    session = event.sessions.get()
    register(event, session_id=session.pk)

    answer = send(event, session=str(session.pk)).json()

    assert (answer["state"], answer["session"]) == ("waiting", {"id": session.pk, "title": "Sessie 1"})
    assert answer["message"].startswith("De sessie van uw keuze is vol: u staat op de wachtlijst.")


def test_answers_to_questions_are_kept(send, noord):
    event = make_open_event(noord)
    diet = with_question(event)

    assert send(event, **{f"question_{diet.pk}": "Vegetarisch"}).status_code == 201
    assert list(event.registrations.get().answers.values_list("question", "text")) == [(diet.pk, "Vegetarisch")]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"registration_opens_at": timezone.now() + HOUR}, "not_yet"),
        ({"registration_closes_at": timezone.now() - HOUR}, "closed"),
        ({"cancelled": True}, "cancelled"),
        ({"capacity": 0, "waiting_list": False}, "full"),
        ({"start": timezone.now() - 2 * HOUR, "end": timezone.now() - HOUR}, "past"),
    ],
)
def test_refusals_are_told_in_words_and_by_code(send, noord, fields, code):
    event = make_open_event(noord)
    EventPage.objects.filter(pk=event.pk).update(**fields)

    response = send(event)

    assert (response.status_code, response["Content-Type"]) == (409, "application/problem+json")
    assert (response.json()["code"], response["Cache-Control"]) == (code, "no-store")
    assert response.json()["detail"].endswith(".")
    contract.of("Refusal").validate(response.json())
    assert states(event) == {}


def test_what_is_wrong_stands_beside_its_field(send, noord):
    event = make_open_event(noord, sessions=[1, 1], reserve_choice=True)
    session = event.sessions.first()

    response = send(event, name=" ", email="geen adres", session=str(session.pk), reserve=str(session.pk))

    assert (response.status_code, response.json()["code"]) == (422, "invalid")
    assert response.json()["errors"] == {
        "name": ["Vul een naam in."],
        "email": ["Voer een geldig e-mailadres in."],
        "reserve": ["Kies een andere sessie dan hierboven."],
    }
    contract.of("Refusal").validate(response.json())


def test_answer_is_the_same_for_a_known_address(send, noord):
    event = make_open_event(noord, capacity=20)
    first, again = send(event), send(event)

    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert states(event) == {"confirmed": 1}


def test_program_that_fills_in_everything_gets_the_same_answer_and_no_place(send, noord):
    event = make_open_event(noord, capacity=1)
    trapped = send(event, website="https://example.org/")

    assert states(event) == {}
    assert (trapped.status_code, trapped.json()) == (201, send(event).json())
    assert send(event, email="nog@example.org", website="x").json()["state"] == "waiting"


def test_form_sent_twice_is_one_registration(send, noord):
    event = make_open_event(noord, capacity=1)
    key = {"Idempotency-Key": "een-formulier"}

    assert send(event, key).json() == send(event, key).json()
    assert states(event) == {"confirmed": 1}


def test_key_does_not_tell_whether_an_address_is_known(send, noord):
    event = make_open_event(noord, sessions=[50, 50])
    one, other = (session.pk for session in event.sessions.all())
    known = register(event, session_id=one).email

    def answers(email):
        forms = [{"email": email, "session": f"{pk}"} for pk in (one, other)]
        forms.append({"email": f"anders-{email}", "session": f"{one}"})
        sent = [send(event, {"Idempotency-Key": f"van-{email}"}, **form) for form in forms]
        return [(answer.status_code, answer.json()) for answer in sent]

    assert answers(known) == answers("nieuw@example.org")


@pytest.mark.parametrize("key", ["x" * 65, "a\x00b", "é", "a\nb"])
def test_key_that_cannot_be_one_is_refused(send, noord, key):
    event = make_open_event(noord)

    assert send(event, {"Idempotency-Key": key}).status_code == 400
    assert states(event) == {}


def test_form_takes_as_many_queries_however_many_sessions(client, noord, count_queries):
    def count(sessions):
        event = make_open_event(noord, sessions=[1] * sessions)
        with_question(event)
        return count_queries(client, f"/api/v2/events/{event.pk}/registration-form/")

    assert count(5) == count(10)


def test_privacy_notice_says_who_how_long_and_how_to_erase(api, noord, settings):
    event = make_open_event(noord, contact_name="Bureau <Noord>", contact_email="bureau@example.org")
    with_question(event, retention_days=7)

    privacy = api(f"events/{event.pk}/registration-form/")["privacy"]

    assert '<a href="mailto:bureau@example.org">Bureau &lt;Noord&gt;</a>' in privacy
    assert "30 dagen na de bijeenkomst" in privacy
    assert "al na 7 dagen" in privacy
    settings.REGISTRATION_RETENTION_DAYS = 1
    assert "1 dag na de bijeenkomst" in api(f"events/{event.pk}/registration-form/")["privacy"]


def test_answers_are_as_described(api, send, noord):
    event = make_open_event(noord, sessions=[1, None])
    described = contract.specification()["paths"]
    form = described["/events/{pk}/registration-form/"]["get"]["responses"]["200"]
    done = described["/events/{pk}/registrations/"]["post"]["responses"]["201"]

    for answer, what in (
        (form, api(f"events/{event.pk}/registration-form/")),
        (done, send(event, session=str(event.sessions.first().pk)).json()),
    ):
        contract.validator(answer["content"]["application/json"]["schema"]).validate(what)
    assert Registration.objects.count() == 1


def test_one_client_registers_so_many_people(send, noord, settings):
    settings.REGISTRATIONS_PER_CLIENT = 2
    event = make_open_event(noord, capacity=10)
    for number in range(2):
        assert send(event, email=f"wie{number}@example.org").status_code == 201

    response = send(event, email="wie3@example.org")

    assert (response.status_code, response.json()["code"]) == (429, "too_many")
    assert 0 < int(response["Retry-After"]) <= 600
    contract.of("Refusal").validate(response.json())
    assert states(event) == {"confirmed": 2}


def test_one_address_is_registered_so_often(send, noord, settings):
    settings.REGISTRATIONS_PER_ADDRESS = 1
    first, second = make_open_event(noord), make_open_event(noord)
    assert send(first).status_code == 201

    assert send(second, email="BEZOEKER@example.org").status_code == 429
    assert send(second, email="ander@example.org").status_code == 201


def test_what_is_filled_in_wrong_is_not_counted(send, noord, settings):
    settings.REGISTRATIONS_PER_CLIENT = 1
    event = make_open_event(noord)
    for _ in range(3):
        assert send(event, name="").status_code == 422
    assert send(event).status_code == 201


@pytest.mark.parametrize("value", [None, True, 1, 1.5, [], ["x"], {}, {"a": "b"}])
def test_values_of_another_type_are_refused_by_name(send, noord, value):
    event = make_open_event(noord, sessions=[1], audiences=Audience.objects.all()[:2])
    question = with_question(event)
    names = ["name", "email", "organisation", "audience", "session", f"question_{question.pk}", "website", "proof"]

    response = send(event, **dict.fromkeys(names, value))

    assert (response.status_code, sorted(response.json()["errors"])) == (422, sorted(names))
    assert states(event) == {}


@pytest.mark.parametrize("value", ["true", "", None, 1, []])
def test_checkbox_is_true_or_false(send, noord, value):
    response = send(make_open_event(noord), newsletter=value)

    assert (response.status_code, list(response.json()["errors"])) == (422, ["newsletter"])


@pytest.mark.parametrize("name", ["state", "event", "session", "question_1", "__all__", "", "\x00", "é" * 100])
def test_what_the_form_does_not_ask_is_refused_by_name(send, noord, name):
    event = make_open_event(noord)

    response = send(event, **{name: "confirmed"})

    assert (response.status_code, list(response.json()["errors"])) == (422, [name])
    assert states(event) == {}


TEXTS = [
    *("", " ", "\x00", "a\x00b", "\x07", "\n", "\u2028", "\ufffe", "\u202e", "🔧", "'", '";--', "<script>", "=1+1"),
    *("{{ 7*7 }}", "%s", "%00", "\\", "x" * 5_000, "9" * 5_000, "-1", "1.5", "1_0", "١", "null", "9223372036854775808"),
]


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_is_taken_or_refused(send, noord, text, settings):
    settings.REGISTRATIONS_PER_CLIENT = settings.REGISTRATIONS_PER_ADDRESS = 1_000
    event = make_open_event(noord, sessions=[None, 1], reserve_choice=True, audiences=Audience.objects.all()[:2])
    questions = [with_question(event), with_question(event, kind="text"), with_question(event, kind="choice")]
    session = str(event.sessions.first().pk)
    names = ["name", "email", "organisation", "audience", "session", "reserve", "website", "proof"]

    for name in [*names, *(f"question_{question.pk}" for question in questions)]:
        response = send(event, **{"session": session, "email": f"{name}@example.org", name: text})
        assert response.status_code in (201, 422), (name, response.content)
    for registration in event.registrations.prefetch_related("answers"):
        kept = [registration.name, registration.email, registration.organisation]
        kept += [answer.text for answer in registration.answers.all()]
        assert all(without_control_characters(value) == value for value in kept)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
NAMES = ["name", "email", "organisation", "session", "newsletter", "website", "proof"]


@given(body=st.dictionaries(st.sampled_from(NAMES) | st.text(), json_values | st.emails(), max_size=8))
@hypothesis_settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_body_is_an_error_of_ours(post, noord, body, settings):
    settings.REGISTRATIONS_PER_CLIENT = settings.REGISTRATIONS_PER_ADDRESS = 1_000
    event = make_open_event(noord, sessions=[None])

    response = post(f"events/{event.pk}/registrations/", {"name": "Wie", **body})

    assert response.status_code in (201, 400, 422)


def test_closing_at_the_very_second(send, noord):
    closes_at = timezone.now().replace(microsecond=0) + HOUR
    event = make_open_event(noord, registration_closes_at=closes_at)

    with time_machine.travel(closes_at - datetime.timedelta(milliseconds=1), tick=False):
        assert send(event, email="net@example.org").status_code == 201
    with time_machine.travel(closes_at, tick=False):
        assert send(event, email="laat@example.org").json()["code"] == "closed"
    assert states(event) == {"confirmed": 1}


@pytest.fixture
def proof(api, settings):
    """``proof(event)`` is what a browser computes of the form."""
    settings.PROOF_OF_WORK = True

    def compute(event):
        challenge = altcha.Challenge.from_dict(api(f"events/{event.pk}/registration-form/")["proof"])
        return altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64()

    return compute


def test_proof_is_asked_only_when_it_is_switched_on(api, send, noord):
    event = make_open_event(noord)

    assert api(f"events/{event.pk}/registration-form/")["proof"] is None
    assert send(event, proof="onzin").status_code == 201


def test_proof_counts_once(send, proof, noord):
    event = make_open_event(noord)
    once = proof(event)

    assert send(event, proof=once, name="").status_code == 422  # nothing was registered: it is still good
    assert send(event, proof=once).status_code == 201
    again = send(event, proof=once, email="ander@example.org")
    assert (again.status_code, list(again.json()["errors"])) == (422, ["proof"])


def test_same_form_may_come_again_with_its_proof(send, proof, noord):
    event = make_open_event(noord)
    once, key = proof(event), {"Idempotency-Key": "een-formulier"}

    assert [send(event, key, proof=once).status_code for _ in range(2)] == [201, 201]
    assert send(make_open_event(noord), key, proof=once).status_code == 422
    assert send(event, {"Idempotency-Key": "ander"}, proof=once, email="ander@example.org").status_code == 422
    assert states(event) == {"confirmed": 1}


def test_proof_that_is_none_or_too_old_is_refused(send, proof, noord):
    event = make_open_event(noord)
    good = proof(event)
    payload = json.loads(base64.b64decode(good))
    payload["challenge"]["parameters"]["expiresAt"] += 10_000
    changed = base64.b64encode(json.dumps(payload).encode()).decode()

    for wrong in ("", "onzin", "\x00", "é", "W10=", "e30=", changed, good[:-8], "x" * 5_000):
        assert send(event, proof=wrong).status_code == 422, wrong
    with time_machine.travel(timezone.now() + 2 * HOUR):
        assert send(event, proof=good).status_code == 422
    assert states(event) == {}
