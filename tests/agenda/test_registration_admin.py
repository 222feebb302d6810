"""The organiser's screens: who sees whom, and what one can do for one person."""

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from agenda.models import EventQuestion, OutgoingMail, Registration
from agenda.registration import desk

from .registering import entry, make_open_event, register

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(noord):
    return make_open_event(noord, sessions=[2, 5], title="Regiodag")


@pytest.fixture
def sessions(event):
    return list(event.sessions.all())


@pytest.fixture
def person(event, sessions):
    return register(event, session_id=sessions[0].pk, name="Bezoeker Een", organisation="Het Anker")


def url(name, *args):
    return reverse(f"registrations:{name}", args=args)


def do(client, name, registration, **data):
    return client.post(url(name, registration.event_id, registration.pk), data, follow=True)


def actions_on(event):
    return list(PageLogEntry.objects.filter(page=event.pk).order_by("pk").values_list("action", flat=True))


def kinds(registration):
    return list(registration.mails.values_list("kind", flat=True))


def names_on(response):
    return [registration.name for registration in response.context["object_list"]]


def test_editor_sees_the_events_of_the_region(noord_client, event, zuid):
    make_open_event(zuid, title="Bijeenkomst in Zuid")
    response = noord_client.get(url("index"))

    assert [event.title for event in response.context["object_list"]] == ["Regiodag"]
    assert "Bijeenkomst in Zuid" not in response.content.decode()


def test_national_editor_sees_all_events(national_client, event, zuid):
    make_open_event(zuid, title="Bijeenkomst in Zuid")

    assert len(national_client.get(url("index")).context["object_list"]) == 2


def test_next_event_comes_first_and_what_is_over_last(noord_client, noord, event):
    later = make_open_event(noord, title="Later", start=event.start.replace(year=event.start.year + 1), end=None)
    past = make_open_event(noord, title="Geweest", start=event.start.replace(year=event.start.year - 1), end=None)

    listed = noord_client.get(url("index")).context["object_list"]
    assert [page.pk for page in listed] == [event.pk, later.pk, past.pk]


def test_list_of_events_counts_places(noord_client, event, sessions):
    for _ in range(3):
        register(event, session_id=sessions[0].pk)
    [listed] = noord_client.get(url("index")).context["object_list"]

    assert (listed.taken, listed.waiting, listed.present) == (2, 1, 0)


def test_people_of_an_event_with_numbers_per_session(noord_client, event, sessions, person):
    for _ in range(2):
        register(event, session_id=sessions[0].pk)
    response = noord_client.get(url("event", event.pk))
    overview = response.context["overview"]

    assert "Bezoeker Een" in response.content.decode()
    assert (overview.total.taken, overview.total.waiting) == (2, 1)
    assert [(line.taken, line.waiting) for line in overview.sessions] == [(2, 1), (0, 0)]
    assert response["Cache-Control"].count("no-store") == 1


@pytest.mark.parametrize("name", ["event", "event_results", "add", "message", "print"])
def test_editor_of_another_region_gets_no_screen_of_the_event(noord_client, zuid, name):
    event = make_open_event(zuid)
    person = register(event, name="Bezoeker Geheim")
    response = noord_client.get(url(name, event.pk), follow=True)

    assert "Bezoeker Geheim" not in response.content.decode()
    assert response.redirect_chain[0][0] == reverse("wagtailadmin_home")
    assert kinds(person) == ["confirmed"]


@pytest.mark.parametrize("name", ["present", "absent", "send_again", "accept", "cancel", "change_session"])
def test_editor_of_another_region_does_nothing(noord_client, zuid, name):
    person = register(make_open_event(zuid))
    do(noord_client, name, person)
    person.refresh_from_db()

    assert (person.state, person.attended_at, kinds(person)) == ("confirmed", None, ["confirmed"])


def test_person_of_another_event_is_not_found(noord_client, event, zuid):
    theirs = register(make_open_event(zuid))

    assert noord_client.get(url("person", event.pk, theirs.pk)).status_code == 404


@pytest.mark.parametrize("searched", ["een", "anker"])
def test_search_finds_a_person(noord_client, event, sessions, person, searched):
    register(event, session_id=sessions[1].pk, name="Bezoeker Twee")
    response = noord_client.get(url("event_results", event.pk), {"q": searched})

    assert names_on(response) == ["Bezoeker Een"]


def test_list_by_session_and_state(noord_client, event, sessions, person):
    other = register(event, session_id=sessions[1].pk, name="Bezoeker Twee")
    desk.cancel(other.pk)

    def shown(**filters):
        return names_on(noord_client.get(url("event", event.pk), filters))

    assert shown() == ["Bezoeker Een", "Bezoeker Twee"]
    assert shown(session=sessions[0].pk) == ["Bezoeker Een"]
    assert shown(state="cancelled") == ["Bezoeker Twee"]
    assert shown(state="absent") == ["Bezoeker Een"]
    assert shown(state="present") == []


def test_ticking_off_leads_back_to_the_same_place(noord_client, event, person):
    here = url("event", event.pk) + "?q=een"
    response = noord_client.post(url("present", event.pk, person.pk), {"next": here})
    person.refresh_from_db()
    came = person.attended_at

    assert response["Location"] == f"{here}#aanmelding-{person.pk}"
    assert came is not None
    do(noord_client, "present", person)
    person.refresh_from_db()
    assert person.attended_at == came
    do(noord_client, "absent", person)
    person.refresh_from_db()
    assert person.attended_at is None


def test_who_waits_is_not_ticked_off(noord_client, event, sessions):
    for _ in range(2):
        register(event, session_id=sessions[0].pk)
    waiting = register(event, session_id=sessions[0].pk)
    do(noord_client, "present", waiting)
    waiting.refresh_from_db()

    assert waiting.attended_at is None


def test_cancelling_tells_the_person_why(noord_client, event, person):
    do(noord_client, "cancel", person, message="De zaal is kleiner.")
    person.refresh_from_db()
    content = person.mails.last().content

    assert person.state == "cancelled"
    assert (content["by_organiser"], content["message"]) == (True, "De zaal is kleiner.")
    assert actions_on(event)[-1] == "agenda.cancel_registration"


def test_moving_to_another_session(noord_client, event, sessions, person):
    do(noord_client, "change_session", person, session=sessions[1].pk)
    person.refresh_from_db()

    assert (person.session, kinds(person)) == (sessions[1], ["confirmed", "changed"])


def test_moving_to_a_full_session_is_refused_beside_the_form(noord_client, event, sessions, person):
    other = register(event, session_id=sessions[1].pk)
    register(event, session_id=sessions[0].pk)
    response = do(noord_client, "change_session", other, session=sessions[0].pk)

    assert "Deze sessie is vol" in response.content.decode()


def test_confirmation_is_sent_again(noord_client, person):
    do(noord_client, "send_again", person)

    assert kinds(person) == ["confirmed", "confirmed"]


def test_nothing_is_sent_again_to_who_cancelled(noord_client, person):
    desk.cancel(person.pk)
    response = do(noord_client, "send_again", person)

    assert kinds(person) == ["confirmed", "cancelled"]
    assert "geldt niet meer" in response.content.decode()


def test_offered_place_is_taken_for_somebody(noord_client, noord):
    event = make_open_event(noord, capacity=1)
    first, second = register(event), register(event)
    desk.cancel(first.pk)
    do(noord_client, "accept", second)
    second.refresh_from_db()

    assert second.state == "confirmed"


def test_screen_of_a_person_shows_the_mails(noord_client, person):
    person.mails.update(state="given_up", last_error="550 bestaat niet")
    response = noord_client.get(url("person", person.event_id, person.pk)).content.decode()

    assert "Opgegeven" in response
    assert "550 bestaat niet" in response
    assert names_on(noord_client.get(url("event", person.event_id), {"state": "failed"})) == ["Bezoeker Een"]


def test_adding_by_hand(noord_client, event, sessions):
    form = {"name": "Bezoeker Drie", "email": "drie@example.org", "session": sessions[0].pk}
    noord_client.post(url("add", event.pk), form)
    person = Registration.objects.get()

    assert (person.state, person.session, kinds(person)) == ("confirmed", sessions[0], ["confirmed"])
    assert "agenda.add_registration" in actions_on(event)


def test_adding_by_hand_when_it_is_full_takes_a_tick(noord_client, event, sessions, person):
    register(event, session_id=sessions[0].pk)
    form = {"name": "Bezoeker Drie", "email": "drie@example.org", "session": sessions[0].pk}
    response = noord_client.post(url("add", event.pk), form)
    assert response.context["form"].errors["over_capacity"][0].startswith("Het is vol. Vink dit aan")

    noord_client.post(url("add", event.pk), form | {"over_capacity": "on"})
    [line, _] = noord_client.get(url("event", event.pk)).context["overview"].sessions
    assert (line.taken, line.too_many) == (3, 1)


def test_adding_who_is_there_already_is_refused_beside_the_address(noord_client, event, sessions, person):
    form = {"name": "Weer", "email": person.email.upper(), "session": sessions[0].pk}
    response = noord_client.post(url("add", event.pk), form)

    assert "al iemand aangemeld" in response.context["form"].errors["email"][0]


def test_list_at_the_door_has_a_page_for_every_session(noord_client, event, sessions, person):
    register(event, session_id=sessions[1].pk, name="Bezoeker Twee")
    sheets = noord_client.get(url("print", event.pk)).context["sheets"]

    assert [[person.name for person in sheet.people] for sheet in sheets] == [["Bezoeker Een"], ["Bezoeker Twee"]]
    [sheet] = noord_client.get(url("print", event.pk), {"session": sessions[1].pk}).context["sheets"]
    assert [person.name for person in sheet.people] == ["Bezoeker Twee"]


def test_message_is_sent_after_the_number_of_people_was_shown(noord_client, event, sessions, person):
    register(event, session_id=sessions[1].pk)
    form = {"session": sessions[0].pk, "subject": "De zaal", "message": "Wij zitten boven."}
    response = noord_client.post(url("message", event.pk), form)
    assert response.context["number"] == 1
    assert not OutgoingMail.objects.filter(kind="message").exists()

    noord_client.post(url("message", event.pk), form | {"confirmed": "1"})
    [mail] = OutgoingMail.objects.filter(kind="message")
    assert (mail.registration, mail.content) == (person, {"subject": "De zaal", "message": "Wij zitten boven."})


def test_message_sent_by_a_double_click_goes_once(noord_client, event, sessions, person):
    register(event, session_id=sessions[1].pk)
    form = {"subject": "De zaal", "message": "Wij zitten boven."}
    for given in ({"session": sessions[0].pk, "confirmed": "1"}, {"confirmed": "2"}, {"confirmed": "2"}):
        response = noord_client.post(url("message", event.pk), form | given, follow=True)
    assert "Het bericht gaat naar 2 mensen." in response.content.decode()

    assert OutgoingMail.objects.filter(kind="message").count() == 2


def test_message_asks_again_when_somebody_came(noord_client, event, sessions, person):
    form = {"subject": "De zaal", "message": "Wij zitten boven.", "confirmed": "1"}
    register(event, session_id=sessions[1].pk)
    response = noord_client.post(url("message", event.pk), form)

    assert response.context["number"] == 2
    assert not OutgoingMail.objects.filter(kind="message").exists()


def test_message_to_who_waits_too(noord_client, noord):
    event = make_open_event(noord, capacity=1)
    for _ in range(2):
        register(event)
    form = {"with_waiting": "on", "subject": "Parkeren", "message": "Aan de achterkant."}
    noord_client.post(url("message", event.pk), form | {"confirmed": "2"})

    assert OutgoingMail.objects.filter(kind="message").count() == 2


def test_history_names_nobody(noord_client, event, sessions, person):
    do(noord_client, "change_session", person, session=sessions[1].pk)
    do(noord_client, "cancel", person, message="Bezoeker Een komt niet.")
    history = noord_client.get(reverse("wagtailadmin_pages:history", args=[event.pk])).content.decode()

    assert "Iemand afgemeld" in history
    assert "Bezoeker Een" not in history + str(list(PageLogEntry.objects.values_list("data", flat=True)))


def test_spreadsheet_has_answers_and_no_formula(noord_client, event, sessions):
    question = EventQuestion.objects.create(event=event, label="Dieet")
    register(event, session_id=sessions[0].pk, name="=1+1", answers={question.pk: "=HYPERLINK(1)"})
    register(event, session_id=sessions[1].pk, name="Bezoeker Twee")
    response = noord_client.get(url("event", event.pk), {"export": "csv", "session": sessions[0].pk})
    heading, row, *rest = b"".join(response.streaming_content).decode().splitlines()

    assert (heading.split(",")[0], heading.split(",")[-1]) == ("Naam", "Dieet")
    assert (row.split(",")[0], row.split(",")[-1]) == ("'=1+1", "'=HYPERLINK(1)")
    assert rest == []


def test_number_of_queries_does_not_grow(noord_client, noord, event, sessions, count_queries):
    addresses = [url("index"), url("event", event.pk), url("print", event.pk)]

    def counts():
        return [count_queries(noord_client, address) for address in addresses]

    for _ in range(2):
        desk.add_by_hand(event.pk, entry(session_id=sessions[0].pk), over_capacity=True)
        make_open_event(noord, sessions=[1])
    few = counts()
    for _ in range(2):
        desk.add_by_hand(event.pk, entry(session_id=sessions[0].pk), over_capacity=True)
        make_open_event(noord, sessions=[1])
    assert counts() == few
