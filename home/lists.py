"""What the automatic lists of the homepage show at a moment, and when that changes by itself.

Only what is public is listed: every query is of documents. Moments are aware.
"""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.db.models import F, Min, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from agenda.models import EventPage
from cms.models import PageDocument

KINDS = settings.ITEM_KINDS
EVENT, QUESTION = "agenda.EventPage", "home.FaqPage"
NEWEST_FIRST = ("-date", "-page")


def newest_of_regions(kinds: Iterable[str], per_region: int, total: int, without: Iterable[int] = ()) -> list[int]:
    """The ids of the newest items of the regions, at most ``per_region`` of each.

    ``kinds`` are names of ``KINDS``; ``without`` names pages to pass over.
    """
    place = Window(RowNumber(), partition_by=F("region"), order_by=NEWEST_FIRST)
    types = [label for kind in kinds for label in KINDS.get(kind, ())]
    rows = PageDocument.objects.filter(type__in=types, region__isnull=False).exclude(pk__in=without)
    rows = rows.annotate(place=place)
    return _first(rows.filter(place__lte=per_region).order_by(*NEWEST_FIRST), total)


def coming_events(now: datetime.datetime, total: int) -> list[int]:
    """The ids of the events that are still to come or going on, the first one first."""
    rows = PageDocument.objects.filter(type=EVENT, end__gt=now)
    return _first(rows.order_by("start", "page"), total)


def recent_questions(now: datetime.datetime, total: int) -> list[int]:
    """The ids of the questions whose answers hold, the most recent first."""
    rows = PageDocument.objects.filter(Q(end=None) | Q(end__gt=now), type=QUESTION, start__lte=now)
    return _first(rows.order_by(*NEWEST_FIRST), total)


def newest_recording(now: datetime.datetime) -> EventPage | None:
    """The last event that is over and can be watched."""
    held = EventPage.objects.filter(document__end__lte=now).exclude(recording_url="")
    return held.defer_streamfields().order_by("-document__start", "-pk").first()


def next_change_of_events(now: datetime.datetime) -> datetime.datetime | None:
    """The first moment at which an event is over, begins, or registering for it begins or ends."""
    coming = EventPage.objects.filter(document__end__gt=now)
    moments = coming.aggregate(
        ends=Min("document__end"),
        starts=Min("start", filter=Q(start__gt=now)),
        opens=Min("registration_opens_at", filter=Q(registration_opens_at__gt=now)),
        closes=Min("registration_closes_at", filter=Q(registration_closes_at__gt=now)),
    )
    return earliest(moments.values())


def next_change_of_questions(now: datetime.datetime) -> datetime.datetime | None:
    """The first moment at which an answer begins to hold or no longer does."""
    rows = PageDocument.objects.filter(type=QUESTION)
    moments = rows.aggregate(starts=Min("start", filter=Q(start__gt=now)), ends=Min("end", filter=Q(end__gt=now)))
    return earliest(moments.values())


def earliest(moments: Iterable[datetime.datetime | None]) -> datetime.datetime | None:
    return min((moment for moment in moments if moment), default=None)


def _first(rows: QuerySet[PageDocument], total: int) -> list[int]:
    return list(rows.values_list("pk", flat=True)[:total])
