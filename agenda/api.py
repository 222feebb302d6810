"""How the API selects events, and the door to them."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from wagtail.api.v2.utils import BadRequestError

from cms.api.contract import contract, list_of, page_item
from cms.api.doors import door
from cms.api.filters import COMMON, Filter, read_moment
from cms.api.items import Items
from cms.api.writing import either
from cms.moments import next_minute, this_minute

from . import calendar
from .models import EventPage
from .registration.doors import register, registration_form
from .registration.own import change_registration, own_registration

MOMENT = {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}
PERIODS = {
    "upcoming": lambda rows: rows.filter(end__gt=this_minute()),
    "past": lambda rows: rows.filter(end__lte=this_minute()),
    "all": lambda rows: rows,
}


def _starts_from(rows, value):
    return rows.filter(type=EventPage._meta.label, start__gte=read_moment("starts_from", value))


def _starts_to(rows, value):
    moment = read_moment("starts_to", value, end_of_day=True)
    return rows.filter(type=EventPage._meta.label, start__lt=moment)


def _period(rows, value):
    if value not in PERIODS:
        raise BadRequestError(f"period must be one of {', '.join(PERIODS)}")
    return PERIODS[value](rows)


STARTS_FROM = Filter("starts_from", "Events that begin at this moment or later.", _starts_from, MOMENT)
STARTS_TO = Filter("starts_to", "Events that begin before this moment; a date alone is included.", _starts_to, MOMENT)
PERIOD = Filter(
    "period", "Events that are still to come or going on, that are over, or all.", _period, {"enum": list(PERIODS)}
)

EVENTS = Items(
    label=EventPage._meta.label,
    filters=(PERIOD, *COMMON, STARTS_FROM, STARTS_TO),
    order="start",
    columns=frozenset({"id", "title", "slug", "date", "start", "first_published_at"}),
    defaults={"period": "upcoming"},
)


@contract("events", list_of(page_item("EventPage")), EVENTS.described)
@door
def events(request: HttpRequest) -> HttpResponse:
    """Events that are still to come, the first one first; those of the past with the last one first."""
    order = "-start" if request.GET.get("period") == "past" else "start"
    until = next_minute()
    return EVENTS.list(request, order).respond(until)


urlpatterns = [
    path("events/", events),
    path("events.ics", calendar.all_events),
    path("events/<int:pk>.ics", calendar.one_event),
    path("events/<int:pk>/registration-form/", registration_form),
    path("events/<int:pk>/registrations/", register),
    path("registrations/<str:token>/", either(own_registration, change_registration)),
]
