"""Moments in Europe/Amsterdam: how days begin and end, and how they are written."""

import datetime

from django.utils import timezone


def first_moment(day: datetime.date) -> datetime.datetime:
    """Midnight at the beginning of ``day``."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def first_moment_after(day: datetime.date) -> datetime.datetime:
    """Midnight at the end of ``day``."""
    return first_moment(day + datetime.timedelta(days=1))


def represent_moment(moment: datetime.datetime | None) -> str | None:
    """ISO 8601 to the second, with the offset of Europe/Amsterdam at that moment."""
    return moment and timezone.localtime(moment).isoformat(timespec="seconds")


def this_minute() -> datetime.datetime:
    """Now, without the seconds: what is selected by it can be kept for a while."""
    return timezone.now().replace(second=0, microsecond=0)


def next_minute() -> datetime.datetime:
    """When what was selected by ``this_minute`` has to be selected again."""
    return this_minute() + datetime.timedelta(minutes=1)


def with_zone(moment: datetime.datetime | None) -> datetime.datetime | None:
    """As a database gives it that is asked in SQL: SQLite keeps moments in UTC and doesn't say so."""
    return timezone.make_aware(moment, datetime.UTC) if moment and timezone.is_naive(moment) else moment
