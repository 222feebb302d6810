"""What the templates of the mail need beyond Django's own filters."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from newsletter import richtext

register = template.Library()
register.filter("absolute", richtext.absolute)
register.filter("mail_text", richtext.to_text)

MEDIA_TYPE = "image/jpeg"  # what every mail client shows


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
def pairs(items: Sequence) -> list[Sequence]:
    return [items[start : start + 2] for start in range(0, len(items), 2)]


@register.filter
def picture(image: dict[str, Any] | None, width: int) -> dict[str, Any] | None:
    """The file of ``image`` for a column of ``width`` pixels, as ``{url, width, height}``; sharp on dense screens.

    The file is larger than it is shown; what is smaller than the column isn't enlarged.
    """
    sources = image["srcset"] if image else []
    source = next((source for source in sources if source["type"] == MEDIA_TYPE), None)
    if source is None:
        return None
    width = min(width, source["width"])
    return {"url": source["url"], "width": width, "height": round(width * source["height"] / source["width"])}
