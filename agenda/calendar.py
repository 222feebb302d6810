"""Events as iCalendar (RFC 5545): one for the visitor's own calendar, or all of a region or the nation to subscribe to.

An event that goes offline leaves the calendars; one that is marked as cancelled stays, with ``STATUS:CANCELLED``, so
that whoever has it in a calendar already gets to know.
"""

import datetime
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vCalAddress

from cms.addresses import address_of
from cms.api.contract import contract
from cms.api.doors import door
from cms.api.errors import is_id
from cms.api.filters import REGION, read_region
from cms.api.listing import allow_parameters
from cms.models import PageDocument
from cms.plain_text import without_control_characters

from .models import EventPage

AMSTERDAM = ZoneInfo(settings.TIME_ZONE)
# Nothing was published before, and seconds since then fit the 32 bits of SEQUENCE until 2088.
SEQUENCE_START = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
# Whoever subscribes keeps seeing what was held lately; with more events than MOST, the last ones come in later.
LATELY = datetime.timedelta(days=92)
MOST = 500
REFRESH_INTERVAL = datetime.timedelta(hours=1)

# The rule of the European Union since 1996. What the library would write itself is the list of all days until 2038.
TIME_ZONE_RULES = Timezone.from_ical(
    f"""BEGIN:VTIMEZONE
TZID:{AMSTERDAM.key}
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE"""
)


@contract("events", media_type="text/calendar", not_found=True)
@door
def one_event(request: HttpRequest, pk: int) -> HttpResponse:
    """One event as iCalendar."""
    allow_parameters(request.GET)
    events = _components(_public_events().filter(pk=pk)) if is_id(str(pk)) else []
    if not events:
        raise Http404
    response = _answer(_calendar(events))
    response["Content-Disposition"] = f'inline; filename="{pk}.ics"'
    return response


@contract("events", parameters=[REGION], media_type="text/calendar")
@door
def all_events(request: HttpRequest) -> HttpResponse:
    """The events of the nation or of a region as iCalendar, to subscribe to."""
    allow_parameters(request.GET, "region")
    region = read_region(request.GET["region"]) if "region" in request.GET else None
    events = _public_events(region).filter(start__gte=timezone.now() - LATELY).order_by("start", "pk")
    names = [settings.WAGTAIL_SITE_NAME, *([region.title] if region else [])]
    return _answer(_calendar(_components(events[:MOST]), name=" – ".join(names)))


def calendar_to_mail(
    event: EventPage, method: str, made_at: datetime.datetime, organiser: str, note: str = ""
) -> bytes:
    """``event`` for one person, under the same UID as in the calendars above.

    ``method`` is ``PUBLISH``, or ``CANCEL`` to have it taken out (RFC 5546, 3.2.1 and 3.2.5): then DTSTAMP is when this
    was made, and tells two of the same SEQUENCE apart. ``organiser`` is an e-mail address; ``note`` comes before the
    summary.
    """
    component = _component(event)
    changes = {"dtstamp": made_at, "organizer": vCalAddress(f"mailto:{organiser}")}
    if method == "CANCEL":
        changes["status"] = "CANCELLED"
    if note:
        changes["description"] = without_control_characters("\n\n".join(filter(None, [note, event.summary])))
    for name, value in changes.items():
        component.pop(name, None)
        component.add(name, value)
    calendar = _calendar([component])
    calendar.add("method", method)
    return calendar.to_ical()


def _public_events(region: PageDocument | None = None):
    """The events that have a document. They are read from their own rows: hundreds need not be rendered for this."""
    documents = PageDocument.objects.filter(type=EventPage._meta.label)
    if region:
        documents = documents.filter(region=region.pk)
    events = EventPage.objects.filter(pk__in=documents.values("pk"), start__isnull=False)
    return events.defer_streamfields().prefetch_related("themes")


def _components(events: Iterable[EventPage]) -> list[Event]:
    return [_component(event) for event in events]


def _component(event: EventPage) -> Event:
    """``event`` as a VEVENT.

    Without a METHOD, DTSTAMP is when the event was last changed (3.8.7.2), so an unchanged calendar stays the same to
    the byte. SEQUENCE must rise with each version (3.8.7.4); the moment of publication does, and needs no counter.
    """
    published = event.last_published_at or SEQUENCE_START
    component = Event()
    component.add("uid", str(event.translation_key))
    component.add("dtstamp", published)
    component.add("last-modified", published)
    component.add("sequence", max(0, int((published - SEQUENCE_START).total_seconds())))
    component.add("dtstart", _day_or_moment(event, event.start))
    if event.end:
        component.add("dtend", _day_or_moment(event, event.end))
    component.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    texts = {
        # Many programs show a subscription without its STATUS.
        "summary": _("Gaat niet door: %(title)s") % {"title": event.title} if event.cancelled else event.title,
        "description": event.summary,
        "location": location_of(event),
    }
    for name, text in texts.items():
        if text:
            component.add(name, without_control_characters(text))
    component.add("url", address_of(event))
    if themes := event.themes.all():
        component.add("categories", [without_control_characters(theme.title) for theme in themes])
    return component


def _day_or_moment(event: EventPage, moment: datetime.datetime) -> datetime.date:
    """An event that lasts whole days has days only, of which the last is the first one after it (3.6.1)."""
    return moment.astimezone(AMSTERDAM).date() if event.all_day else _moment(moment)


def _moment(moment: datetime.datetime) -> datetime.datetime:
    """In Europe/Amsterdam, which a calendar writes without offset.

    Where the clock goes back, that means the first of two moments (3.3.5); the second is given in UTC.
    """
    moment = moment.astimezone(AMSTERDAM)
    return moment.astimezone(datetime.UTC) if moment.fold else moment


def location_of(event: EventPage) -> str:
    town = f"{event.postcode} {event.city}".strip()
    parts = [_("Online") if event.online else "", event.venue, event.street, town]
    return ", ".join(filter(None, parts))


def _calendar(events: list[Event], name: str = "") -> Calendar:
    """``name`` makes it one to subscribe to (RFC 7986, 5.1 and 5.7; X-WR-CALNAME is what most programs read)."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{settings.WAGTAIL_SITE_NAME}//Agenda//NL")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", REFRESH_INTERVAL, parameters={"VALUE": "DURATION"})
    calendar.add_component(TIME_ZONE_RULES)
    for event in events:
        calendar.add_component(event)
    return calendar


def _answer(calendar: Calendar) -> HttpResponse:
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
