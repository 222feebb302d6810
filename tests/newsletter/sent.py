"""Mails that went out: a run of a newsletter, and a delivery of it."""

from django.utils import timezone

from newsletter.models import Delivery, FrozenIssue, SendRun

from .subscribers import make_subscriber, put_on


def make_run(newsletter, **fields):
    frozen = FrozenIssue.objects.create(revision=1, subject="Nieuwsbrief STO", html="", text="", web={})
    values = {"state": SendRun.State.DONE, "started_at": timezone.now()} | fields
    return SendRun.objects.create(frozen=frozen, newsletter=newsletter, **values)


def make_delivery(run, email, state=Delivery.State.ACCEPTED, **fields):
    """To somebody who is on the list of ``run``, if need be from now on."""
    subscriber = make_subscriber(email)
    if not subscriber.subscriptions.filter(newsletter=run.newsletter).exists():
        put_on(run.newsletter, email)
    return Delivery.objects.create(
        run=run, subscriber=subscriber, address_hash=subscriber.address_hash, state=state, **fields
    )
