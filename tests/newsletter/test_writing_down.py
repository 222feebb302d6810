"""What a sender has done is written down, whatever the database does in the meantime."""

import threading

import pytest
from django.db import OperationalError, connection

from newsletter.models import Delivery
from newsletter.sending.senders import Record, Sender
from tests.mail_server import ACCEPT, MailServer

from .runs import committed_run


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """In place of the usual one, in whose transaction nothing could be written after a statement that failed."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def run(home):
    with committed_run(home, 3) as run:
        yield run


def test_what_was_accepted_is_written_down_although_the_rest_cannot_be(run, settings):
    def fail(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and "deferred" in params:
            raise OperationalError
        return execute(sql, params, many, context)

    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.NEWSLETTER_RATE = 600_000_000  # so that two moments have passed by the time that one looks at them
        server.on_recipient = lambda recipient: "450 4.2.1 Busy" if recipient.startswith("lezer1") else ACCEPT
        sender = Sender("een", threading.Event(), Record(), 2)
        with connection.execute_wrapper(fail), pytest.raises(OperationalError):
            sender.send_some()
        sender._transport.close()

    # A sender begins with one mail; the other two go out together.
    states = list(run.deliveries.order_by("pk").values_list("state", flat=True))
    assert states == [Delivery.State.ACCEPTED, Delivery.State.SENDING, Delivery.State.ACCEPTED]
