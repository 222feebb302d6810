"""Addresses that get no newsletter, whatever list they are on; only hashes are kept of them."""

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from newsletter.models import Subscriber, Subscription, Suppression

HARD_BOUNCES = 2
"""After so many mails that can't be delivered for good, an address gets none any more."""


@transaction.atomic
def suppress(address_hash: str, reason: Suppression.Reason) -> None:
    """Keep an address out of every list; doing so twice is fine.

    A reason that confirming doesn't lift takes the place of one that it does, and never the other way round.
    """
    Suppression.objects.bulk_create([Suppression(address_hash=address_hash, reason=reason)], ignore_conflicts=True)
    if reason not in Suppression.LIFTED_BY_CONFIRMING:
        milder = Suppression.objects.filter(address_hash=address_hash, reason__in=Suppression.LIFTED_BY_CONFIRMING)
        milder.update(reason=reason)


def with_suppression(subscriptions: QuerySet[Subscription]) -> QuerySet[Subscription]:
    """With ``is_suppressed``: whether the address gets no newsletter any more."""
    kept_out = Suppression.objects.filter(address_hash=OuterRef("subscriber__address_hash"))
    return subscriptions.annotate(is_suppressed=Exists(kept_out))


def lift(address_hash: str, *reasons: Suppression.Reason) -> None:
    """Let an address get newsletters again; with ``reasons``, only when it is one of those."""
    found = Suppression.objects.filter(address_hash=address_hash)
    (found.filter(reason__in=reasons) if reasons else found).delete()


def gets_no_mail(address_hash: str) -> bool:
    """Whether an address gets no mail of any kind about newsletters, not even one that asks to confirm."""
    found = Suppression.objects.filter(address_hash=address_hash)
    return found.exclude(reason__in=Suppression.LIFTED_BY_CONFIRMING).exists()


@transaction.atomic
def count_hard_bounce(subscriber: Subscriber) -> bool:
    """Note that a mail to ``subscriber`` can't be delivered for good; whether the address gets none any more."""
    same = Subscriber.objects.filter(pk=subscriber.pk)
    same.update(hard_bounces=F("hard_bounces") + 1)
    is_over = same.filter(hard_bounces__gte=HARD_BOUNCES).exists()
    if is_over:
        suppress(subscriber.address_hash, Suppression.Reason.BOUNCES)
    return is_over
