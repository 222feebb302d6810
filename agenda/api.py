"""How the API selects events."""

from cms.api.filters import Filter, read_moment

from .models import EventPage

MOMENT = {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}


def _starts_from(rows, value):
    return rows.filter(type=EventPage._meta.label, start__gte=read_moment("starts_from", value))


def _starts_to(rows, value):
    moment = read_moment("starts_to", value, end_of_day=True)
    return rows.filter(type=EventPage._meta.label, start__lt=moment)


STARTS_FROM = Filter("starts_from", "Events that begin at this moment or later.", _starts_from, MOMENT)
STARTS_TO = Filter("starts_to", "Events that begin before this moment; a date alone is included.", _starts_to, MOMENT)
