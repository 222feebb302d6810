"""What the templates of the mail need beyond Django's own filters."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsletter import richtext

register = template.Library()
register.filter("absolute", richtext.absolute)
register.filter("mail_text", richtext.to_text)

MEDIA_TYPE = "image/jpeg"  # what every mail client shows
REGISTERING = {
    "not_yet": gettext_lazy("aanmelden kan nog niet"),
    "waiting_list": gettext_lazy("vol, wel een wachtlijst"),
    "full": gettext_lazy("vol"),
    "closed": gettext_lazy("aanmelden is niet meer mogelijk"),
    "cancelled": gettext_lazy("gaat niet door"),
    "past": gettext_lazy("geweest"),
}
"""Why one can't have a place at an event (yet), by the state of its registration."""


@register.filter
def mail_html(html: str) -> SafeString:
    """Clean HTML as it can stand in MJML."""
    return SafeString(richtext.to_mail_html(html))


@register.filter
def heading(text: str) -> str:
    """``text`` with a line below it."""
    return f"{text}\n{'-' * len(text)}"


@register.filter
def capitals(text: str) -> str:
    return text.upper()


@register.filter
def moment(iso: str) -> datetime.datetime:
    """A moment of the API, in Europe/Amsterdam."""
    return timezone.localtime(datetime.datetime.fromisoformat(iso))


@register.filter
def when(event: dict[str, Any]) -> list[str]:
    """When ``event`` of the API begins, where it is, and why one can't have a place, as far as known."""
    place, state = event["place"], event["registration"]["state"]
    begins = date_format(moment(event["start"]), "l j F Y")
    if not event["all_day"]:
        begins += f", {date_format(moment(event['start']), 'G.i')} {_('uur')}"
    city = place["city"] and ", ".join(filter(None, (place["venue"], place["city"])))
    where = _("online") if place["online"] else city
    return [str(part) for part in (begins, where, REGISTERING.get(state)) if part]


@register.filter
def pairs(items: Sequence) -> list[Sequence]:
    return [items[start : start + 2] for start in range(0, len(items), 2)]


@register.filter
def picture(image: dict[str, Any] | None, width: int) -> dict[str, Any] | None:
    """The file of ``image`` for a column of ``width`` pixels, as ``{url, alt, width, height}``; sharp on dense screens.

    The file is larger than it is shown; what is smaller than the column isn't enlarged. Width and height are
    text, which a template writes faster than numbers.
    """
    sources = image["srcset"] if image else []
    source = next((source for source in sources if source["type"] == MEDIA_TYPE), None)
    if source is None:
        return None
    width = min(width, source["width"])
    height = round(width * source["height"] / source["width"])
    return {"url": source["url"], "alt": image["alt"], "width": str(width), "height": str(height)}
