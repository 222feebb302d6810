"""When an event is, in words: in Europe/Amsterdam, for people."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agenda.models import EventPage

DAY = datetime.timedelta(days=1)


def when(event: EventPage) -> str:
    """As ``donderdag 12 maart 2026, van 13.30 tot 17.00 uur``, or with both days, or ``hele dag``."""
    if event.all_day:
        return _in_days(event)
    start = at(event.start)
    if event.end is None:
        return start
    if timezone.localdate(event.start) != timezone.localdate(event.end):
        return _("%(start)s, tot %(end)s") % {"start": start, "end": at(event.end)}
    times = {"day": _day(timezone.localdate(event.start)), "start": _clock(event.start), "end": _clock(event.end)}
    return _("%(day)s, van %(start)s tot %(end)s uur") % times


def at(moment: datetime.datetime) -> str:
    """As ``donderdag 12 maart 2026, 13.30 uur``."""
    return _("%(day)s, %(time)s uur") % {"day": _day(timezone.localdate(moment)), "time": _clock(moment)}


def _in_days(event: EventPage) -> str:
    first = timezone.localdate(event.start)
    last = timezone.localdate(event.end) - DAY if event.end else first
    if first == last:
        return _("%(day)s, hele dag") % {"day": _day(first)}
    return _("%(first)s tot en met %(last)s, hele dagen") % {"first": _day(first), "last": _day(last)}


def _day(day: datetime.date) -> str:
    return date_format(day, "l j F Y")


def _clock(moment: datetime.datetime) -> str:
    """In the night that the clock goes back, an hour comes twice: there it is said which of the two."""
    local = timezone.localtime(moment)
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return date_format(local, "H.i")
    season = _("wintertijd") if local.fold else _("zomertijd")
    return f"{date_format(local, 'H.i')} ({season})"
