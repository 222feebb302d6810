"""Runs that are under way, without the way there."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from newsletter.freezing import freeze
from newsletter.models import Delivery, FrozenIssue, NewsletterPage, SendRun, Subscriber, Subscription
from newsletter.subscribing.addresses import hash_of
from tests.factories import make_issue, make_newsletter

from .blocks import text


def make_frozen(newsletter) -> FrozenIssue:
    """An issue that is frozen, with little in it."""
    issue = make_issue(newsletter, [text("<p>Wat er te doen is — en waar.</p>")], "Nummer een")
    return freeze(NewsletterPage.objects.get(pk=issue.pk), None)


def subscribe_all(newsletter, number: int, name: str = "lezer") -> list[Subscription]:
    """As many subscribers, ``lezer0@example.org`` and so on, who confirmed."""
    emails = [f"{name}{place}@example.org" for place in range(number)]
    subscribers = Subscriber.objects.bulk_create(
        [Subscriber(email=email, address_hash=hash_of(email)) for email in emails]
    )
    return Subscription.objects.bulk_create(
        [
            Subscription(
                subscriber=subscriber,
                newsletter=newsletter,
                state=Subscription.State.ACTIVE,
                source=Subscription.Source.SITE,
                confirmed_at=timezone.now(),
            )
            for subscriber in subscribers
        ]
    )


def make_run(newsletter, number: int, **fields) -> SendRun:
    """A run that is being sent to as many subscribers, of whom nobody has had it yet."""
    subscriptions = subscribe_all(newsletter, number)
    run = SendRun.objects.create(
        **{"frozen": make_frozen(newsletter), "newsletter": newsletter, "state": SendRun.State.SENDING, **fields}
    )
    Delivery.objects.bulk_create(
        [
            Delivery(run=run, subscriber=one.subscriber, address_hash=one.subscriber.address_hash)
            for one in subscriptions
        ]
    )
    return run


@contextmanager
def committed_run(home, number: int) -> Iterator[SendRun]:
    """One of a newsletter of its own, for tests without a transaction; nothing of it is left afterwards."""
    newsletter = make_newsletter(home)
    yield make_run(newsletter, number)
    SendRun.objects.all().delete()
    FrozenIssue.objects.all().delete()
    Subscriber.objects.all().delete()
    newsletter.delete()
