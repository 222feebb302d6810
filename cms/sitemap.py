"""The addresses of all public pages, for search engines: https://www.sitemaps.org/protocol.html."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import escape
from wagtail.api.v2.utils import BadRequestError

from .addresses import on_site
from .api.answers import Answer
from .api.contract import Parameter, contract
from .api.doors import door
from .api.listing import allow_parameters
from .json_schema import ID
from .models import PageDocument
from .models.documents import NO_MOMENT

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
PART = Parameter("part", "Which part, when one file can't hold all addresses.", ID)


@contract("feeds", parameters=[PART], media_type="application/xml")
@door
def sitemap(request: HttpRequest) -> HttpResponse:
    """All addresses, or when one file can't hold them an index of the files ``?part=1`` and so on."""
    allow_parameters(request.GET, "part")
    size = settings.SITEMAP_SIZE
    parts = max(1, -(-PageDocument.objects.count() // size))
    names = [str(number) for number in range(1, parts + 1)]
    part = request.GET.get("part")
    if part is None and parts > 1:
        address = settings.WAGTAILADMIN_BASE_URL + request.path
        return _xml("sitemapindex", "sitemap", ((f"{address}?part={name}", NO_MOMENT) for name in names))
    if part not in (None, *names):
        raise BadRequestError(f"part must be a number from 1 to {parts}")
    start = names.index(part or "1") * size
    return _xml("urlset", "url", _pages(start, start + size))


def _pages(start: int, end: int) -> Iterable[tuple]:
    """The address of each page and when it was last published, in the order in which they were made."""
    rows = PageDocument.objects.order_by("pk").values_list("html_path", "last_published_at")
    return ((on_site(path), moment) for path, moment in rows[start:end])


def _xml(root: str, entry: str, rows: Iterable[tuple]) -> HttpResponse:
    entries = (f"<{entry}><loc>{escape(address)}</loc>{_lastmod(moment)}</{entry}>\n" for address, moment in rows)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>\n', f'<{root} xmlns="{NAMESPACE}">\n', *entries, f"</{root}>\n"]
    return Answer("".join(lines), ["pages"], content_type="application/xml; charset=utf-8")


def _lastmod(moment: datetime.datetime) -> str:
    if moment == NO_MOMENT:
        return ""
    return f"<lastmod>{timezone.localtime(moment).isoformat(timespec='seconds')}</lastmod>"
