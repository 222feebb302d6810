"""Sending what waits: nothing gets lost, and nothing comes twice without saying so."""

import datetime
import logging

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agenda.models import EventPage, OutgoingMail
from agenda.registration import desk
from agenda.registration.outbox import OUTBOX, due_mails
from cms import outbox
from tests.mail_server import HANG_UP, MailServer

from .registering import make_open_event, register

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)
TWICE = "Misschien krijgt u deze mail twee keer"


@pytest.fixture
def mail_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with MailServer() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


@pytest.fixture
def no_mail_server(settings):
    """A port at which nobody answers."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with MailServer() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port


def text_of(message):
    return message.get_body(("plain",)).get_content()


def the_mail(registration):
    return OutgoingMail.objects.get(registration=registration)


def test_all_that_waits_goes_out_over_one_connection(noord, mail_server):
    event = make_open_event(noord)
    visitors = [register(event) for _ in range(3)]

    OUTBOX.send_due()
    OUTBOX.send_due()

    assert [recipient for recipient, _ in mail_server.received] == [visitor.email for visitor in visitors]
    assert mail_server.connections == 1
    assert not any(TWICE in text_of(message) for _, message in mail_server.received)
    for visitor in visitors:
        mail = the_mail(visitor)
        assert (mail.state, mail.attempts, mail.last_error) == ("sent", 1, "")
        assert mail.sent_at


def test_while_the_mail_server_is_away_all_waits_and_no_attempt_counts(noord, no_mail_server, caplog):
    visitor = register(make_open_event(noord))
    before = OutgoingMail.objects.values().get()

    with caplog.at_level(logging.DEBUG):
        for _ in range(10):
            OUTBOX.send_due()

    assert OutgoingMail.objects.values().get() == before
    assert "mail server" in caplog.text
    assert visitor.email not in caplog.text


def test_once_the_mail_server_is_back_all_goes_out(noord, no_mail_server, settings):
    event = make_open_event(noord)
    visitors = [register(event) for _ in range(3)]
    OUTBOX.send_due()

    with MailServer(settings.EMAIL_PORT) as server:
        OUTBOX.send_due()

    assert [recipient for recipient, _ in server.received] == [visitor.email for visitor in visitors]


def test_address_that_is_refused_for_good_is_given_up_and_holds_up_nobody(noord, mail_server):
    event = make_open_event(noord)
    first, wrong, last = [register(event) for _ in range(3)]
    mail_server.on_recipient = lambda recipient: "550 No such user" if recipient == wrong.email else "250 OK"

    OUTBOX.send_due()

    assert [recipient for recipient, _ in mail_server.received] == [first.email, last.email]
    assert (the_mail(wrong).state, the_mail(wrong).last_error) == ("given_up", "550 No such user")


@pytest.mark.parametrize("trouble", ["on_recipient", "on_mail"])
def test_mail_that_is_refused_for_now_is_tried_later_and_later(noord, mail_server, trouble):
    visitor = register(make_open_event(noord))
    setattr(mail_server, trouble, lambda recipient: "451 Later, please")
    waits = []

    with time_machine.travel(timezone.now(), tick=False) as clock:
        while (mail := the_mail(visitor)).state == "waiting":
            waits.append(mail.next_attempt_at - timezone.now())
            clock.move_to(max(mail.next_attempt_at, timezone.now()))
            OUTBOX.send_due()

    assert waits[1:] == outbox.BACK_OFF
    assert (mail.state, mail.attempts, mail.last_error) == ("given_up", 7, "451 Later, please")


def test_refused_sender_is_our_fault_and_never_gives_up_a_mail(noord, mail_server):
    event = make_open_event(noord)
    first, second = register(event), register(event)
    mail_server.on_sender = lambda sender: "550 Who are you?"
    OutgoingMail.objects.filter(registration=first).update(attempts=20, last_error="550 Who are you?")

    OUTBOX.send_due()

    assert (the_mail(first).state, the_mail(first).attempts) == ("waiting", 21)
    assert (the_mail(second).state, the_mail(second).attempts) == ("waiting", 0)


def test_connection_that_breaks_halfway_makes_a_mail_doubtful(noord, mail_server):
    event = make_open_event(noord)
    first, second = register(event), register(event)
    mail_server.on_mail = lambda recipient: HANG_UP

    OUTBOX.send_due()

    assert "SMTPServerDisconnected" in the_mail(first).last_error
    assert (the_mail(second).attempts, the_mail(second).last_error) == (0, "")
    mail_server.on_mail = lambda recipient: "250 OK"
    with time_machine.travel(timezone.now() + MINUTE):
        OUTBOX.send_due()
    (_, once), (_, twice), (_, other) = mail_server.received
    assert text_of(twice).startswith(TWICE)
    assert TWICE in twice.get_body(("html",)).get_content()
    assert twice["Message-ID"] == once["Message-ID"] != other["Message-ID"]
    assert TWICE not in text_of(other)


def test_mail_stays_doubtful_when_the_next_attempt_is_refused(noord, mail_server):
    visitor = register(make_open_event(noord))
    mail_server.on_mail = lambda recipient: HANG_UP
    OUTBOX.send_due()
    mail_server.on_mail = lambda recipient: "451 Later, please"
    with time_machine.travel(timezone.now() + MINUTE):
        OUTBOX.send_due()
    mail_server.on_mail = lambda recipient: "250 OK"

    with time_machine.travel(timezone.now() + 10 * MINUTE):
        OUTBOX.send_due()

    assert the_mail(visitor).state == "sent"
    assert text_of(mail_server.received[-1][1]).startswith(TWICE)


def test_claimed_mail_is_left_to_who_claimed_it(noord, mail_server):
    visitor = register(make_open_event(noord))
    (mail,) = due_mails(1)
    (same,) = due_mails(1)

    assert outbox.claim(mail)
    assert not outbox.claim(same)
    OUTBOX.send_due()
    assert mail_server.received == []

    with time_machine.travel(timezone.now() + outbox.LEASE):
        OUTBOX.send_due()
    ((_, message),) = mail_server.received
    assert text_of(message).startswith(TWICE)
    outbox.record_failure(mail, TimeoutError("too late"))
    assert (the_mail(visitor).state, the_mail(visitor).last_error) == ("sent", "")


def test_mail_that_cannot_be_made_keeps_the_reason_and_holds_up_nobody(noord, mail_server):
    event = make_open_event(noord)
    broken, fine = register(event), register(event)
    OutgoingMail.objects.filter(registration=broken).update(kind="moved", content={"before": "gisteren"})

    OUTBOX.send_due()

    assert [recipient for recipient, _ in mail_server.received] == [fine.email]
    assert "gisteren" in the_mail(broken).last_error


def test_what_is_not_so_any_more_is_not_sent(noord, mail_server):
    event = make_open_event(noord)
    gone, comes = register(event), register(event)
    OUTBOX.send_due()
    mail_server.received.clear()
    for kind in ("reminder", "message", "moved", "offered"):
        OutgoingMail.objects.create(registration=gone, kind=kind, content={"message": "Tot dan"})
    OutgoingMail.objects.create(registration=comes, kind="message", content={"message": "Tot dan"})
    desk.cancel(gone.pk)

    OUTBOX.send_due()

    told = [(recipient, message["Subject"].partition(":")[0]) for recipient, message in mail_server.received]
    assert told == [(comes.email, "Bericht van de organisatie"), (gone.email, "U bent afgemeld")]
    left = OutgoingMail.objects.filter(state="outdated").values_list("last_error", flat=True)
    assert [*left] == ["Niet meer nodig: de aanmelding is nu ‘Afgemeld’."] * 4


@pytest.mark.parametrize("fields", [{"cancelled": True}, {"start": timezone.now() - MINUTE}])
def test_reminder_that_comes_too_late_is_not_sent(noord, mail_server, fields):
    event = make_open_event(noord)
    OutgoingMail.objects.filter(registration=register(event)).update(kind="reminder")
    EventPage.objects.filter(pk=event.pk).update(**fields)

    OUTBOX.send_due()

    assert mail_server.received == []
    assert OutgoingMail.objects.get().state == "outdated"


def test_queries_do_not_grow_with_the_mails_but_for_two_writes_each(home, noord, zuid, mail_server):
    numbers = []
    for more in (4, 8):
        for parent in (home, noord, zuid):
            event = make_open_event(parent, sessions=[None])
            for _ in range(more):
                register(event, session_id=event.sessions.get().pk)
        due_mails(1)
        with CaptureQueriesContext(connection) as queries:
            OUTBOX.send_due()
        numbers.append(len(queries) - 2 * 3 * more)

    assert len(mail_server.received) == 36
    assert numbers[0] == numbers[1]
