"""The program that sends, when something happens to it that nobody thought of."""

import signal
import threading
from collections import Counter

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from newsletter.models import Delivery, FrozenIssue, SendRun, Subscriber
from newsletter.sending.senders import Record, Sender
from tests.factories import make_newsletter
from tests.mail_server import ACCEPT, MailServer

from .runs import make_run


class Broken(BaseEmailBackend):
    """Fails as no mail server does."""

    def open(self):
        raise RuntimeError


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """In place of the usual one, in whose transaction the threads of the program couldn't look."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def run(home):
    newsletter = make_newsletter(home)
    yield make_run(newsletter, 3)
    SendRun.objects.all().delete()
    FrozenIssue.objects.all().delete()
    Subscriber.objects.all().delete()
    newsletter.delete()


@pytest.fixture(autouse=True)
def signals():
    """As they were, whatever the program does to them."""
    before = {name: signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)}
    yield
    for name, handler in before.items():
        signal.signal(name, handler)


def test_what_was_accepted_is_written_down_although_the_rest_cannot_be(run, settings):
    def fail(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and "deferred" in params:
            raise OperationalError
        return execute(sql, params, many, context)

    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.NEWSLETTER_RATE = 600_000
        server.on_recipient = lambda recipient: "450 4.2.1 Busy" if recipient.startswith("lezer1") else ACCEPT
        sender = Sender("een", threading.Event(), Record(), 2)
        with connection.execute_wrapper(fail), pytest.raises(OperationalError):
            sender.send_some()
        sender._transport.close()

    # A sender begins with one mail; the other two go out together.
    states = list(run.deliveries.order_by("pk").values_list("state", flat=True))
    assert states == [Delivery.State.ACCEPTED, Delivery.State.SENDING, Delivery.State.ACCEPTED]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_program_that_lost_a_connection_ends_and_can_be_started_again(run, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"

    with pytest.raises(CommandError):
        call_command("send_newsletters", connections=2)

    assert not [thread for thread in threading.enumerate() if isinstance(thread, Sender)]
    assert Counter(run.deliveries.values_list("state", flat=True)) == {Delivery.State.PENDING: 3}
