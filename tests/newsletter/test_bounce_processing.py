"""What comes of a report: two bounces or one complaint, and no newsletter goes to that address any more."""

import datetime

import pytest
from django.utils import timezone

from newsletter.bounces.inbox import Report, keep
from newsletter.bounces.processing import forget_feedback, process_open
from newsletter.models import ConsentEvent, Delivery, Feedback, Subscriber, Subscription, Suppression
from newsletter.subscribing.addresses import hash_of
from tests.factories import make_newsletter

from .sent import make_delivery, make_run

Kind = Feedback.Kind
READER = "lezer@school.example"


@pytest.fixture
def run(newsletter):
    return make_run(newsletter)


def report(kind, delivery=None, **fields):
    keep(
        Report(kind, **({"about": f"delivery {delivery.pk}", "delivery_id": delivery.pk} if delivery else {}) | fields)
    )


def subscriber():
    return Subscriber.objects.get(email=READER)


def test_after_two_bounces_nothing_goes_there_any_more(newsletter, run):
    report(Kind.HARD_BOUNCE, make_delivery(run, READER))
    process_open()
    assert subscriber().hard_bounces == 1
    assert not Suppression.objects.exists()

    report(Kind.HARD_BOUNCE, make_delivery(make_run(newsletter), READER))
    process_open()
    assert subscriber().hard_bounces == 2
    assert Suppression.objects.get().reason == Suppression.Reason.BOUNCES
    assert Suppression.objects.get().address_hash == hash_of(READER)


def test_several_reports_of_one_mail_count_once(run):
    delivery = make_delivery(run, READER, provider_id="the-id")
    report(Kind.HARD_BOUNCE, delivery)
    report(Kind.HARD_BOUNCE, about="provider the-id", provider_id="the-id", address_hash=hash_of(READER))
    process_open()
    report(Kind.HARD_BOUNCE, about="another provider the-id", provider_id="the-id")
    process_open()
    process_open()

    assert subscriber().hard_bounces == 1
    assert set(Feedback.objects.values_list("delivery", flat=True)) == {delivery.pk}
    delivery.refresh_from_db()
    assert delivery.bounced_at is not None


def test_what_comes_in_before_we_know_the_mail_finds_it_later(run):
    delivery = make_delivery(run, READER)
    report(Kind.COMPLAINT, about="provider the-id", provider_id="the-id")
    Delivery.objects.filter(pk=delivery.pk).update(provider_id="the-id")
    process_open()
    delivery.refresh_from_db()
    assert delivery.complained_at is not None


def test_a_mail_that_was_refused_at_once_counted_then(run):
    delivery = make_delivery(run, READER, state=Delivery.State.REJECTED)
    report(Kind.HARD_BOUNCE, delivery)
    process_open()
    delivery.refresh_from_db()
    assert delivery.bounced_at is None
    assert subscriber().hard_bounces == 0


@pytest.mark.parametrize("kind", [Kind.SOFT_BOUNCE, Kind.OTHER])
def test_what_may_come_in_another_time_is_only_noted(run, kind):
    delivery = make_delivery(run, READER)
    report(kind, delivery)
    process_open()
    delivery.refresh_from_db()
    assert (delivery.bounced_at, delivery.complained_at) == (None, None)
    assert subscriber().hard_bounces == 0
    assert Feedback.objects.get().processed_at is not None


def test_a_complaint_ends_everything_at_once(home, run):
    other = make_newsletter(home, "Andere brief")
    make_delivery(make_run(other), READER)
    delivery = make_delivery(run, READER)
    report(Kind.COMPLAINT, delivery)
    process_open()
    process_open()

    assert set(Subscription.objects.values_list("state", flat=True)) == {Subscription.State.ENDED}
    assert Suppression.objects.get().reason == Suppression.Reason.COMPLAINT
    complaints = ConsentEvent.objects.filter(kind=ConsentEvent.Kind.COMPLAINED)
    assert sorted(complaints.values_list("newsletter_title", flat=True)) == ["Andere brief", "Nieuwsbrief STO"]
    delivery.refresh_from_db()
    assert delivery.complained_at is not None


def test_a_complaint_of_somebody_who_was_erased_blocks_the_address(run):
    delivery = make_delivery(run, READER)
    Subscriber.objects.all().delete()
    report(Kind.COMPLAINT, delivery)
    report(Kind.HARD_BOUNCE, delivery)
    process_open()
    assert Suppression.objects.get().address_hash == hash_of(READER)


def test_leaving_by_the_provider_ends_that_list_alone(home, run):
    other = make_delivery(make_run(make_newsletter(home, "Andere brief")), READER)
    delivery = make_delivery(run, READER)
    report(Kind.LEFT, delivery)
    process_open()

    states = dict(Subscription.objects.values_list("newsletter", "state"))
    assert states[run.newsletter_id] == Subscription.State.ENDED
    assert states[other.run.newsletter_id] == Subscription.State.ACTIVE
    assert not Suppression.objects.exists()


def test_a_mail_that_is_none_of_a_newsletter_tells_of_its_address(run):
    make_delivery(run, READER)
    report(Kind.HARD_BOUNCE, about="provider another", provider_id="another", address_hash=hash_of(READER))
    report(Kind.HARD_BOUNCE, about="provider a-third", provider_id="a-third", address_hash=hash_of("wie@example.org"))
    process_open()
    assert subscriber().hard_bounces == 1


def test_what_is_long_past_is_forgotten(run):
    old, young, waiting = (make_delivery(run, f"lezer{number}@example.org") for number in range(3))
    for delivery in (old, young):
        report(Kind.SOFT_BOUNCE, delivery)
    process_open()
    report(Kind.SOFT_BOUNCE, waiting)
    past = timezone.now() - datetime.timedelta(days=181)
    Feedback.objects.exclude(delivery=young).update(received_at=past)

    forget_feedback()

    assert set(Feedback.objects.values_list("delivery", flat=True)) == {young.pk, waiting.pk}
