"""Feeds: the newest items of the whole site, of a region or of one kind, as Atom (RFC 4287) and RSS 2.0."""

import datetime
import json
from collections.abc import Iterable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.api.v2.utils import BadRequestError
from wagtail.models import Page

from . import document_texts
from .addresses import on_site
from .api.answers import Answer
from .api.contract import Parameter, contract
from .api.doors import door
from .api.filters import REGION, read_region
from .api.listing import allow_parameters
from .json_schema import one_of
from .models import PageDocument
from .plain_text import without_control_characters

NEWEST = 50
PARAMETERS = (REGION, Parameter("kind", "Which kind of items.", one_of(settings.FEED_KINDS)))


@contract("feeds", parameters=PARAMETERS, media_type="application/atom+xml")
@door
def atom(request: HttpRequest) -> HttpResponse:
    """The newest items as Atom."""
    return _answer(request, Atom1Feed)


@contract("feeds", parameters=PARAMETERS, media_type="application/rss+xml")
@door
def rss(request: HttpRequest) -> HttpResponse:
    """The newest items as RSS."""
    return _answer(request, Rss201rev2Feed)


def _answer(request, generator: type[SyndicationFeed]) -> HttpResponse:
    allow_parameters(request.GET, "region", "kind")
    region, kind = _requested_region(request), _requested_kind(request)
    feed = generator(**_describe(request.path, region, kind))
    cards = [json.loads(text.content) for text in document_texts.read(_newest(region, kind), "card")]
    for entry in _entries(cards):
        feed.add_item(**entry)
    return Answer(feed.writeString("utf-8"), ["pages"], content_type=feed.content_type)


def _requested_region(request: HttpRequest) -> PageDocument | None:
    return read_region(request.GET["region"]) if "region" in request.GET else None


def _requested_kind(request: HttpRequest) -> str | None:
    kind = request.GET.get("kind")
    if kind is not None and kind not in settings.FEED_KINDS:
        raise BadRequestError(f"kind must be one of {', '.join(settings.FEED_KINDS)}, not '{kind}'")
    return kind


def _describe(path: str, region: PageDocument | None, kind: str | None) -> dict:
    """What the generators want to know of the feed itself; its own address is also its id."""
    names = [settings.WAGTAIL_SITE_NAME, region and region.title, kind and kind.capitalize()]
    title = without_control_characters(" – ".join(filter(None, names)))
    asked = {"region": region and region.slug, "kind": kind}
    query = urlencode({name: value for name, value in asked.items() if value})
    feed_url = settings.WAGTAILADMIN_BASE_URL + path + (query and f"?{query}")
    return {
        "title": title,
        "link": on_site(region.html_path if region else "/"),
        "description": _("Het nieuwste van %(title)s") % {"title": title},
        "language": settings.LANGUAGE_CODE,
        "author_name": settings.WAGTAIL_SITE_NAME,
        "feed_url": feed_url,
        "feed_guid": feed_url,
    }


def _newest(region: PageDocument | None, kind: str | None) -> list[int]:
    """The ids of the items published last; an item keeps its place when it is published again."""
    kinds = [kind] if kind else settings.ITEM_KINDS
    rows = PageDocument.objects.filter(type__in=[label for name in kinds for label in settings.FEED_KINDS[name]])
    if region:
        rows = rows.filter(region=region.pk)
    newest = rows.order_by("-first_published_at", "pk")
    return list(newest.values_list("pk", flat=True)[:NEWEST])


def _entries(cards: list[dict]) -> Iterable[dict]:
    """The items as the generators want them.

    ``unique_id`` comes from the page's own UUID: it outlives another title, address or host name.
    """
    moments = Page.objects.only("translation_key", "first_published_at", "last_published_at")
    pages = moments.in_bulk([card["id"] for card in cards])
    for card in cards:
        if page := pages.get(card["id"]):
            yield {
                "title": without_control_characters(card["title"]),
                "link": on_site(card["meta"]["html_path"]),
                "description": escape(without_control_characters(card["summary"])),
                "unique_id": f"urn:uuid:{page.translation_key}",
                "unique_id_is_permalink": False,
                "pubdate": _local(page.first_published_at),
                "updateddate": _local(page.last_published_at or page.first_published_at),
                "author_name": card["region"] and without_control_characters(card["region"]["name"]),
                "categories": [without_control_characters(theme["title"]) for theme in card["themes"]],
                "enclosures": _enclosures(card["image"]),
            }


def _enclosures(image: dict | None) -> list[Enclosure]:
    """The picture as JPEG. Its size in bytes isn't known without opening the file; by custom that is a 0.

    https://www.rssboard.org/rss-profile#element-channel-item-enclosure
    """
    sources = image["srcset"] if image else []
    return [Enclosure(source["url"], "0", source["type"]) for source in sources if source["type"] == "image/jpeg"][:1]


def _local(moment: datetime.datetime | None) -> datetime.datetime | None:
    return moment and timezone.localtime(moment)
