"""What follows for those who wait when an event is published, which may have more places now."""

from functools import partial

from django.db import transaction
from wagtail.signals import page_published

from agenda.models import EventPage

from . import desk


def connect() -> None:
    page_published.connect(offer_new_places, sender=EventPage, dispatch_uid="agenda.offer_new_places")


def offer_new_places(instance: EventPage, **kwargs) -> None:
    """After the publication, which must not wait for the lock or fail by it."""
    if instance.registers_here and instance.registrations.waiting().exists():
        transaction.on_commit(partial(desk.promote_waiting, instance.pk), robust=True)
