"""Reminding everybody who has a place, some time before the event."""

import datetime
from contextlib import suppress

from django.conf import settings
from django.utils import timezone

from agenda.models import EventPage, OutgoingMail, Registration

from .locking import locked
from .posting import post_to_all
from .refusals import Busy

Kind = OutgoingMail.Kind
TELL_WHEN = (Kind.CONFIRMED, Kind.PROMOTED, Kind.CHANGED, Kind.MOVED, Kind.REMINDER)
"""Who got one of these lately knows when it is. So nobody is reminded twice, unless the event moved to a later day."""


def remind() -> None:
    """Have everybody reminded who is to be by now; an event that is busy has its turn next time."""
    now = timezone.now()
    soon = EventPage.objects.filter(
        live=True,
        cancelled=False,
        registration_mode=EventPage.RegistrationMode.HERE,
        start__gt=now,
        start__lte=now + _beforehand(),
    )
    for event in soon.defer_streamfields():
        if not to_be_reminded(event).exists():
            continue
        with suppress(Busy, EventPage.DoesNotExist), locked(event.pk) as event_now:
            post_to_all(to_be_reminded(event_now), Kind.REMINDER)


def to_be_reminded(event: EventPage):
    """Those with a place whom nothing told when ``event`` is since the moment for reminders."""
    told = OutgoingMail.objects.filter(kind__in=TELL_WHEN, created_at__gte=event.start - _beforehand())
    confirmed = event.registrations.filter(state=Registration.State.CONFIRMED)
    return confirmed.exclude(pk__in=told.filter(registration__event=event.pk).values("registration"))


def _beforehand() -> datetime.timedelta:
    return datetime.timedelta(hours=settings.REGISTRATION_REMINDER_HOURS)
