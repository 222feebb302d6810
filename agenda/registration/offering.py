"""Offering the places that are free to those who wait for them; within the transaction of whoever freed one."""

import datetime

from django.conf import settings
from django.utils import timezone

from agenda.models import EventPage, OutgoingMail, Registration

from .places import Places, count_places
from .posting import post

State = Registration.State


def offer_places(event: EventPage) -> None:
    """Offer the free places of ``event``, which is locked, the first in line first.

    Who waits for a session that is full lets those behind pass who wait for another one. An offer holds for
    ``REGISTRATION_OFFER_HOURS``, and at the longest until the event begins.
    """
    now = timezone.now()
    places = count_places(event)
    if event.cancelled or not event.live or not event.start or event.start <= now or not places.has_line:
        return
    expires_at = min(now + datetime.timedelta(hours=settings.REGISTRATION_OFFER_HOURS), event.start)
    for registration in event.registrations.waiting():
        if not places.are_left:
            return
        for session_id in _sessions_with_a_place(registration, places)[:1]:
            registration.change(state=State.OFFERED, session_id=session_id, offer_expires_at=expires_at)
            post(registration, OutgoingMail.Kind.OFFERED)
            places = places.without_one_for(session_id)


def is_expired(registration: Registration) -> bool:
    """Whether it is an offer whose time is over, also before the clock has come by."""
    return registration.state == State.OFFERED and registration.offer_expires_at <= timezone.now()


def _sessions_with_a_place(registration: Registration, places: Places) -> list[int | None]:
    """Of the choice and the reserve; ``None`` stands for a place at an event without sessions."""
    choices = [registration.session_id, *filter(None, [registration.reserve_id])]
    return [session_id for session_id in choices if places.has_one_for(session_id)]
