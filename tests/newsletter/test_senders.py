"""One connection that sends a run, to a mail server that behaves or doesn't."""

import datetime
from collections import Counter
from smtplib import SMTPAuthenticationError, SMTPServerDisconnected
from threading import Event

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from newsletter.models import Delivery, SendRun, Subscriber, Subscription, Suppression
from newsletter.sending import queue, throttle
from newsletter.sending.message import message_id
from newsletter.sending.senders import ConnectionLost, Record, Sender
from tests.factories import make_newsletter
from tests.mail_server import ACCEPT, HANG_UP

from .runs import make_run, subscribe_all

State = Delivery.State
pytestmark = pytest.mark.django_db


@pytest.fixture
def sender(server):
    sender = Sender("een", Event(), Record())
    yield sender
    sender._transport.close()


def send_all(sender):
    """Send until there is nothing that is due."""
    while send_some(sender):
        pass


def send_some(sender):
    try:
        return sender.send_some()
    except ConnectionLost:
        return True


def states(run):
    return Counter(run.deliveries.values_list("state", flat=True))


def make_run_for_one(newsletter):
    """A run to somebody whom no other run is for."""
    run = make_run(newsletter, 0)
    (subscription,) = subscribe_all(newsletter, 1, "ander")
    subscriber = subscription.subscriber
    Delivery.objects.create(run=run, subscriber=subscriber, address_hash=subscriber.address_hash)
    return run


def addresses(server):
    return Counter(recipient for recipient, _mail in server.received)


def fail_for(*names, answer):
    return lambda recipient: answer if recipient.split("@")[0] in names else ACCEPT


def test_everybody_has_one(newsletter, server, sender):
    run = make_run(newsletter, 230)

    send_all(sender)

    assert states(run) == {State.ACCEPTED: 230}
    assert addresses(server) == {f"lezer{place}@example.org": 1 for place in range(230)}
    assert server.connections == 1
    delivery = run.deliveries.first()
    assert delivery.closed_at
    assert (delivery.attempts, delivery.leased_by, delivery.leased_until) == (1, "", None)


def test_one_statement_a_mail(newsletter, sender):
    make_run(newsletter, 200)
    with CaptureQueriesContext(connection) as statements:
        send_all(sender)

    about_mails = [one["sql"] for one in statements if "newsletter_throttle" not in one["sql"]]
    assert len([sql for sql in about_mails if "SAVEPOINT" not in sql]) <= 220


def test_two_runs_take_turns(newsletter, noord, server, sender):
    large = make_run(newsletter, 150)
    small = make_run_for_one(make_newsletter(noord, "Nieuwsbrief Noord"))

    send_some(sender)
    send_some(sender)

    assert states(small) == {State.ACCEPTED: 1}
    assert states(large)[State.PENDING] == 50


def test_whoever_left_since_gets_nothing(newsletter, server, sender):
    run = make_run(newsletter, 3)
    leaver = Subscription.objects.get(subscriber__email="lezer2@example.org")
    leaver.change(state=Subscription.State.ENDED)

    send_all(sender)

    assert addresses(server) == {"lezer0@example.org": 1, "lezer1@example.org": 1}
    skipped = run.deliveries.get(state=State.SKIPPED)
    assert (skipped.subscriber, skipped.skipped) == (leaver.subscriber, Delivery.Skipped.LEFT)


def test_who_was_suppressed_or_erased_meanwhile_gets_nothing(newsletter, server, sender):
    run = make_run(newsletter, 3)
    first, second, _third = run.deliveries.all()
    Suppression.objects.create(address_hash=first.address_hash, reason=Suppression.Reason.COMPLAINT)
    second.subscriber.delete()

    send_all(sender)

    assert addresses(server) == {"lezer2@example.org": 1}
    assert [one.skipped for one in run.deliveries.order_by("pk")] == ["suppressed", "left", ""]


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        ("450 4.2.1 Mailbox busy", State.DEFERRED),
        ("550 5.1.1 <lezer1@example.org>: no such user", State.REJECTED),
        ("550 No such user here", State.REJECTED),
        ("554 5.2.2 Mailbox full for ever", State.REJECTED),
    ],
)
def test_address_that_is_refused(newsletter, server, sender, reply, state):
    run = make_run(newsletter, 3)
    server.on_recipient = fail_for("lezer1", answer=reply)

    send_all(sender)

    assert states(run) == {State.ACCEPTED: 2, state: 1}
    delivery = run.deliveries.get(state=state)
    assert delivery.reply == reply.replace("<lezer1@example.org>", "…")
    run.refresh_from_db()
    assert run.state == SendRun.State.SENDING


def test_address_that_would_say_more_to_the_server(newsletter, server, sender):
    run = make_run(newsletter, 2)
    Subscriber.objects.filter(email="lezer1@example.org").update(email="lezer1\r\nRSET@example.org")

    send_all(sender)

    assert states(run) == {State.ACCEPTED: 1, State.REJECTED: 1}
    assert addresses(server) == {"lezer0@example.org": 1}


def test_server_that_would_take_a_mail_for_nobody(newsletter, server, sender):
    run = make_run(newsletter, 3)
    server.on_recipient = fail_for("lezer1", answer="550 5.1.1 no such user")
    server.takes_mail_for_nobody = True

    send_all(sender)

    assert states(run) == {State.ACCEPTED: 2, State.REJECTED: 1}
    assert addresses(server) == {"lezer0@example.org": 1, "lezer2@example.org": 1}


def test_mail_that_is_refused_after_it_was_read(newsletter, server, sender):
    run = make_run(newsletter, 3)
    server.on_mail = fail_for("lezer1", answer="554 5.6.0 I don't like this")

    send_all(sender)

    assert states(run) == {State.ACCEPTED: 2, State.REJECTED: 1}


def test_address_is_suppressed_when_it_is_refused_twice(newsletter, server, sender):
    run = make_run(newsletter, 1)
    server.on_recipient = fail_for("lezer0", answer="550 5.1.1 no such user")

    send_all(sender)
    assert not Suppression.objects.exists()
    run.deliveries.update(state=State.PENDING)
    send_all(sender)

    assert Suppression.objects.get().address_hash == run.deliveries.get().address_hash


def test_later_is_after_1_5_15_and_60_minutes_then_each_hour_for_two_days(newsletter, server, sender):
    run = make_run(newsletter, 1)
    server.on_recipient = fail_for("lezer0", answer="451 4.7.1 Greylisted")
    start = now = timezone.now()
    waits = []

    while True:
        with time_machine.travel(now, tick=True):
            send_all(sender)
        delivery = run.deliveries.get()
        if delivery.state != State.DEFERRED:
            break
        waits.append(round((delivery.due_at - now).total_seconds() / 60))
        now = delivery.due_at + datetime.timedelta(seconds=1)

    assert waits[:6] == [1, 5, 15, 60, 60, 60]
    assert delivery.state == State.REJECTED
    assert datetime.timedelta(hours=48) <= now - start < datetime.timedelta(hours=50)


def test_deferred_mail_arrives_in_the_end(newsletter, server, sender):
    run = make_run(newsletter, 1)
    server.on_recipient = fail_for("lezer0", answer="451 4.3.2 Later")
    send_all(sender)
    server.on_recipient = lambda recipient: ACCEPT
    send_all(sender)
    assert not server.received

    with time_machine.travel(timezone.now() + queue.BACK_OFF[0], tick=True):
        send_all(sender)

    assert states(run) == {State.ACCEPTED: 1}


def test_server_that_has_too_many_is_given_more_time(newsletter, server, sender):
    run = make_run(newsletter, 5)
    refusals = iter(["421 4.7.0 Too fast", *[ACCEPT] * 99])
    server.on_recipient = lambda recipient: next(refusals)
    before = throttle.Throttle.objects.filter(pk=throttle.ROW).values_list("slowed", flat=True).first() or 1

    send_all(sender)

    assert states(run) == {State.ACCEPTED: 5}
    assert set(addresses(server).values()) == {1}
    assert throttle.Throttle.objects.get().slowed == 2 * before
    assert server.connections == 2


@pytest.mark.parametrize("stage", ["on_sender", "on_recipient"])
def test_connection_that_breaks_before_the_mail_costs_nothing(newsletter, server, sender, stage):
    run = make_run(newsletter, 5)
    answers = iter([ACCEPT, HANG_UP, *[ACCEPT] * 99])
    setattr(server, stage, lambda _: next(answers))

    send_all(sender)

    assert states(run) == {State.ACCEPTED: 5}
    assert set(addresses(server).values()) == {1}
    assert not run.deliveries.filter(was_uncertain=True).exists()


def hang_up_once(server):
    answers = iter([ACCEPT, HANG_UP, *[ACCEPT] * 99])
    server.on_mail = lambda recipient: next(answers)


def test_mail_in_doubt_is_sent_again_with_the_same_id(newsletter, server, sender):
    run = make_run(newsletter, 5, on_doubt=SendRun.OnDoubt.RESEND)
    hang_up_once(server)

    send_all(sender)
    with time_machine.travel(timezone.now() + queue.BACK_OFF[0], tick=True):
        send_all(sender)

    assert states(run) == {State.ACCEPTED: 5}
    twice = run.deliveries.get(was_uncertain=True)
    assert addresses(server)[twice.subscriber.email] == 2
    assert sum(addresses(server).values()) == 6
    ids = {mail["Message-ID"] for address, mail in server.received if address == twice.subscriber.email}
    assert ids == {message_id(twice.pk)}


def test_mail_in_doubt_is_held(newsletter, server, sender):
    run = make_run(newsletter, 5, on_doubt=SendRun.OnDoubt.HOLD)
    hang_up_once(server)

    send_all(sender)
    with time_machine.travel(timezone.now() + queue.BACK_OFF[0], tick=True):
        send_all(sender)

    assert states(run) == {State.ACCEPTED: 4, State.UNCERTAIN: 1}
    assert set(addresses(server).values()) == {1}


def test_mail_that_always_breaks_the_connection_is_not_sent_for_ever(newsletter, server, sender):
    run = make_run(newsletter, 1, on_doubt=SendRun.OnDoubt.RESEND)
    server.on_mail = lambda recipient: HANG_UP

    for hours in range(9):
        with time_machine.travel(timezone.now() + datetime.timedelta(hours=hours), tick=True):
            send_all(sender)

    assert states(run) == {State.UNCERTAIN: 1}
    assert len(server.received) == queue.MOST_DOUBTS


@pytest.mark.parametrize("stage", ["on_recipient", "on_mail"])
def test_run_pauses_when_we_are_not_trusted(newsletter, server, sender, stage):
    run = make_run(newsletter, 5)
    answers = iter([ACCEPT, "550 5.7.1 Blocked by our list", *[ACCEPT] * 99])
    setattr(server, stage, lambda _: next(answers))

    send_all(sender)

    run.refresh_from_db()
    assert run.state == SendRun.State.PAUSED
    assert "5.7.1" in run.paused_because
    assert states(run)[State.ACCEPTED] == 1
    assert states(run)[State.DEFERRED] == 1
    assert states(run)[State.PENDING] == 3


def test_run_pauses_when_our_own_address_is_refused_and_nobody_misses_it(newsletter, server, sender):
    run = make_run(newsletter, 5)
    server.on_sender = lambda sender: "553 5.1.8 Unknown sender"

    send_all(sender)

    run.refresh_from_db()
    assert run.state == SendRun.State.PAUSED
    assert states(run) == {State.PENDING: 5}


def test_nobody_is_blamed_when_a_server_refuses_our_address_after_it_heard_theirs(newsletter, server, sender):
    run = make_run(newsletter, 5)
    server.on_recipient = lambda recipient: "550 5.1.8 <nieuwsbrief@example.org>: Sender address rejected"

    send_all(sender)

    run.refresh_from_db()
    assert run.state == SendRun.State.PAUSED
    assert states(run) == {State.PENDING: 5}
    assert not Subscriber.objects.filter(hard_bounces__gt=0).exists()


def test_run_pauses_when_more_than_5_percent_is_refused(newsletter, server, sender):
    run = make_run(newsletter, 60)
    server.on_recipient = lambda recipient: "550 5.1.1 no such user"

    send_all(sender)

    run.refresh_from_db()
    assert run.state == SendRun.State.PAUSED
    assert states(run) == {State.REJECTED: 11, State.PENDING: 49}


def test_paused_run_is_left_alone(newsletter, server, sender):
    run = make_run(newsletter, 5, state=SendRun.State.PAUSED)

    assert not sender.send_some()
    assert states(run) == {State.PENDING: 5}


def test_server_that_is_away(newsletter, server, sender):
    run = make_run(newsletter, 5)
    server.on_connection = lambda: 1 / 0

    with pytest.raises(SMTPServerDisconnected):
        sender.send_some()

    assert states(run) == {State.PENDING: 5}


def test_server_that_takes_its_time_to_look_at_a_mail(newsletter, server, settings):
    settings.EMAIL_TIMEOUT = 0.5
    run = make_run(newsletter, 2)
    server.on_mail = lambda recipient: ACCEPT if Event().wait(1) else ACCEPT

    send_all(Sender("een", Event(), Record()))

    assert states(run) == {State.ACCEPTED: 2}
    assert set(addresses(server).values()) == {1}


def test_server_that_does_not_let_us_log_in(newsletter, server, sender, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "sto", "verkeerd"
    run = make_run(newsletter, 2)
    server.on_log_in = lambda: "535 5.7.8 No"

    send_all(Sender("een", Event(), Record()))

    run.refresh_from_db()
    assert run.state == SendRun.State.PAUSED
    assert "inloggen" in run.paused_because
    assert states(run) == {State.PENDING: 2}


def test_mail_that_missed_its_moment_is_given_back_when_the_next_one_is_far(newsletter, server, sender, settings):
    settings.NEWSLETTER_RATE = 6
    run = make_run(newsletter, 1)

    def take_a_second(execute, sql, params, many, context):
        if "newsletter_advance" in sql or "is_over" in sql:  # what says that it is being sent
            clock.shift(1)
        return execute(sql, params, many, context)

    with time_machine.travel(timezone.now(), tick=False) as clock:
        with connection.execute_wrapper(take_a_second):
            sender.send_some()
        assert server.received == []
        assert run.deliveries.get().state == State.PENDING
        assert run.deliveries.get().attempts == 0

        clock.shift(20)
        send_all(sender)
    assert states(run) == {State.ACCEPTED: 1}


def test_run_whose_newsletter_is_gone_ends_without_a_mail(newsletter, server, sender):
    run = make_run(newsletter, 3)
    newsletter.delete()

    send_all(sender)

    assert states(run) == {State.SKIPPED: 3}
    assert set(run.deliveries.values_list("skipped", flat=True)) == {Delivery.Skipped.LEFT}
    assert not server.received


def test_run_whose_mail_cannot_be_made_does_not_stop_the_others(newsletter, noord, server, sender):
    run = make_run(newsletter, 3)
    other = make_run_for_one(make_newsletter(noord, "Nieuwsbrief Noord"))
    newsletter.sender_name = "Regel een\r\nBcc: iedereen@example.org"
    newsletter.save(clean=False)

    send_all(sender)

    run.refresh_from_db()
    assert run.state == SendRun.State.PAUSED
    assert "samen te stellen" in run.paused_because
    assert states(run) == {State.PENDING: 3}
    assert states(other) == {State.ACCEPTED: 1}


def test_mail_that_the_server_always_hangs_up_on_ends_some_time_and_keeps_no_other_waiting(newsletter, server, sender):
    run = make_run(newsletter, 5)
    server.on_recipient = fail_for("lezer0", answer=HANG_UP)

    send_all(sender)
    assert states(run) == {State.ACCEPTED: 4, State.DEFERRED: 1}

    with time_machine.travel(timezone.now() + queue.LONGEST, tick=True):
        send_all(sender)
    assert states(run) == {State.ACCEPTED: 4, State.REJECTED: 1}


def test_server_that_cannot_look_up_passwords_now_is_tried_again(newsletter, server, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "sto", "goed"
    run = make_run(newsletter, 2)
    server.on_log_in = lambda: "454 4.7.0 Temporary authentication failure"

    with pytest.raises(SMTPAuthenticationError):
        Sender("een", Event(), Record()).send_some()

    run.refresh_from_db()
    assert run.state == SendRun.State.SENDING
    assert states(run) == {State.PENDING: 2}


def test_words_of_a_server_are_kept_without_what_no_database_takes(newsletter, server, sender):
    run = make_run(newsletter, 1)
    server.on_mail = lambda recipient: "250 2.0.0 Ok:\x00 queued"

    send_all(sender)

    assert run.deliveries.get().reply == "250 2.0.0 Ok: queued"


def test_sender_with_letters_that_ascii_lacks(newsletter, server, sender):
    newsletter.sender_email = newsletter.reply_to = "nieuws@scholen-één.example"
    newsletter.save()
    senders = []
    server.on_sender = lambda sender: senders.append(sender) or ACCEPT
    run = make_run(newsletter, 1)

    send_all(sender)

    assert states(run) == {State.ACCEPTED: 1}
    ((_recipient, mail),) = server.received
    assert mail["From"].addresses[0].addr_spec == mail["Reply-To"].addresses[0].addr_spec
    assert mail["From"].addresses[0].domain == "xn--scholen-n-i4aa.example"
    assert "<nieuws@xn--scholen-n-i4aa.example>" in senders[0]
