"""Taking along what is kept of oneself, erasing it, and what is forgotten by itself."""

import datetime
import logging

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command

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
from newsletter.subscribing import desk, retention, suppression, tokens
from newsletter.subscribing.addresses import hash_of
from newsletter.subscribing.erasing import erase
from newsletter.subscribing.outbox import OUTBOX
from newsletter.subscribing.retention import erase_what_is_over
from tests import contract
from tests.factories import make_newsletter
from tests.mail_server import MailServer

from .runs import make_frozen
from .subscribers import put_on
from .subscribing import ask, send_mails, state_of, token_in

pytestmark = pytest.mark.django_db
READER = "lezer@example.org"
DAY = datetime.timedelta(days=1)
SECOND = datetime.timedelta(seconds=1)
START = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture
def regional(noord):
    return make_newsletter(noord, "Nieuwsbrief van Noord")


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def unwilling_server(settings):
    """Says the address of whoever it doesn't want mail for."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with MailServer() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        server.on_recipient = lambda recipient: f"451 {recipient} is full"
        yield server


@pytest.fixture
def reader(newsletter, regional, unwilling_server):
    """Somebody of whom there is a trace in every table that can have one."""
    ask(READER, regional)
    OUTBOX.send_due()
    subscriber = put_on(newsletter, READER).subscriber
    for state in ("accepted", "pending"):
        delivery = Delivery.objects.create(
            run=SendRun.objects.create(frozen=make_frozen(newsletter), newsletter=newsletter),
            subscriber=subscriber,
            address_hash=subscriber.address_hash,
            state=state,
            reply=f"450 {READER} is full",
        )
        Feedback.objects.create(key=state, kind="soft", delivery=delivery, words=f"{READER} is full")
    Feedback.objects.create(key="x", kind="other", address_hash=subscriber.address_hash, words=f"{READER} is full")
    rows = [[READER.upper(), "2026-03-01"], ["ander@example.org", "2026-03-01"]]
    SubscriberImport.objects.create(newsletter=newsletter, file_name="lijst.csv", rows=rows)
    return subscriber


def columns_with(text):
    """Where ``text`` stands in the whole database, whatever the case."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            values = model._base_manager.values_list(field.attname, flat=True)
            if any(text in str(value).lower() for value in values):
                found.add(f"{model.__name__}.{field.name}")
    return found


def test_erasing_leaves_the_address_nowhere(reader):
    before = columns_with(READER)
    assert before >= {
        "Subscriber.email",
        "Delivery.reply",
        "Feedback.words",
        "SubscriberMail.last_error",
        "SubscriberImport.rows",
    }
    assert columns_with("192.0.2.7") == {"ConsentEvent.client_address"}

    erase(reader)

    assert columns_with(READER) == set()
    assert columns_with("192.0.2.7") == set()
    assert columns_with(str(reader.public_id)) == columns_with(reader.public_id.hex) == set()
    assert columns_with(reader.address_hash) == {
        "ConsentEvent.address_hash",
        "Delivery.address_hash",
        "Feedback.address_hash",
        "Suppression.address_hash",
    }


def test_erasing_keeps_what_shows_that_there_was_a_consent(reader):
    erase(reader)

    said = ConsentEvent.objects.filter(address_hash=hash_of(READER))
    assert [*said.values_list("kind", "source")] == [
        ("requested", "De site"),
        ("withdrawn", "Eigen verzoek"),
        ("erased", "Eigen verzoek"),
    ]
    assert Suppression.objects.get().reason == "erased"
    assert [row[0] for row in SubscriberImport.objects.get().rows] == ["ander@example.org"]


def test_mail_that_waits_for_somebody_who_is_erased_is_not_sent(reader):
    erase(reader)

    accepted, waiting = Delivery.objects.order_by("pk")
    assert (accepted.state, accepted.subscriber_id) == ("accepted", None)
    assert (waiting.state, waiting.skipped, waiting.subscriber_id) == ("skipped", "left", None)
    assert waiting.closed_at


def test_others_keep_what_they_have(newsletter, reader):
    other = put_on(newsletter)
    Delivery.objects.create(
        run=SendRun.objects.first(), subscriber=other.subscriber, address_hash=other.subscriber.address_hash, reply="x"
    )

    erase(reader)

    assert Subscriber.objects.get() == other.subscriber
    assert other.subscriber.deliveries.get().reply == "x"


def test_own_data_has_all_that_is_kept(client, reader, newsletter, regional):
    suppression.suppress(reader.address_hash, Suppression.Reason.BOUNCES)
    path = f"/api/v2/newsletters/preferences/{tokens.preferences_token(reader.public_id)}/data/"
    data = client.get(path).json()

    contract.of("OwnData").validate(data)
    assert data["email"] == READER
    assert data["blocked"]["reason"] == "Mail komt niet aan"
    assert [(one["newsletter"], one["state"]) for one in data["subscriptions"]] == [
        (regional.title, "Nog niet bevestigd"),
        (newsletter.title, "Ingeschreven"),
    ]
    assert [(one["what"], one["client_address"]) for one in data["consents"]] == [
        ("Inschrijving gevraagd", "192.0.2.7")
    ]
    assert [(one["state"], one["reply"]) for one in data["newsletters"]] == [
        ("Verstuurd", f"450 {READER} is full"),
        ("Wacht", f"450 {READER} is full"),
    ]
    assert [(one["kind"], one["words"]) for one in data["feedback"]] == [
        ("Komt nu niet aan", f"{READER} is full"),
        ("Komt nu niet aan", f"{READER} is full"),
        ("Iets anders", f"{READER} is full"),
    ]
    assert [(one["kind"], one["error"]) for one in data["mails"]] == [
        ("Inschrijving bevestigen", f"451 {READER} is full")
    ]


def test_erased_address_can_subscribe_again(newsletter, reader, mailoutbox, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    erase(reader)
    ask(READER, newsletter)
    (mail,) = send_mails(mailoutbox)
    desk.confirm(token_in(mail), None)

    assert state_of(READER, newsletter) == "active"
    assert not Suppression.objects.exists()


def test_what_nobody_confirms_is_forgotten_after_seven_days(newsletter, clock):
    ask(READER, newsletter)

    clock.move_to(START + 7 * DAY - SECOND)
    erase_what_is_over()
    assert state_of(READER, newsletter) == "pending"
    clock.move_to(START + 7 * DAY)
    call_command("clock", once=True)

    assert columns_with(READER) == columns_with("192.0.2.7") == set()
    assert not Suppression.objects.exists()
    assert [*ConsentEvent.objects.values_list("kind", flat=True)] == ["requested", "erased"]


def test_who_asks_again_has_another_seven_days(newsletter, clock):
    ask(READER, newsletter)
    clock.move_to(START + 6 * DAY)
    ask(READER, newsletter)

    clock.move_to(START + 8 * DAY)
    erase_what_is_over()
    assert state_of(READER, newsletter) == "pending"


def test_unconfirmed_list_goes_and_the_confirmed_one_stays(newsletter, regional, clock):
    put_on(newsletter, READER)
    ask(READER, regional)

    clock.move_to(START + 7 * DAY)
    erase_what_is_over()

    assert Subscription.objects.get().newsletter_id == newsletter.pk


def test_who_left_and_did_not_confirm_has_left_still(newsletter, clock, settings):
    settings.SUBSCRIBER_RETENTION_DAYS = 10
    put_on(newsletter, READER, "ended")
    ask(READER, newsletter)

    clock.move_to(START + 7 * DAY)
    erase_what_is_over()
    assert state_of(READER, newsletter) == "ended"
    clock.move_to(START + 10 * DAY)
    erase_what_is_over()
    assert not Subscriber.objects.exists()


def test_who_left_the_last_list_is_forgotten_as_the_setting_says(newsletter, regional, clock, settings):
    settings.SUBSCRIBER_RETENTION_DAYS = 20
    subscriptions = [put_on(newsletter, READER), put_on(regional, READER)]
    for day, subscription in enumerate(subscriptions):
        clock.move_to(START + day * DAY)
        desk.unsubscribe(subscription)

    clock.move_to(START + 21 * DAY - SECOND)
    erase_what_is_over()
    assert Subscriber.objects.count() == 1
    clock.move_to(START + 21 * DAY)
    erase_what_is_over()

    assert columns_with(READER) == set()
    assert ConsentEvent.objects.last().source == "Bewaartermijn voorbij"


def test_address_that_asked_for_preferences_and_was_on_no_list_is_forgotten(clock, db):
    desk.ask_for_preferences(READER)

    clock.move_to(START + 7 * DAY)
    erase_what_is_over()

    assert columns_with(READER) == set()


def test_old_mails_go(newsletter, mailoutbox, clock):
    put_on(newsletter, READER)
    ask(READER, newsletter)
    send_mails(mailoutbox)

    clock.move_to(START + 30 * DAY - SECOND)
    erase_what_is_over()
    assert SubscriberMail.objects.count() == 1
    clock.move_to(START + 30 * DAY)
    erase_what_is_over()
    assert not SubscriberMail.objects.exists()
    assert state_of(READER, newsletter) == "active"


def test_many_go_in_batches_and_the_log_has_only_their_number(newsletter, clock, monkeypatch, caplog):
    monkeypatch.setattr(retention, "BATCH", 2)
    for number in range(5):
        ask(f"lezer{number}@example.org", newsletter)
    clock.move_to(START + 7 * DAY)

    with caplog.at_level(logging.DEBUG):
        erase_what_is_over()
        erase_what_is_over()

    assert not Subscriber.objects.exists()
    assert [record.getMessage() for record in caplog.records if record.name == retention.__name__] == [
        "erased 5 subscribers"
    ]
    assert "example.org" not in caplog.text
