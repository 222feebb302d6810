"""Sending what is due, and what comes of it: delivered, tried again later, or given up.

A worker claims a delivery by moving its next attempt a minute on, in one UPDATE that only one worker can win. When the
worker dies, the delivery is due again after that minute. So a message can arrive twice, and never gets lost.
"""

import datetime
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.models import Webhook, WebhookDelivery

from .sending import SECONDS, Answer, Message, send

BACK_OFF = [
    datetime.timedelta(minutes=1),
    datetime.timedelta(minutes=5),
    datetime.timedelta(minutes=30),
    datetime.timedelta(hours=2),
    datetime.timedelta(hours=8),
    datetime.timedelta(hours=24),
]
"""How long after each failed attempt the next one comes; after the last there is none."""
LEASE = datetime.timedelta(minutes=1)
"""Far longer than an attempt takes."""
KEPT = datetime.timedelta(days=30)
THREADS = 16
LOOK_AGAIN = 0.25
"""Seconds after which a worker that waits for an answer looks whether there is more to send."""
GONE = 410


def send_due(seconds: float = SECONDS) -> None:
    """Send all that is due, ``seconds`` at most for each.

    A webhook gets one message at a time, so that a slow receiver holds up nobody else.
    """
    with ThreadPoolExecutor(THREADS) as threads:
        under_way: dict[Future[Answer], WebhookDelivery] = {}
        while True:
            busy = {delivery.webhook_id for delivery in under_way.values()}
            for delivery in claim(THREADS - len(under_way), busy):
                webhook = delivery.webhook
                message = Message(delivery.event_id, delivery.body)
                under_way[threads.submit(send, webhook.url, webhook.key, message, seconds)] = delivery
            if not under_way:
                return
            finished, _rest = wait(under_way, LOOK_AGAIN, FIRST_COMPLETED)
            for future in finished:
                record(under_way.pop(future), future.result())


def claim(number: int, busy: set[int]) -> list[WebhookDelivery]:
    """Of at most ``number`` webhooks that aren't ``busy`` the delivery that is due longest, for us alone to send."""
    due = WebhookDelivery.objects.due().filter(webhook=OuterRef("pk")).order_by("next_attempt_at", "pk")
    webhooks = Webhook.objects.exclude(pk__in=busy).annotate(due=Subquery(due.values("pk")[:1])).exclude(due=None)
    claimed = []
    for pk in webhooks.values_list("due", flat=True)[:number]:
        found = WebhookDelivery.objects.filter(pk=pk)
        if found.due().update(attempts=F("attempts") + 1, next_attempt_at=timezone.now() + LEASE):
            claimed += found.select_related("webhook")
    return claimed


def record(delivery: WebhookDelivery, answer: Answer) -> None:
    """Write down what came of an attempt, unless another worker has begun a new one meanwhile."""
    now = timezone.now()
    changes = {"last_status": answer.status, "last_error": answer.error[:300], "answer": answer.text}
    if answer.is_accepted:
        changes |= {"state": WebhookDelivery.State.DELIVERED, "delivered_at": now}
    elif answer.status == GONE or delivery.attempts > len(BACK_OFF):
        changes |= {"state": WebhookDelivery.State.GIVEN_UP}
    else:
        changes |= {"next_attempt_at": now + BACK_OFF[delivery.attempts - 1]}
    waiting = WebhookDelivery.objects.filter(state=WebhookDelivery.State.WAITING)
    is_ours = waiting.filter(pk=delivery.pk, attempts=delivery.attempts).update(**changes)
    if is_ours and answer.status == GONE:
        switch_off(delivery.webhook, _("De ontvanger antwoordt dat dit adres niet meer bestaat (410)."))
    elif answer.status is None:
        # A receiver that is away costs seconds each time; the rest of what it gets can wait with this one.
        due = WebhookDelivery.objects.due().filter(webhook=delivery.webhook_id)
        due.update(next_attempt_at=now + BACK_OFF[0])


def switch_off(webhook: Webhook, reason: str) -> None:
    """Send it nothing more until an editor switches it on again; what waits is given up.

    Not when an editor gave it another address meanwhile.
    """
    here = Webhook.objects.filter(pk=webhook.pk, url=webhook.url)
    if not here.update(is_active=False, switched_off_because=reason):
        return
    waiting = webhook.deliveries.filter(state=WebhookDelivery.State.WAITING)
    waiting.update(state=WebhookDelivery.State.GIVEN_UP, last_error=reason)


def forget_deliveries() -> None:
    """Delete what was made more than 30 days ago."""
    WebhookDelivery.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
