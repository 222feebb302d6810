"""Which documents can be found: of pages that say something themselves, as long as it holds."""

import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from wagtail.models import get_page_models

from cms.models import BasePage
from cms.models.documents import NO_DATE
from cms.moments import first_moment, first_moment_after

from .selection import Selection, is_one_of

# Between which all events lie; moments of the years 1 and 9999 can't be told in UTC.
EARLIEST, LATEST = datetime.date(1900, 1, 1), datetime.date(2200, 12, 31)


@cache
def searched_types() -> dict[str, type[BasePage]]:
    """The types of pages that are searched, by their labels."""
    models = (model for model in get_page_models() if issubclass(model, BasePage) and model is not BasePage)
    return {model._meta.label: model for model in models if model.is_searched}


@cache
def event_types() -> tuple[str, ...]:
    """Those that take place."""
    return tuple(label for label, model in searched_types().items() if model.starts_at and not model.lapses)


def searched_now() -> Selection:
    """The same until ``end_of_scope``."""
    types = searched_types()
    return holding_now(Selection(is_one_of("document.type", types), tuple(types)))


def holding_now(documents: Selection) -> Selection:
    """Without pages that don't hold yet, or no longer; the same until ``end_of_scope``."""
    lapsing = [label for label, model in searched_types().items() if model.lapses]
    holds = 'document.start <= %s AND (document."end" IS NULL OR document."end" > %s)'
    now = _adapt(timezone.now())
    return documents.where(f"(NOT {is_one_of('document.type', lapsing)} OR {holds})", *lapsing, now, now)


@cache
def day() -> str:
    """The column of the date that readers see; of an event that is the day on which it begins."""
    labels = ", ".join(f"'{label}'" for label in event_types())
    # SQLite knows no zones. With two hours an event that begins at midnight is of that day, in summer and in winter.
    sqlite = "date(document.start, '+2 hours')"
    postgresql = f"CAST(document.start AT TIME ZONE '{settings.TIME_ZONE}' AS date)"
    starts = postgresql if connection.vendor == "postgresql" else sqlite
    return f"CASE WHEN document.type IN ({labels}) THEN {starts} ELSE document.date END"


def within(documents: Selection, first: datetime.date | None, last: datetime.date | None) -> Selection:
    """Those of these days in Europe/Amsterdam, both included; ``None`` for no bound.

    The days of an event are those on which it takes place, that of another page is the date that readers see.
    """
    events = event_types()
    is_event = is_one_of("document.type", events)
    if first:
        first = max(first, EARLIEST)  # what has no date isn't of any day
        begin = _adapt(first_moment(first))
        day = f'CASE WHEN {is_event} THEN document."end" > %s ELSE document.date >= %s END'
        documents = documents.where(day, *events, begin, first)
    if last:
        end = _adapt(first_moment_after(min(last, LATEST)))
        date = "document.date <= %s AND document.date > %s"
        day = f"CASE WHEN {is_event} THEN document.start < %s ELSE {date} END"
        documents = documents.where(day, *events, end, last, NO_DATE)
    return documents


def end_of_scope() -> datetime.datetime:
    """The midnight at which pages begin to be found, or end."""
    return first_moment_after(timezone.localdate())


def _adapt(moment: datetime.datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)
