"""Forgetting who had an address: what stays has only its hash, and says of nobody what it says."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from newsletter.models import ConsentEvent, Delivery, Subscriber, SubscriberImport, Subscription, Suppression

from . import suppression
from .consent import Circumstances, record, record_erasure
from .own_data import feedback_about


@transaction.atomic
def erase(subscriber: Subscriber, *, source_text: str = "") -> None:
    """Forget ``subscriber`` because they asked; no import brings the address back."""
    forget(subscriber, source_text or _("Eigen verzoek"))
    suppression.suppress(subscriber.address_hash, Suppression.Reason.ERASED)


@transaction.atomic
def forget(subscriber: Subscriber, source_text: str) -> None:
    """Delete ``subscriber`` with all that says who it was; a mail that still waits for them isn't sent."""
    hold(subscriber)
    _strike_from_imports(subscriber.email)
    active = subscriber.subscriptions.filter(state=Subscription.State.ACTIVE).select_related("newsletter")
    newsletters = [subscription.newsletter for subscription in active]
    record(subscriber.address_hash, ConsentEvent.Kind.WITHDRAWN, newsletters, Circumstances(source_text))
    _leave_hashes(subscriber)
    subscriber.delete()
    record_erasure(subscriber.address_hash, source_text)


def hold(subscriber: Subscriber) -> None:
    """Nobody else changes what is theirs, or imports a file, until the transaction ends."""
    # In the order in which an import takes them: its file, then its subscribers.
    list(_waiting_imports().select_for_update().values_list("pk"))
    list(Subscriber.objects.select_for_update().filter(pk=subscriber.pk).values_list("pk"))


def _leave_hashes(subscriber: Subscriber) -> None:
    """What servers said may hold the address."""
    feedback_about(subscriber).update(words="")
    deliveries = Delivery.objects.filter(subscriber=subscriber.pk)
    deliveries.filter(state__in=Delivery.WAITING).update(
        state=Delivery.State.SKIPPED, skipped=Delivery.Skipped.LEFT, closed_at=timezone.now()
    )
    deliveries.update(subscriber=None, reply="")


def _strike_from_imports(email: str) -> None:
    """From the files that were read and not imported yet."""
    address = email.strip().lower()
    for one in _waiting_imports():
        rows = [row for row in one.rows if row[0].strip().lower() != address]
        if len(rows) < len(one.rows):
            SubscriberImport.objects.filter(pk=one.pk).update(rows=rows)


def _waiting_imports() -> QuerySet[SubscriberImport]:
    return SubscriberImport.objects.filter(done_at=None).order_by("pk")
