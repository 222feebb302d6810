"""The mails to subscribers that wait; issues of newsletters don't go this way."""

from django.db.models import Exists, OuterRef, Prefetch

from cms.outbox import Outbox
from cms.region import attach_regions
from newsletter.models import NewsletterIndexPage, SubscriberMail, Subscription, Suppression

from .mails.composing import compose
from .mails.outdated import why_outdated


def due_mails(number: int) -> list[SubscriberMail]:
    """Each with ``is_blocked``: whether its address gets no mail of any kind."""
    blocking = Suppression.objects.exclude(reason__in=Suppression.LIFTED_BY_CONFIRMING)
    is_blocked = Exists(blocking.filter(address_hash=OuterRef("subscriber__address_hash")))
    newsletters = NewsletterIndexPage.objects.defer_streamfields()
    subscriptions = Subscription.objects.prefetch_related(Prefetch("newsletter", newsletters))
    mails = SubscriberMail.objects.due().order_by("pk").select_related("subscriber").annotate(is_blocked=is_blocked)
    due = list(mails.prefetch_related(Prefetch("subscriber__subscriptions", subscriptions))[:number])
    attach_regions({one.newsletter for mail in due for one in mail.subscriber.subscriptions.all()})
    return due


OUTBOX = Outbox("mails to subscribers", due_mails, compose, why_outdated)
