"""Several connections of one sender, which give a mail each at the same time."""

from smtplib import SMTPHeloError
from threading import Event

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newsletter.models import Delivery, SendRun, Subscriber
from newsletter.sending import throttle
from newsletter.sending.advancing import MOST_AT_ONCE
from newsletter.sending.senders import ConnectionLost, Record, Sender, start
from tests.mail_server import ACCEPT, HANG_UP, LastWords, Trickle

from .runs import make_run
from .test_senders import addresses, fail_for, send_all, send_some, states

State = Delivery.State
FOUR = 4
pytestmark = pytest.mark.django_db


@pytest.fixture
def sender(server):
    sender = Sender("een", Event(), Record(), FOUR)
    yield sender
    sender._transport.close()


def test_everybody_has_one_and_a_round_takes_one_statement(newsletter, server, sender):
    run = make_run(newsletter, 200)
    with CaptureQueriesContext(connection) as statements:
        send_all(sender)

    assert states(run) == {State.ACCEPTED: 200}
    assert addresses(server) == {f"lezer{place}@example.org": 1 for place in range(200)}
    assert server.connections == FOUR
    about_mails = [one["sql"] for one in statements if "newsletter_throttle" not in one["sql"]]
    # A round ends early where a sender takes its next moments; it takes more at once each time.
    assert len([sql for sql in about_mails if "SAVEPOINT" not in sql]) <= 200 / FOUR + 30


@pytest.mark.parametrize(
    ("reply", "state"), [("450 4.2.1 Mailbox busy", State.DEFERRED), ("550 5.1.1 no such user", State.REJECTED)]
)
def test_address_that_is_refused_costs_the_others_nothing(newsletter, server, sender, reply, state):
    run = make_run(newsletter, 50)
    server.on_recipient = fail_for("lezer1", "lezer22", answer=reply)

    send_all(sender)

    assert states(run) == {State.ACCEPTED: 48, state: 2}
    assert server.connections == FOUR


def test_address_that_no_mail_can_be_made_for(newsletter, server, sender):
    run = make_run(newsletter, 50)
    Subscriber.objects.filter(email="lezer30@example.org").update(email="lezer30\n@example.org")

    send_all(sender)

    assert states(run) == {State.ACCEPTED: 49, State.REJECTED: 1}


def test_connection_that_breaks_leaves_only_its_own_mail_in_doubt(newsletter, server, sender):
    run = make_run(newsletter, 50, on_doubt=SendRun.OnDoubt.HOLD)
    server.on_mail = fail_for("lezer21", answer=HANG_UP)

    send_all(sender)

    assert states(run) == {State.ACCEPTED: 49, State.UNCERTAIN: 1}
    assert set(addresses(server).values()) == {1}
    assert server.connections == FOUR + 1


def test_connection_that_breaks_before_the_mail_costs_nothing(newsletter, server, sender):
    run = make_run(newsletter, 50)
    answers = iter([ACCEPT] * 20 + [HANG_UP] + [ACCEPT] * 99)
    server.on_recipient = lambda _: next(answers)

    send_all(sender)

    assert states(run) == {State.ACCEPTED: 50}
    assert set(addresses(server).values()) == {1}
    assert not run.deliveries.filter(was_uncertain=True).exists()


@pytest.mark.parametrize("connections", [1, FOUR])
@pytest.mark.parametrize("stage", ["on_recipient", "on_mail"])
def test_connection_that_breaks_after_a_refusal_costs_the_others_nothing(newsletter, server, stage, connections):
    run = make_run(newsletter, 50)
    setattr(server, stage, fail_for("lezer21", answer=LastWords("550 5.1.1 no such user")))

    send_all(Sender("een", Event(), Record(), connections))

    assert states(run) == {State.ACCEPTED: 49, State.REJECTED: 1}
    assert not run.deliveries.filter(was_uncertain=True).exists()


@pytest.mark.parametrize("stage", ["on_sender", "on_recipient", "on_mail"])
@pytest.mark.parametrize("reply", ["What?", "What?\r\n250 OK", "354 Go on"])
def test_nobody_is_rejected_for_an_answer_that_is_none(newsletter, server, sender, stage, reply):
    run = make_run(newsletter, 50, on_doubt=SendRun.OnDoubt.HOLD)
    answers = iter([ACCEPT] * 20 + [reply] + [ACCEPT] * 99)
    setattr(server, stage, lambda _: next(answers))

    send_all(sender)

    in_doubt = {State.UNCERTAIN: 1} if stage == "on_mail" else {}
    assert states(run) == {State.ACCEPTED: 50 - len(in_doubt), **in_doubt}
    assert set(addresses(server).values()) == {1}


def test_answer_that_trickles_in_keeps_the_others_waiting_no_longer_than_none(newsletter, server, settings):
    settings.EMAIL_TIMEOUT = 0.5
    run = make_run(newsletter, 30)
    answers = iter([ACCEPT] * 20 + [Trickle("250 OK, but only slowly")] + [ACCEPT] * 99)
    server.on_recipient = lambda _: next(answers)
    sender = Sender("een", Event(), Record(), FOUR)

    send_all(sender)
    sender._transport.close()

    assert states(run) == {State.ACCEPTED: 30}
    assert set(addresses(server).values()) == {1}
    assert server.connections == FOUR + 1


def test_server_that_does_not_greet_us_is_tried_again(newsletter, server, sender):
    run = make_run(newsletter, 10)
    server.greets_nobody = True
    with pytest.raises(SMTPHeloError):
        sender.send_some()
    assert states(run) == {State.PENDING: 10}

    server.greets_nobody = False
    send_all(sender)
    assert states(run) == {State.ACCEPTED: 10}


def test_server_that_wants_fewer_connections_has_fewer_and_is_not_asked_all_the_time(newsletter, server, sender):
    run = make_run(newsletter, 250)
    server.on_connection = lambda: 1 / (server.connections < 3)

    send_all(sender)

    assert states(run) == {State.ACCEPTED: 250}
    assert set(addresses(server).values()) == {1}
    assert server.connections == 3


def test_server_that_tells_all_connections_to_slow_down_is_heard_once(newsletter, server, sender):
    run = make_run(newsletter, 40)
    send_some(sender)  # takes moments for a whole round
    run.deliveries.update(state=State.PENDING)
    server.received.clear()
    refusals = iter(["421 4.7.0 Too fast"] * FOUR + [ACCEPT] * 99)
    server.on_recipient = lambda recipient: next(refusals)

    with pytest.raises(ConnectionLost):
        sender.send_some()

    assert throttle.Throttle.objects.get().slowed == 2
    send_all(sender)
    assert states(run) == {State.ACCEPTED: 40}
    assert set(addresses(server).values()) == {1}


def test_connections_are_shared_out_among_threads(server, settings):
    stop = Event()
    stop.set()

    assert len(start(MOST_AT_ONCE + 1, stop)) == 2
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert len(start(3, stop)) == 3
