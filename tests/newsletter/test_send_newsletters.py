"""The program that sends, when something happens to it that nobody thought of."""

import signal
import threading
from collections import Counter

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import CommandError, call_command

from newsletter.models import Delivery, FrozenIssue, SendRun, Subscriber
from newsletter.sending.senders import Sender
from tests.factories import make_newsletter

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


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_program_that_lost_a_connection_ends_and_can_be_started_again(run, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"

    with pytest.raises(CommandError):
        call_command("send_newsletters", connections=2)

    assert not [thread for thread in threading.enumerate() if isinstance(thread, Sender)]
    assert Counter(run.deliveries.values_list("state", flat=True)) == {Delivery.State.PENDING: 3}
