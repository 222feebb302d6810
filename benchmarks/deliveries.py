"""Sending an issue, measured: by programs as ``send_newsletters``, and in this process otherwise."""

import datetime
import json
import resource
import smtplib
import socket
import time
from collections.abc import Callable
from contextlib import closing
from itertools import cycle, islice
from threading import Event

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from newsletter.models import Delivery, NewsletterIndexPage, SendRun, Subscription
from newsletter.sending import preparing
from newsletter.sending.message import Envelope, Recipient, RunMessage
from newsletter.sending.senders import Record, Sender
from newsletter.sending.smtp import END

from .program import Program

PREBUILT = 100
ACCEPTED = 250
BARE_INSERT = """
INSERT INTO newsletter_delivery (run_id, subscriber_id, address_hash, state, skipped,
    due_at, leased_by, attempts, reply, was_uncertain, provider_id)
SELECT %s, s.id, s.address_hash, 'pending', '', %s, '', 0, '', %s, ''
FROM newsletter_subscription AS n JOIN newsletter_subscriber AS s ON s.id = n.subscriber_id
WHERE n.newsletter_id = %s AND n.state = 'active'
"""


def main(way: str, subscribers: str) -> None:
    """Do it in ``way`` for the list of so many, and print what it took, as ``measure`` does."""
    run = new_run(NewsletterIndexPage.objects.get(title=f"Nieuwsbrief aan {subscribers}"))
    print(json.dumps(WAYS[way](run)))


def new_run(newsletter: NewsletterIndexPage) -> SendRun:
    """The only one, of which nothing is there yet."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM newsletter_delivery")
    SendRun.objects.all().delete()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE newsletter_delivery")  # what the server does of its own accord, in time
    return SendRun.objects.create(
        frozen=newsletter.get_children().get().specific.frozen,
        newsletter=newsletter,
        state=SendRun.State.PREPARING,
        confirmed_until=timezone.now(),
    )


def measure(action: Callable[[], None], run: SendRun) -> dict[str, float]:
    """Seconds by the clock and of CPU of this process, how many mails, and the most memory there was, in MB."""
    began, cpu_before = time.perf_counter(), time.process_time()
    action()
    return {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - cpu_before,
        "mails": Subscription.objects.filter(newsletter=run.newsletter).count(),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def by_programs(run: SendRun, number: int, connections: int) -> dict[str, float]:
    """As ``measure`` does, of so many programs together, each with so many connections; the memory is that of one."""
    begin(run)
    programs = [Program(run.pk, connections) for _ in range(number)]
    began = time.perf_counter()
    for program in programs:
        program.begin()
    spent = [program.finish() for program in programs]
    seconds = time.perf_counter() - began
    mails = Subscription.objects.filter(newsletter=run.newsletter).count()
    accepted = run.deliveries.filter(state=Delivery.State.ACCEPTED).count()
    if accepted != mails:
        raise RuntimeError(f"Only {accepted} mails were accepted.")
    cpu, memory = sum(one["cpu"] for one in spent), max(one["memory"] for one in spent)
    return {"seconds": seconds, "cpu": cpu, "mails": mails, "memory": memory}


def begin(run: SendRun) -> None:
    preparing.prepare(run.pk)
    SendRun.objects.filter(pk=run.pk, state=SendRun.State.READY).update(state=SendRun.State.SENDING)


def count_statements(run: SendRun, connections: int) -> dict[str, float]:
    """Those of one sender, with all that goes around a mail."""
    begin(run)
    sender = Sender("sender", Event(), Record(), connections)
    with CaptureQueriesContext(connection) as captured:
        while sender.send_some():
            pass
    return {"statements": len(captured), "mails": run.deliveries.filter(state=Delivery.State.ACCEPTED).count()}


def bare(run: SendRun, give: Callable[[smtplib.SMTP, Envelope], None]) -> dict[str, float]:
    """Mails that were made before, one after the other over a connection of ``smtplib``, with nothing written down."""
    message = RunMessage(run)
    subscriptions = Subscription.objects.filter(newsletter=run.newsletter).select_related("subscriber")
    recipients = [Recipient(one.pk, one.subscriber.email, one.public_id) for one in subscriptions[:PREBUILT]]
    mails = [message.envelope(recipient) for recipient in recipients]
    total = subscriptions.count()

    def send() -> None:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as server:
            server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for mail in islice(cycle(mails), total):
                give(server, mail)

    return measure(send, run)


def by_sendmail(server: smtplib.SMTP, mail: Envelope) -> None:
    server.sendmail(mail.sender, mail.recipient, mail.content)


def by_commands(server: smtplib.SMTP, mail: Envelope) -> None:
    """What ``sendmail`` does without looking for dots in the mail, which takes it most of its time."""
    server.mail(mail.sender)
    server.rcpt(mail.recipient)
    server.docmd("DATA")
    server.send(mail.content + END)
    if server.getreply()[0] != ACCEPTED:
        raise RuntimeError("A mail was refused.")


def by_django(run: SendRun) -> dict[str, float]:
    """What ``send_mass_mail`` does, with HTML, which it can't: all mails over one connection."""
    subscriptions = Subscription.objects.filter(newsletter=run.newsletter)
    frozen, sender = run.frozen, run.newsletter.sender

    def send() -> None:
        mails = []
        for email in subscriptions.values_list("subscriber__email", flat=True):
            mail = EmailMultiAlternatives(frozen.subject, frozen.text, sender, [email])
            mail.attach_alternative(frozen.html, "text/html")
            mails.append(mail)
        with closing(get_connection()) as server:
            server.send_messages(mails)

    return measure(send, run)


def prepare(run: SendRun) -> dict[str, float]:
    return measure(lambda: preparing.prepare(run.pk), run)


def bare_insert(run: SendRun) -> dict[str, float]:
    """The same rows by one statement."""

    def insert() -> None:
        now: datetime.datetime | str = connection.ops.adapt_datetimefield_value(timezone.now())
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(BARE_INSERT, [run.pk, now, False, run.newsletter_id])

    return measure(insert, run)


WAYS: dict[str, Callable[[SendRun], dict[str, float]]] = {
    "one": lambda run: by_programs(run, 1, 1),
    "thirty-two": lambda run: by_programs(run, 1, 32),
    "sixteen by two": lambda run: by_programs(run, 2, 16),
    "statements of one": lambda run: count_statements(run, 1),
    "statements of eight": lambda run: count_statements(run, 8),
    "sendmail": lambda run: bare(run, by_sendmail),
    "commands": lambda run: bare(run, by_commands),
    "django": by_django,
    "prepare": prepare,
    "insert": bare_insert,
}
