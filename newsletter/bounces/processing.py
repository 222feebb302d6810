"""Acting on what came back, by the clock: each report once, and of one mail no more than one bounce counts."""

import datetime
import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from newsletter.models import Delivery, Feedback, Subscriber, Subscription, Suppression
from newsletter.subscribing import desk, suppression

Kind = Feedback.Kind
BATCH = 500
KEPT = datetime.timedelta(days=180)
logger = logging.getLogger(__name__)


def process_open() -> None:
    """Act on all that came in since the last time; any number of processes may do so."""
    while batch := list(Feedback.objects.filter(processed_at=None).select_related("delivery").order_by("pk")[:BATCH]):
        for feedback in batch:
            process(feedback)


def forget_feedback() -> None:
    """What came of it stays with the mails and the addresses; what a mail server said is of no use any more."""
    over = Feedback.objects.filter(processed_at__isnull=False, received_at__lt=timezone.now() - KEPT)
    number, _by_model = over.delete()
    if number:
        logger.info("forgot %d reports about mails", number)


@transaction.atomic
def process(feedback: Feedback) -> None:
    """Act on ``feedback``, unless somebody else did."""
    delivery = feedback.delivery or _delivery_by_now(feedback)
    feedback.delivery, feedback.processed_at = delivery, timezone.now()
    unchanged = Feedback.objects.filter(pk=feedback.pk, processed_at=None)
    if not unchanged.update(delivery=delivery, processed_at=feedback.processed_at):
        return
    subscriber = _alone_with_reader(feedback)
    match feedback.kind:
        case Kind.HARD_BOUNCE:
            if _is_first(feedback, "bounced_at") and subscriber:
                suppression.count_hard_bounce(subscriber)
        case Kind.COMPLAINT:
            if _is_first(feedback, "complained_at"):
                _end_all(feedback, subscriber)
        case Kind.LEFT:
            for subscription in _subscriptions(feedback, subscriber):
                desk.unsubscribe(subscription, source_text=_("Afmelding bij de verzenddienst"))


def _delivery_by_now(feedback: Feedback) -> Delivery | None:
    """The mail that the provider calls so: it may have told of it before we had written that down."""
    return Delivery.objects.filter(provider_id=feedback.provider_id).first() if feedback.provider_id else None


def _alone_with_reader(feedback: Feedback) -> Subscriber | None:
    """Whom the mail went to; ``None`` when they were erased, or when the mail was none of a newsletter's and they are
    on no list."""
    delivery = feedback.delivery
    known = {"pk": delivery.subscriber_id} if delivery else {"address_hash": feedback.address_hash}
    return Subscriber.objects.select_for_update().filter(**known).first()


def _is_first(feedback: Feedback, field: str) -> bool:
    """Whether it is the first of its mail, which then says when that was.

    A mail that was refused at once never came in; that was counted when it was sent.
    """
    if feedback.delivery is None:
        return True
    same = Delivery.objects.filter(pk=feedback.delivery.pk, **{field: None}).exclude(state=Delivery.State.REJECTED)
    return bool(same.update(**{field: feedback.received_at}))


def _end_all(feedback: Feedback, subscriber: Subscriber | None) -> None:
    if subscriber:
        desk.end_for_complaint(subscriber)
    elif feedback.delivery:
        suppression.suppress(feedback.delivery.address_hash, Suppression.Reason.COMPLAINT)


def _subscriptions(feedback: Feedback, subscriber: Subscriber | None) -> list[Subscription]:
    """That to the list that the mail went to."""
    if subscriber is None or feedback.delivery is None:
        return []
    return list(subscriber.subscriptions.filter(newsletter=feedback.delivery.run.newsletter_id))
