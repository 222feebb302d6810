"""Subscribers as they come to be on lists, without the mails that come with it."""

import itertools

from django.utils import timezone

from newsletter.models import Subscriber, Subscription
from newsletter.subscribing.addresses import hash_of

numbers = itertools.count(1)


def make_subscriber(email=None):
    email = email or f"abonnee{next(numbers)}@example.org"
    return Subscriber.objects.get_or_create(address_hash=hash_of(email), defaults={"email": email})[0]


def put_on(newsletter, email=None, state="active", **fields):
    """The subscription of an address, which is made known when it isn't yet."""
    now = timezone.now()
    moments = {
        "pending": {},
        "active": {"confirmed_at": now},
        "ended": {"confirmed_at": now, "ended_at": now},
    }
    fields = {"source": "site", "state": state, **moments[state], **fields}
    return Subscription.objects.create(subscriber=make_subscriber(email), newsletter=newsletter, **fields)


def addresses_on(newsletter):
    """Those that get it, in order."""
    return sorted(newsletter.subscriptions.active().values_list("subscriber__email", flat=True))
