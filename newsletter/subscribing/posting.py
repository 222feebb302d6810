"""Mails to subscribers as rows, written in the transaction of what they tell.

However often somebody asks, an address gets at most one mail of a kind an hour and three a day: what would come sooner
waits until it may leave, and says what is so by then.
"""

import datetime
from collections.abc import Collection

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from newsletter.models import NewsletterIndexPage, Subscriber, SubscriberMail, Subscription

from .tasks import send_what_is_due

Kind = SubscriberMail.Kind
State = SubscriberMail.State
ABOUT_SUBSCRIBING = (Kind.CONFIRM, Kind.KNOWN)
BETWEEN_TWO = datetime.timedelta(hours=1)
MOST = 3
WITHIN = datetime.timedelta(days=1)


def post_request(subscriber: Subscriber, newsletters: Collection[NewsletterIndexPage]) -> None:
    """Ask ``subscriber``, whose row is locked, to confirm all that waits for it; else say that they had it already."""
    pending = subscriber.subscriptions.filter(state=Subscription.State.PENDING)
    asked = dict(pending.values_list("newsletter", "request_id"))
    if asked:
        content = {"newsletters": [*asked], "requests": [request.hex for request in asked.values()]}
        _post(subscriber, Kind.CONFIRM, ABOUT_SUBSCRIBING, content)
    else:
        content = {"newsletters": [newsletter.pk for newsletter in newsletters]}
        _post(subscriber, Kind.KNOWN, ABOUT_SUBSCRIBING, content)


def post_preferences(subscriber: Subscriber) -> None:
    """Mail ``subscriber``, whose row is locked, the link to their own preferences."""
    _post(subscriber, Kind.PREFERENCES, (Kind.PREFERENCES,), {})


def _post(
    subscriber: Subscriber, kind: SubscriberMail.Kind, kinds: tuple[SubscriberMail.Kind, ...], content: dict
) -> None:
    """``kinds`` are those that count together. One of them that nobody began to send gives way to the new one."""
    earlier = subscriber.mails.filter(kind__in=kinds)
    earlier.filter(state=State.WAITING, attempts=0).delete()
    SubscriberMail.objects.create(
        subscriber=subscriber, kind=kind, content=content, next_attempt_at=_when_it_may_leave(earlier)
    )
    send_what_is_due()


def _when_it_may_leave(earlier: QuerySet[SubscriberMail]) -> datetime.datetime:
    left = earlier.exclude(state=State.OUTDATED).annotate(at=Coalesce("sent_at", "next_attempt_at"))
    last = left.order_by("-at").values_list("at", flat=True)[:MOST]
    moments = [timezone.now(), *(moment + BETWEEN_TWO for moment in last[:1])]
    return max([*moments, *(moment + WITHIN for moment in last[MOST - 1 :])])
