"""Newsletters by the API of a provider, as django-anymail has it."""

from threading import Event

import pytest
from anymail.backends.test import EmailBackend
from anymail.exceptions import AnymailAPIError, AnymailConfigurationError
from anymail.message import AnymailRecipientStatus
from django.core import mail

from newsletter.models import Delivery, SendRun
from newsletter.rendering import UNSUBSCRIBE_URL
from newsletter.sending import return_path, throttle
from newsletter.sending.message import message_id
from newsletter.sending.senders import ConnectionLost, Record, Sender

from .runs import make_run

State = Delivery.State


class Provider(EmailBackend):
    """Takes all but what it says here of the first of them."""

    answer = None

    def post_to_esp(self, payload, message):
        answer, type(self).answer = self.answer, None
        if isinstance(answer, Exception):
            raise answer
        response = super().post_to_esp(payload, message)
        if answer:
            status = AnymailRecipientStatus(message_id=None, status=answer)
            return {"recipient_status": dict.fromkeys(payload.recipient_emails, status)}
        return response


@pytest.fixture
def run(settings, newsletter):
    settings.EMAIL_BACKEND = f"{__name__}.Provider"
    settings.NEWSLETTER_RATE = 600_000
    return make_run(newsletter, 3)


def send(answer=None):
    """Send once with ``answer`` for the first mail."""
    Provider.answer = answer
    try:
        Sender("een", Event(), Record()).send_some()
    except ConnectionLost:
        return


def states(run):
    return [delivery.state for delivery in run.deliveries.order_by("pk")]


def test_everybody_has_a_mail_of_their_own(run):
    send()

    assert states(run) == [State.ACCEPTED] * 3
    assert [one.to for one in mail.outbox] == [[f"lezer{place}@example.org"] for place in range(3)]
    links = {one.extra_headers["List-Unsubscribe"] for one in mail.outbox}
    assert len(links) == 3
    first = mail.outbox[0]
    assert first.subject == run.frozen.subject
    assert UNSUBSCRIBE_URL not in first.body
    assert UNSUBSCRIBE_URL not in first.alternatives[0].content
    deliveries = run.deliveries.order_by("pk")
    assert [one.extra_headers["Message-ID"] for one in mail.outbox] == [message_id(one.pk) for one in deliveries]
    assert first.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert deliveries[2].provider_id == "2"
    assert [one.anymail_test_params["metadata"] for one in mail.outbox] == [
        {return_path.METADATA: return_path.mark_of(one.pk)} for one in deliveries
    ]


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("queued", State.ACCEPTED),
        ("invalid", State.REJECTED),
        ("rejected", State.REJECTED),
        (AnymailAPIError(status_code=400), State.REJECTED),
    ],
)
def test_what_a_provider_says_of_one(run, answer, state):
    send(answer)

    assert states(run) == [state, State.ACCEPTED, State.ACCEPTED]


@pytest.mark.parametrize("answer", [AnymailAPIError(), AnymailAPIError(status_code=502), ConnectionError()])
def test_provider_that_does_not_say_what_became_of_it(run, answer):
    run.on_doubt = SendRun.OnDoubt.HOLD
    run.save()

    send(answer)
    send()

    assert states(run) == [State.UNCERTAIN, State.ACCEPTED, State.ACCEPTED]


def test_provider_that_has_too_many(run):
    send(AnymailAPIError(status_code=429))
    send()

    assert states(run) == [State.ACCEPTED] * 3
    assert throttle.Throttle.objects.get().slowed == 2


@pytest.mark.parametrize("answer", [AnymailAPIError(status_code=401), AnymailConfigurationError("no key")])
def test_provider_that_does_not_know_us(run, answer):
    send(answer)

    run.refresh_from_db()
    assert run.state == SendRun.State.PAUSED
    assert states(run) == [State.PENDING] * 3
    assert mail.outbox == []
