"""All that is kept of somebody, for them to read and take along (GDPR, articles 15 and 20)."""

from typing import Any

from django.db.models import Q, QuerySet

from cms.moments import represent_moment
from cms.region import attach_regions
from newsletter.models import (
    ConsentEvent,
    Delivery,
    Feedback,
    Subscriber,
    SubscriberMail,
    Subscription,
    Suppression,
)

from .newsletters import full_title


def own_data(subscriber: Subscriber) -> dict[str, Any]:
    """Ready for JSON; see ``OWN_DATA`` in ``own`` for its shape."""
    address_hash = subscriber.address_hash
    consents = ConsentEvent.objects.filter(address_hash=address_hash)
    deliveries = subscriber.deliveries.select_related("run__frozen").order_by("pk")
    subscriptions = list(subscriber.subscriptions.select_related("newsletter").order_by("requested_at", "pk"))
    attach_regions([subscription.newsletter for subscription in subscriptions])
    suppression = Suppression.objects.filter(address_hash=address_hash).first()
    return {
        "email": subscriber.email,
        "since": represent_moment(subscriber.created_at),
        "undeliverable": subscriber.hard_bounces,
        "blocked": suppression
        and {"reason": suppression.get_reason_display(), "since": represent_moment(suppression.created_at)},
        "subscriptions": [represent_subscription(subscription) for subscription in subscriptions],
        "consents": [represent_consent(event) for event in consents],
        "newsletters": [represent_delivery(delivery) for delivery in deliveries],
        "feedback": [represent_feedback(one) for one in feedback_about(subscriber).order_by("pk")],
        "mails": [represent_mail(mail) for mail in subscriber.mails.all()],
    }


def feedback_about(subscriber: Subscriber) -> QuerySet[Feedback]:
    """What came back about mails to this address."""
    deliveries = subscriber.deliveries.values("pk")
    return Feedback.objects.filter(Q(address_hash=subscriber.address_hash) | Q(delivery__in=deliveries))


def represent_subscription(subscription: Subscription) -> dict[str, Any]:
    return {
        "newsletter": full_title(subscription.newsletter),
        "state": subscription.get_state_display(),
        "source": subscription.get_source_display(),
        "requested_at": represent_moment(subscription.requested_at),
        "confirmed_at": represent_moment(subscription.confirmed_at),
        "ended_at": represent_moment(subscription.ended_at),
    }


def represent_consent(event: ConsentEvent) -> dict[str, Any]:
    return {
        "what": event.get_kind_display(),
        "newsletter": event.newsletter_title,
        "at": represent_moment(event.at),
        "wording": event.wording,
        "wording_version": event.wording_version,
        "source": event.source,
        "client_address": event.client_address,
    }


def represent_delivery(delivery: Delivery) -> dict[str, Any]:
    return {
        "subject": delivery.run.frozen.subject,
        "state": delivery.get_state_display(),
        "attempts": delivery.attempts,
        "closed_at": represent_moment(delivery.closed_at),
        "reply": delivery.reply,
        "bounced_at": represent_moment(delivery.bounced_at),
        "complained_at": represent_moment(delivery.complained_at),
    }


def represent_feedback(feedback: Feedback) -> dict[str, Any]:
    return {
        "kind": feedback.get_kind_display(),
        "status": feedback.status,
        "words": feedback.words,
        "received_at": represent_moment(feedback.received_at),
    }


def represent_mail(mail: SubscriberMail) -> dict[str, Any]:
    return {
        "kind": mail.get_kind_display(),
        "state": mail.get_state_display(),
        "created_at": represent_moment(mail.created_at),
        "sent_at": represent_moment(mail.sent_at),
        "error": mail.last_error,
    }
