"""Mails that went out: a run of a newsletter, and a delivery of it."""

from django.utils import timezone

from newsletter.models import Delivery, FrozenIssue, SendRun, Subscriber, Subscription
from newsletter.subscribing.addresses import hash_of


def make_run(newsletter, **fields):
    frozen = FrozenIssue.objects.create(revision=1, subject="Nieuwsbrief STO", html="", text="", web={})
    values = {"state": SendRun.State.DONE, "started_at": timezone.now()} | fields
    return SendRun.objects.create(frozen=frozen, newsletter=newsletter, **values)


def make_delivery(run, email, state=Delivery.State.ACCEPTED, **fields):
    """To somebody who is on the list of ``run``, if need be from now on."""
    subscriber, _is_new = Subscriber.objects.get_or_create(address_hash=hash_of(email), defaults={"email": email})
    Subscription.objects.get_or_create(
        subscriber=subscriber,
        newsletter=run.newsletter,
        defaults={
            "state": Subscription.State.ACTIVE,
            "source": Subscription.Source.SITE,
            "confirmed_at": timezone.now(),
        },
    )
    return Delivery.objects.create(
        run=run, subscriber=subscriber, address_hash=subscriber.address_hash, state=state, **fields
    )
