"""Taking along what is kept of oneself, erasing it, and what is forgotten by itself."""

import datetime
import logging

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.utils import timezone

from newsletter.models import (
    ConsentEvent,
    Delivery,
    Feedback,
    SendRun,
    Subscriber,
    SubscriberImport,
    SubscriberMail,
    Subscription,
    Suppression,
)
from newsletter.subscribing import desk, retention, tokens
from newsletter.subscribing.addresses import hash_of
from newsletter.subscribing.erasing import erase
from newsletter.subscribing.retention import erase_what_is_over
from tests.factories import make_issue, make_newsletter
from tests.mail_server import MailServer

from .subscribing import ask, make_subscription, send_mails, state_of, token_in

pytestmark = pytest.mark.django_db
READER = "lezer@example.org"
DAY = datetime.timedelta(days=1)
SECOND = datetime.timedelta(seconds=1)
START = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)
MENTIONS = (models.CharField, models.TextField, models.JSONField, models.EmailField)


@pytest.fixture
def regional(noord):
    return make_newsletter(noord, "Nieuwsbrief van Noord")


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def reader(newsletter, regional, national, settings):
    """Somebody of whom there is a trace in every table that can have one."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with MailServer() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        server.on_recipient = lambda recipient: f"451 <{recipient}> later"
        ask(READER, regional)
        call_command("clock", once=True)
        from newsletter.subscribing.outbox import OUTBOX

        OUTBOX.send_due()
    subscriber = Subscriber.objects.get()
    now = timezone.now()
    Subscription.objects.create(
        subscriber=subscriber, newsletter=newsletter, source="import", state="active", confirmed_at=now
    )
    for number, state in enumerate(("accepted", "pending")):
        run = SendRun.objects.create(frozen=freeze_issue(newsletter, national), newsletter=newsletter, state="done")
        delivery = Delivery.objects.create(
            run=run,
            subscriber=subscriber,
            address_hash=subscriber.address_hash,
            state=state,
            reply=f"250 {READER}: taken",
        )
        Feedback.objects.create(key=f"{number}", kind="hard", delivery=delivery, words=f"{READER} is full")
    Feedback.objects.create(key="2", kind="other", address_hash=subscriber.address_hash, words=f"{READER} is full")
    SubscriberImport.objects.create(
        newsletter=newsletter, file_name="lijst.csv", rows=[[READER.upper(), "2026-03-01"], ["a@example.org", None]]
    )
    return subscriber


def freeze_issue(newsletter, user):
    from newsletter.freezing import freeze

    issue = make_issue(newsletter)
    issue.save_revision()
    return freeze(issue, user)


def tables_that_mention(*texts):
    """The columns of the whole database in which one of ``texts`` stands, whatever the case."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            with connection.cursor() as cursor:
                column, table = map(connection.ops.quote_name, (field.column, model._meta.db_table))
                cursor.execute(f"SELECT CAST({column} AS text) FROM {table}")  # noqa: S608
                values = [str(value).lower() for (value,) in cursor.fetchall()]
            if any(text in value for text in texts for value in values):
                found.append(f"{model._meta.label}.{field.name}")
    return found
