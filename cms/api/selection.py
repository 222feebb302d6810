"""What documents can't be selected by, fields of page types and words, is asked of the pages by Wagtail's filters."""

from typing import NamedTuple

from django.core.exceptions import FieldError, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.api.v2 import filters
from wagtail.api.v2.utils import BadRequestError
from wagtail.models import Page

from cms.models import PageDocument

from .listing import Part
from .pages import PagesAPIViewSet

MAX_SEARCH = 200


def narrow_by_fields(rows: QuerySet[PageDocument], model: type[Page], request: HttpRequest) -> QuerySet[PageDocument]:
    """Those ``rows`` whose pages have the values that the parameters name: fields of ``model``, locale."""
    pages = model.objects.filter(pk__in=rows.values("pk"))
    view = _view(request)
    try:
        for backend in (filters.FieldsFilter, filters.TranslationOfFilter, filters.LocaleFilter):
            pages = backend().filter_queryset(request, pages, view)
    except (ValueError, TypeError, ValidationError, FieldError) as error:
        fields = set(view.get_available_fields(model, db_fields_only=True))
        given = ", ".join(sorted(fields & set(request.GET)))
        raise BadRequestError(f"field filter error. a value is not valid for one of: {given}") from error
    return PageDocument.objects.filter(pk__in=pages.order_by().values("pk"))


class Found(NamedTuple):
    page_ids: list[int]
    total: int


def search(rows: QuerySet[PageDocument], model: type[Page], request: HttpRequest, part: Part) -> Found:
    """The pages of ``rows`` that ``search`` finds, in the order of any field, or of how well they match."""
    if part.after is not None:
        raise BadRequestError("after cannot go with search or with this order; use offset")
    _check_search(request)
    if "search" in request.GET and not request.GET["search"].strip():
        return Found([], 0)  # as Wagtail answers no words; it stumbles over mere spaces
    view = _view(request)
    pages = model.objects.filter(pk__in=rows.values("pk"))
    for backend in (StableOrderingFilter, filters.SearchFilter):
        pages = backend().filter_queryset(request, pages, view)
    page_ids = [page.pk for page in pages[part.offset : part.offset + part.limit]]
    return Found(page_ids, pages.count())


class StableOrderingFilter(filters.OrderingFilter):
    """Wagtail's ordering by columns only, with ties broken by id."""

    def filter_queryset(self, request, queryset, view):
        columns = {field.name for field in queryset.model._meta.concrete_fields}
        for name in filter(None, request.GET.get("order", "").split(",")):
            if name.removeprefix("-") not in columns | {"random"}:
                raise BadRequestError(f"cannot order by '{name}' (unknown field)")
        ordered = super().filter_queryset(request, queryset, view)
        names = ordered.query.order_by
        return ordered if "?" in names or "id" in names or "-id" in names else ordered.order_by(*names, "id")


def _check_search(request: HttpRequest) -> None:
    """What the search backends stumble over is a bad request."""
    words = request.GET.get("search", "")
    if len(words) > MAX_SEARCH:
        raise BadRequestError(f"search cannot be longer than {MAX_SEARCH} characters")
    if '"' in words:
        raise BadRequestError("search cannot hold quotation marks")


def _view(request: HttpRequest) -> PagesAPIViewSet:
    view = PagesAPIViewSet()
    view.request = request
    return view
