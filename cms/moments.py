"""Days of the calendar as moments in Europe/Amsterdam."""

import datetime

from django.utils import timezone


def first_moment(day: datetime.date) -> datetime.datetime:
    """Midnight at the beginning of ``day``."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
