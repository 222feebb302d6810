"""What lists can be narrowed by: each filter reads one parameter and narrows the documents.

Every bad value is a ``BadRequestError`` that names the parameter.
"""

import datetime
import re
from collections.abc import Callable
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.validators import SiteFilterValidator

from cms.models import Audience, BasePage, PageDocument, Theme
from cms.models.documents import NO_DATE
from cms.moments import first_moment, first_moment_after
from cms.region import region_model

from .errors import is_id

YEARS = range(1900, 2201)
# Python takes weeks and days without hyphens too, and Django days of one digit.
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


class Filter(NamedTuple):
    """One parameter of a list."""

    name: str
    description: str
    narrow: Callable[[QuerySet[PageDocument], str], QuerySet[PageDocument]]
    """Raises ``BadRequestError`` for a value that it doesn't know."""
    schema: dict = {"type": "string"}
    """JSON Schema of the value."""


def _of_region(rows, value):
    return rows.filter(region=read_region(value).pk)


def _filed_under(model, field):
    name = model._meta.model_name
    filed = BasePage._meta.get_field(field).remote_field.through.objects

    def narrow(rows, value):
        term = model.objects.filter(slug=value).values_list("pk", flat=True).first()
        if term is None:
            raise BadRequestError(f"{name} '{value}' doesn't exist")
        return rows.filter(pk__in=filed.filter(**{name: term}).values("basepage"))

    return narrow


def _date_from(rows, value):
    return rows.filter(date__gte=read_date("date_from", value))


def _date_to(rows, value):
    return rows.filter(date__lte=read_date("date_to", value), date__gt=NO_DATE)


def _child_of(rows, value):
    return rows.child_of(_read_page("child_of", value))


def _descendant_of(rows, value):
    return rows.descendant_of(_read_page("descendant_of", value))


def _ancestor_of(rows, value):
    if value == "root":
        raise BadRequestError("ancestor_of must be a positive integer")
    return rows.ancestor_of(_read_page("ancestor_of", value))


def _of_site(rows, value):
    try:
        site = SiteFilterValidator(site=value, request=None).site_obj
    except ValueError as error:
        raise BadRequestError(f"site must be a host name, with or without a port, not '{value}'") from error
    return rows.filter(path__startswith=site.root_page.path) if site else rows


def _read_page(parameter: str, value: str) -> PageDocument:
    """The document of the page with this id, or of the home page for ``root``."""
    if value == "root":
        page = PageDocument.objects.order_by("path").first()
    elif is_id(value):
        page = PageDocument.objects.filter(pk=int(value)).only("path", "depth").first()
    else:
        raise BadRequestError(f"{parameter} must be a positive integer, or 'root'")
    if page is None:
        raise BadRequestError(f"{parameter}: page {value} doesn't exist")
    return page


def read_region(value: str) -> PageDocument:
    """The document of the region with this slug or id, without its texts."""
    regions = PageDocument.objects.filter(type=region_model()._meta.label).only("title", "slug", "html_path")
    region = regions.filter(slug=value).first() or (regions.filter(pk=int(value)).first() if is_id(value) else None)
    if region is None:
        raise BadRequestError(f"region '{value}' doesn't exist")
    return region


def read_date(parameter: str, value: str) -> datetime.date:
    try:
        date = parse_date(value) if re.fullmatch(DAY, value) else None
    except ValueError:
        date = None
    if date is None:
        raise BadRequestError(f"{parameter} must be a date (YYYY-MM-DD), not '{value}'")
    return date


def read_moment(parameter: str, value: str, end_of_day: bool = False) -> datetime.datetime:
    """An ISO 8601 date and time, in Europe/Amsterdam when it has no offset; of a date alone its first moment.

    With ``end_of_day`` a date alone means the first moment of the next day, so that "before" includes the day.
    """
    try:
        moment = parse_datetime(value) if re.fullmatch(f"{DAY}([T ].+)?", value) else None
        date = moment and parse_date(value)
    except ValueError:
        moment = date = None
    if moment is None or moment.year not in YEARS:
        raise BadRequestError(f"{parameter} must be a date or an ISO 8601 date and time, not '{value}'")
    if date:
        return first_moment_after(date) if end_of_day else first_moment(date)
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


DATE = {"type": "string", "format": "date"}
PAGE_ID = {"type": "integer", "minimum": 1}
PAGE_ID_OR_ROOT = {"anyOf": [PAGE_ID, {"const": "root"}]}

REGION = Filter("region", "Slug or id of a region: the region itself and all pages below it.", _of_region)
THEME = Filter("theme", "Slug of a theme that the pages are filed under.", _filed_under(Theme, "themes"))
AUDIENCE = Filter("audience", "Slug of an audience that the pages are for.", _filed_under(Audience, "audiences"))
DATE_FROM = Filter("date_from", "First day of the date that readers see.", _date_from, DATE)
DATE_TO = Filter("date_to", "Last day, included, of the date that readers see.", _date_to, DATE)
CHILD_OF = Filter("child_of", "Id of a page: those right below it.", _child_of, PAGE_ID_OR_ROOT)
DESCENDANT_OF = Filter("descendant_of", "Id of a page: all those below it.", _descendant_of, PAGE_ID_OR_ROOT)
ANCESTOR_OF = Filter("ancestor_of", "Id of a page: those above it.", _ancestor_of, PAGE_ID)
# There is one site; Wagtail's clients may name it.
SITE = Filter("site", "Host name of the site, with or without a port.", _of_site)

COMMON = (REGION, THEME, AUDIENCE, DATE_FROM, DATE_TO)
TREE = (CHILD_OF, DESCENDANT_OF, ANCESTOR_OF, SITE)
