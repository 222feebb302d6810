"""Many people register in the same moment; two do something about the same place."""

import datetime
import http.client
import itertools
import json
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from agenda.models import EventPage, OutgoingMail, Registration
from agenda.registration import desk, locking, refusals
from cms.models import DocumentState, Tally
from cms.wsgi import application
from tests.races import second_after

from .registering import entry, make_open_event, register, states

SECONDS = 60
AT_ONCE = 60
TOGETHER = 4
"""Fewer than the connections of the pool."""
over_http = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="the test database of SQLite lies in the memory of one connection"
)


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """In place of the usual one, in whose transaction nobody else could look."""
    with django_db_blocker.unblock():
        yield
        EventPage.objects.get(title=TITLE).delete()
        Tally.objects.all().delete()
        DBTaskResult.objects.all().delete()


TITLE = "Landelijke dag van velen"


@pytest.fixture
def make_event(noord):
    """As ``make_open_event``; it is taken away afterwards, with who registered."""
    return lambda **fields: make_open_event(noord, title=TITLE, **fields)


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *args):
        pass


class Server(ThreadedWSGIServer):
    request_queue_size = 2 * AT_ONCE


@pytest.fixture
def port(db, settings):
    """Of a web server with a thread for each request, before the test database."""
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    settings.REGISTRATIONS_PER_CLIENT = 1_000
    server = Server(("127.0.0.1", 0), QuietHandler)
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join(SECONDS)
    server.server_close()


def post(port, event, body, key=""):
    """The status and the answer; who is told that it is busy asks again, as the answer says."""
    for _ in range(10):
        caller = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        caller.request("POST", f"/api/v2/events/{event.pk}/registrations/", json.dumps(body), headers)
        response = caller.getresponse()
        answer = json.loads(response.read())
        caller.close()
        if response.status != 503:
            break
    return response.status, answer


def crowd(port, event, addresses):
    """Everybody registers, 60 at once, each for the next one of the sessions; the statuses and answers."""
    sessions = itertools.cycle(event.sessions.values_list("pk", flat=True))
    bodies = [
        {"name": "Bezoeker", "email": address, "session": str(session)}
        for address, session in zip(addresses, sessions, strict=False)
    ]
    with ThreadPoolExecutor(AT_ONCE) as people:
        return list(people.map(lambda body: post(port, event, body), bodies))


@over_http
def test_crowd_fills_the_event_exactly(make_event, port):
    event = make_event(sessions=[3] * 10, capacity=25)
    addresses = [f"bezoeker{number % 280}@example.org" for number in range(300)]

    answers = crowd(port, event, addresses)

    assert {status for status, _ in answers} == {201}
    assert states(event) == {"confirmed": 25, "waiting": 255}
    assert event.registrations.values("email").distinct().count() == 280
    assert OutgoingMail.objects.filter(registration__event=event).exclude(kind="known").count() == 280
    for session in event.sessions.all():
        confirmed = [row.pk for row in session.registrations.filter(state="confirmed")]
        line = [row.pk for row in session.registrations.waiting()]
        assert len(confirmed) <= 3
        assert confirmed + line == sorted(confirmed + line)
        assert line == [row.pk for row in session.registrations.filter(state="waiting").order_by("created_at", "pk")]


@over_http
def test_without_the_lock_the_same_crowd_oversells(make_event, port, monkeypatch):
    """Each four look at what is left before one of them writes; so 24 places become 28, whatever the machine does."""
    met = threading.Barrier(TOGETHER)
    foresee = desk.foresee

    def foresee_together(event, given):
        outcome = foresee(event, given)
        met.wait(SECONDS)
        return outcome

    monkeypatch.setattr(locking, "lock_rows", lambda event_id, session_ids: None)
    monkeypatch.setattr(desk, "foresee", foresee_together)
    event = make_event(sessions=[None] * 10, capacity=25)

    answers = crowd(port, event, [f"bezoeker{number}@example.org" for number in range(AT_ONCE)])

    assert {status for status, _ in answers} == {201}
    assert states(event)["confirmed"] >= 28


@over_http
def test_double_click_over_two_connections(make_event, port):
    event = make_event(capacity=30)
    body = {"name": "Bezoeker", "email": "bezoeker@example.org"}

    with ThreadPoolExecutor(4) as clicks:
        answers = list(clicks.map(lambda _: post(port, event, body, "een-formulier"), range(4)))

    assert Counter(status for status, _ in answers) == {201: 4}
    assert states(event) == {"confirmed": 1}
    assert OutgoingMail.objects.filter(registration__event=event).count() == 1


def after(first, second):
    """What ``second`` raises when it comes while ``first`` isn't committed yet."""

    def patiently():
        try:
            second()
        except refusals.Busy as busy:  # SQLite doesn't let it begin
            raise busy.__cause__ from busy

    return second_after(first, patiently)


def test_last_place_for_two(make_event):
    event = make_event(capacity=1)

    assert after(lambda: register(event), lambda: register(event)) is None
    assert states(event) == {"confirmed": 1, "waiting": 1}


def test_same_address_twice(make_event):
    event = make_event(capacity=5)
    one, two = entry(email="wie@example.org"), entry(email="WIE@example.org")

    assert after(lambda: desk.register(event.pk, one), lambda: desk.register(event.pk, two)) is None
    assert states(event) == {"confirmed": 1}


def test_same_form_twice(make_event):
    event = make_event(capacity=1, waiting_list=False)
    twice = entry(key="een-formulier")

    assert after(lambda: desk.register(event.pk, twice), lambda: desk.register(event.pk, twice)) is None
    assert states(event) == {"confirmed": 1}
    assert event.registrations.get().mails.count() == 1


def test_event_closes_while_somebody_registers(make_event):
    event = make_event()

    def close():
        EventPage.objects.filter(pk=event.pk).update(registration_closes_at=timezone.now())

    assert isinstance(after(close, lambda: register(event)), refusals.RegistrationClosed)
    assert states(event) == {}


def test_capacity_is_lowered_while_somebody_registers(make_event):
    event = make_event(capacity=3)
    register(event)
    register(event)

    def lower():
        EventPage.objects.filter(pk=event.pk).update(capacity=1)

    assert after(lower, lambda: register(event)) is None
    assert states(event) == {"confirmed": 2, "waiting": 1}


def test_place_is_cancelled_while_the_line_moves_up(make_event):
    event = make_event(capacity=1)
    first, second = register(event), register(event)

    assert after(lambda: desk.cancel(first.pk), lambda: desk.promote_waiting(event.pk)) is None
    assert states(event) == {"cancelled": 1, "offered": 1}
    assert list(second.mails.values_list("kind", flat=True)) == ["waiting", "offered"]


@pytest.fixture
def offered(make_event):
    """A place that is offered to somebody, until a minute ago, while another one waits."""
    event = make_event(capacity=1)
    first, second, _ = register(event), register(event), register(event)
    desk.cancel(first.pk)
    Registration.objects.filter(pk=second.pk).update(offer_expires_at=timezone.now() - datetime.timedelta(minutes=1))
    return second


def test_offer_expires_while_it_is_accepted(offered):
    refusal = after(desk.expire_offers, lambda: desk.accept_offer(offered.pk))

    assert isinstance(refusal, refusals.OfferExpired)
    assert states(offered.event) == {"cancelled": 1, "expired": 1, "offered": 1}


def test_offer_is_accepted_while_it_expires(offered):
    def accept_just_in_time():
        soon = timezone.now() + datetime.timedelta(minutes=1)
        Registration.objects.filter(pk=offered.pk).update(offer_expires_at=soon)
        desk.accept_offer(offered.pk)

    assert after(accept_just_in_time, desk.expire_offers) is None
    assert states(offered.event) == {"cancelled": 1, "confirmed": 1, "waiting": 1}


def test_two_erase_the_same_registration(make_event):
    event = make_event(capacity=1)
    first, _ = register(event), register(event)

    refusal = after(lambda: desk.erase(first.pk), lambda: desk.erase(first.pk))
    assert isinstance(refusal, Registration.DoesNotExist)
    assert states(event) == {"offered": 1}


def test_two_change_sessions_both_ways(make_event):
    event = make_event(sessions=[2, 2])
    one, two = event.sessions.all()
    here, there = register(event, session_id=one.pk), register(event, session_id=two.pk)

    assert after(lambda: desk.change_session(here.pk, two.pk), lambda: desk.change_session(there.pk, one.pk)) is None
    assert set(event.registrations.values_list("pk", "session")) == {(here.pk, two.pk), (there.pk, one.pk)}


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time, whatever it is")
def test_nobody_waits_for_an_editor_who_holds_the_documents(make_event):
    event = make_event(capacity=1)

    def register_elsewhere():
        try:
            return register(event).state
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as elsewhere, transaction.atomic():
        DocumentState.renew()
        assert elsewhere.submit(register_elsewhere).result(SECONDS) == "confirmed"


@over_http
def test_many_change_sessions_both_ways_without_a_deadlock(make_event):
    event = make_event(sessions=[20, 20])
    one, two = event.sessions.values_list("pk", flat=True)
    people = [register(event, session_id=one if number % 2 else two).pk for number in range(6)]

    def swap(pk):
        try:
            for session_id in (one, two) * 5:
                desk.change_session(pk, session_id)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as threads:
        list(threads.map(swap, people))
    assert Counter(event.registrations.values_list("session", flat=True)) == {two: 6}
