"""What a listing can be narrowed and ordered by, on top of Wagtail's own filters.

They work on pages and on documents alike; every bad value is a ``BadRequestError``
that names the parameter.
"""

import datetime
from collections.abc import Iterable

from django.core.exceptions import FieldError, ValidationError
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from rest_framework.filters import BaseFilterBackend
from wagtail.api.v2 import filters as wagtail_filters
from wagtail.api.v2.utils import BadRequestError

from cms.models import Audience, BasePage, Term, Theme
from cms.region import find_region

from .errors import is_id

MAX_SEARCH = 200
YEARS = range(1900, 2201)


class ParameterFilter(BaseFilterBackend):
    """A filter that reads ``parameters`` from the query string and does nothing when none is there."""

    parameters: tuple[str, ...]

    def filter_queryset(self, request, queryset, view):
        for parameter in self.parameters:
            if parameter in request.GET:
                queryset = self.narrow(queryset, parameter, request.GET[parameter])
        return queryset

    def narrow(self, queryset: QuerySet, parameter: str, value: str) -> QuerySet:
        raise NotImplementedError


class RegionFilter(ParameterFilter):
    """``region=``: slug or id; the region itself and all pages below it."""

    parameters = ("region",)

    def narrow(self, queryset, parameter, value):
        region = find_region(slug=value) or (find_region(pk=int(value)) if is_id(value) else None)
        if region is None:
            raise BadRequestError(f"region '{value}' doesn't exist")
        return queryset.descendant_of(region, inclusive=True)


class TermFilter(ParameterFilter):
    """``theme=`` and ``audience=``: the slug of a term."""

    parameters = ("theme", "audience")
    models: dict[str, type[Term]] = {"theme": Theme, "audience": Audience}

    def narrow(self, queryset, parameter, value):
        term = self.models[parameter].objects.filter(slug=value).first()
        if term is None:
            raise BadRequestError(f"{parameter} '{value}' doesn't exist")
        return queryset.filter(pk__in=term.pages.values("pk"))


class DateFilter(ParameterFilter):
    """``date_from=`` and ``date_to=``: the date of the card, both days included."""

    parameters = ("date_from", "date_to")
    lookups = {"date_from": "date__gte", "date_to": "date__lte"}

    def narrow(self, queryset, parameter, value):
        dated = BasePage.objects.filter(**{self.lookups[parameter]: read_date(parameter, value)})
        return queryset.filter(pk__in=dated.values("pk"))


class FieldsFilter(wagtail_filters.FieldsFilter):
    """Wagtail's filter on fields, with an answer instead of a crash when a value doesn't fit its field."""

    def filter_queryset(self, request, queryset, view):
        try:
            return super().filter_queryset(request, queryset, view)
        except (ValueError, TypeError, ValidationError, FieldError) as error:
            fields = set(view.get_available_fields(queryset.model, db_fields_only=True))
            given = ", ".join(sorted(fields & set(request.GET)))
            raise BadRequestError(f"field filter error. a value is not valid for one of: {given}") from error


class OrderingFilter(wagtail_filters.OrderingFilter):
    """Wagtail's ordering, made stable: what has no value comes last, ties are broken by id."""

    def filter_queryset(self, request, queryset, view):
        columns = {field.name for field in queryset.model._meta.concrete_fields if not field.is_relation}
        for name in filter(None, request.GET.get("order", "").split(",")):
            if name.lstrip("-") not in columns | {"random"}:
                raise BadRequestError(f"cannot order by '{name}' (unknown field)")
        ordered = super().filter_queryset(request, queryset, view)
        names = ordered.query.order_by
        if "order" not in request.GET or "?" in names:
            return ordered
        return ordered.order_by(*stable_order(names))


class SearchFilter(wagtail_filters.SearchFilter):
    """Wagtail's search, of words only: what its backends stumble over is a bad request."""

    def filter_queryset(self, request, queryset, view):
        operator = request.GET.get("search_operator", "and")
        if operator not in ("and", "or"):
            raise BadRequestError(f"search_operator must be 'and' or 'or', not '{operator}'")
        if len(request.GET.get("search", "")) > MAX_SEARCH:
            raise BadRequestError(f"search cannot be longer than {MAX_SEARCH} characters")
        if '"' in request.GET.get("search", ""):
            raise BadRequestError("search cannot hold quotation marks")
        return super().filter_queryset(request, queryset, view)


def stable_order(names: Iterable[str], key: str = "id") -> list:
    """The order by ``names``, with what has no value last and ties broken by ``id``, which is the column ``key``."""
    names = [f"-{key}" if name == "-id" else key if name == "id" else name for name in names]
    return [*map(_nulls_last, names), key]


def _nulls_last(name: str):
    field = F(name.lstrip("-"))
    return field.desc(nulls_last=True) if name.startswith("-") else field.asc(nulls_last=True)


def read_date(parameter: str, value: str) -> datetime.date:
    try:
        date = parse_date(value)
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
        moment = parse_datetime(value)
        date = parse_date(value)
    except ValueError:
        moment = date = None
    if moment is None or moment.year not in YEARS:
        raise BadRequestError(f"{parameter} must be a date or an ISO 8601 date and time, not '{value}'")
    if date and end_of_day:
        moment += datetime.timedelta(days=1)
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


FILTERS = (RegionFilter, TermFilter, DateFilter)
