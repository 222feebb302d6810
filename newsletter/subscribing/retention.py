"""How long addresses are kept that get no newsletter (any more), and forgetting them when that is over."""

import datetime
import logging

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from newsletter.models import Subscriber, SubscriberMail, Subscription

from .erasing import forget, hold
from .tokens import CONFIRM_WITHIN

State = Subscription.State
MAILS_KEPT = datetime.timedelta(days=30)
"""Longer than the link in one works."""
BATCH = 500
logger = logging.getLogger(__name__)


def erase_what_is_over() -> None:
    """End what nobody confirmed in time, forget who is on no list any more, and delete old mails."""
    let_lapse(Subscription.objects.filter(requested_at__lte=timezone.now() - CONFIRM_WITHIN))
    _delete_old_mails()
    forgotten = 0
    while batch := list(_over()[:BATCH]):
        forgotten += sum(map(_forget, batch))
    if forgotten:
        logger.info("erased %d subscribers", forgotten)


def let_lapse(subscriptions: QuerySet[Subscription]) -> None:
    """End those that nobody confirmed.

    Who was on the list before is so once more, as somebody who left it; of others nothing is left.
    """
    pending = subscriptions.filter(state=State.PENDING)
    pending.exclude(confirmed_at=None).update(state=State.ENDED)
    pending.filter(confirmed_at=None).delete()


def _delete_old_mails() -> None:
    old = SubscriberMail.objects.filter(created_at__lte=timezone.now() - MAILS_KEPT)
    old.exclude(state=SubscriberMail.State.WAITING).delete()


def _over() -> QuerySet[Subscriber]:
    """Those who left the last list long enough ago; and those who never were on one."""
    now = timezone.now()
    own = Subscription.objects.filter(subscriber=OuterRef("pk"))
    days = datetime.timedelta(days=settings.SUBSCRIBER_RETENTION_DAYS)
    keeping = own.filter(~Q(state=State.ENDED) | Q(ended_at__gt=now - days))
    were_on_one = Exists(own)
    return Subscriber.objects.filter(
        ~Exists(keeping), Q(were_on_one) | Q(created_at__lte=now - CONFIRM_WITHIN)
    ).order_by("pk")


@transaction.atomic
def _forget(subscriber: Subscriber) -> bool:
    """Unless they came back meanwhile."""
    hold(subscriber)
    is_over = _over().filter(pk=subscriber.pk).exists()
    if is_over:
        forget(subscriber, _("Bewaartermijn voorbij"))
    return is_over
