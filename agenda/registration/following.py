"""Keeping what the site says of an event in step with its registrations.

Registering never waits for the documents: they are marked once the registration is there (``DocumentState`` is held by
editors who wait for the event). What a process left undone that died in between, the clock does.
"""

import json
from contextlib import suppress
from typing import Any

from django.db import OperationalError, transaction
from django.utils import timezone

from agenda.models import EventPage
from agenda.serializers import represent_registration, represent_session_places
from cms import document_texts, documents
from cms.models import DocumentState, PageDocument

from .locking import wait_at_most
from .status import status_of

FOLLOW_SECONDS = 1


@transaction.atomic
def follow(event_id: int) -> None:
    """Have the event rendered again, with all that shows it."""
    DocumentState.renew()
    event = EventPage.objects.defer_streamfields().filter(pk=event_id).first()
    if event:
        PageDocument.objects.filter(pk=event_id).mark_stale()
        documents.mark_around(event)


def follow_soon(event_id: int) -> None:
    """As ``follow``, for a visitor: when an editor holds the documents for long, it is left to the clock."""
    with suppress(OperationalError), transaction.atomic():
        wait_at_most(FOLLOW_SECONDS)
        follow(event_id)


def shown_places(event: EventPage) -> Any:
    """What readers see change when somebody comes or goes."""
    now = timezone.now()
    status = status_of(event, now)
    sessions = [represent_session_places(event, status, session) for session in event.sessions.all()]
    return represent_registration(event, status), sessions


def follow_what_was_missed() -> None:
    """For each event to come that takes registrations, compare what its document says with what is so."""
    fresh = PageDocument.objects.fresh(document_texts.version())
    events = EventPage.objects.defer_streamfields().filter(
        registration_mode=EventPage.RegistrationMode.HERE,
        alias_of=None,  # a copy shows what its event shows, and is marked along with it
        document__in=fresh,
        document__end__gt=timezone.now(),
    )
    for event in events.select_related("document"):
        detail = json.loads(event.document.detail)
        registration, sessions = shown_places(event)
        said = [{name: session[name] for name in ("state", "places_left")} for session in detail["sessions"]]
        if (detail["registration"], said) != (registration, sessions):
            follow(event.pk)
