"""Days of the calendar as moments in Europe/Amsterdam."""

import datetime

from django.utils import timezone


def first_moment(day: datetime.date) -> datetime.datetime:
    """Midnight at the beginning of ``day``."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def this_minute() -> datetime.datetime:
    """Now, without the seconds: what is selected by it can be kept for a while."""
    return timezone.now().replace(second=0, microsecond=0)


def next_minute() -> datetime.datetime:
    """When what was selected by ``this_minute`` has to be selected again."""
    return this_minute() + datetime.timedelta(minutes=1)
