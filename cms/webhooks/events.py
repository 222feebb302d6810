"""What happened that the public can see, written down for every webhook that wants to know.

All of it runs in the transaction of the change: one that is rolled back was never told to anybody. Costs one query
when nobody listens.
"""

import datetime
import json
import uuid
from collections.abc import Iterable

from django.db import models
from django.utils import timezone
from wagtail.query import PageQuerySet

from cms.documents import Change
from cms.models import BasePage, PageDocument, Webhook, WebhookDelivery, WebhookEvent

from .tasks import send_webhooks


def page_saved(page: BasePage, change: Change) -> None:
    """A page was published, taken offline or given another path; all else that saves a page isn't told.

    What comes or goes with the page below it is told by the page alone.
    """
    if change.after is None:
        if change.before is not None:
            _tell_of_page(WebhookEvent.UNPUBLISHED, page, change.before)
    elif change.before is None:
        # Wagtail first makes a new page, and only then publishes it.
        if page.last_published_at is not None:
            _tell_of_page(WebhookEvent.PUBLISHED, page, change.after)
    elif change.before != change.after:
        _tell_of_page(WebhookEvent.MOVED, page, change.after, change.before)
    elif change.is_published:
        _tell_of_page(WebhookEvent.PUBLISHED, page, change.after)


def page_reordered(page: models.Model, path: str | None) -> None:
    """A page has another place among its sisters."""
    if path is not None:
        _tell_of_page(WebhookEvent.MOVED, page, path, path)


def page_deleted(page: BasePage, origin: models.Model | models.QuerySet) -> None:
    """A page is about to be deleted; those below it go with it and aren't told."""
    listeners = _listeners(WebhookEvent.DELETED)
    if not listeners:
        return
    document = PageDocument.objects.filter(pk=page.pk).first()
    if document is None:
        return
    above = PageDocument.objects.ancestor_of(document)
    if isinstance(origin, PageQuerySet) and above.filter(page_id__in=origin.values("pk")).exists():
        return
    _write(listeners, WebhookEvent.DELETED, page.pk, document.type, document.html_path)


def settings_changed(settings: models.Model) -> None:
    """What stands around every page was published."""
    listeners = _listeners(WebhookEvent.SETTINGS)
    _write(listeners, WebhookEvent.SETTINGS, None, settings._meta.label)


def try_out(webhook: Webhook) -> WebhookDelivery:
    """Have a message sent to ``webhook`` that means nothing, whether it is active or not."""
    [delivery] = _write([webhook], WebhookEvent.TEST)
    return delivery


def send_again(delivery: WebhookDelivery) -> None:
    """Begin anew with a delivery, under the id that it had."""
    WebhookDelivery.objects.filter(pk=delivery.pk).update(
        state=WebhookDelivery.State.WAITING, attempts=0, next_attempt_at=timezone.now(), delivered_at=None
    )
    send_webhooks.enqueue()


def _tell_of_page(event: WebhookEvent, page: BasePage, path: str, old_path: str | None = None) -> None:
    listeners = _listeners(event)
    _write(listeners, event, page.pk, page.cached_content_type.model_class()._meta.label, path, old_path)


def _listeners(event: WebhookEvent) -> list[Webhook]:
    return [webhook for webhook in Webhook.objects.filter(is_active=True) if webhook.wants(event)]


def _write(
    listeners: Iterable[Webhook],
    event: WebhookEvent,
    id: int | None = None,
    type: str | None = None,
    path: str | None = None,
    old_path: str | None = None,
) -> list[WebhookDelivery]:
    """One row for each of ``listeners``, and the worker told of it."""
    now = timezone.now()
    at = now.astimezone(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    payload = {"event": event, "id": id, "type": type, "path": path, "old_path": old_path, "at": at}
    event_id = f"msg_{uuid.uuid4().hex}"
    deliveries = [
        WebhookDelivery(
            webhook=webhook,
            event_id=event_id,
            event=event,
            body=json.dumps(payload),
            next_attempt_at=now,
            created_at=now,
        )
        for webhook in listeners
    ]
    if deliveries:
        WebhookDelivery.objects.bulk_create(deliveries)
        send_webhooks.enqueue()
    return deliveries
