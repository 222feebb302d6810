"""The doors to pages: lists, one page, and the page at a path."""

import json
from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import reverse
from wagtail.api.v2.utils import BadRequestError, page_models_from_string
from wagtail.models import Page, get_page_models

from cms import document_texts
from cms.compact_json import as_json
from cms.json_schema import BOOLEAN, STRING, Named, reference, shape
from cms.models import BasePage, PageDocument

from .answers import Answer
from .contract import FIND, contract, list_of
from .doors import NOT_CACHEABLE, door
from .errors import is_id
from .fields import pick, read_fields
from .filters import SITE
from .listing import Listed, allow_parameters, list_documents, narrow, read_order, read_part
from .ordering import COLUMNS
from .page_parameters import FIELDS, FILTERS, LIST, PATH
from .pages import PagesAPIViewSet
from .paths import Destination, destination, pages_at, site_path
from .selection import narrow_by_fields, search

# What has no say in how many pages there are in a list; ``_`` and ``format`` mean nothing here, but clients send them.
NOT_SELECTING = {"limit", "offset", "after", "order", "fields", "rich_text_format", "_", "format"}
OPERATIONS = {"type", *NOT_SELECTING, *(filter.name for filter in FILTERS)}
SEARCH = {"search", "search_operator"}
DESTINATION = Named("Destination", shape(redirect=STRING, permanent=BOOLEAN), "Where what was at a path is now.")


@contract("pages", list_of(reference("ListedPage")), LIST)
@door
def pages(request: HttpRequest) -> HttpResponse:
    """Wagtail's list of pages, which shows the card of each.

    A list without ``type``, or with several, holds cards; a list of one type may also show, select and order by
    the fields of that type.
    """
    parameters = request.GET
    types = _read_types(parameters)
    model = types[0] if len(types) == 1 else BasePage
    _check_names(parameters, model)
    fields = read_fields(parameters.get("fields", ""), model)
    part = read_part(parameters)

    rows = narrow(_of_types(types), parameters, FILTERS)
    if parameters.keys() - OPERATIONS - SEARCH:
        rows = narrow_by_fields(rows, model, request)
    kind = _kind(parameters, types)
    if "search" in parameters or not _is_order_of_documents(parameters, model):
        found = search(rows, model, request, part)
        listed = Listed(document_texts.read(found.page_ids, kind), found.total)
    else:
        key = sorted((name, value) for name, value in parameters.items() if name not in NOT_SELECTING)
        listed = list_documents(rows, read_order(parameters, "path"), part, kind, key, request.token)
    if "fields" in parameters and (parameters["fields"] != "*" or model is BasePage):
        listed = listed.change(lambda text: as_json(pick(json.loads(text.content), fields)))
    answer = listed.respond()
    if parameters.get("order") == "random":
        return HttpResponse(answer.content, "application/json", headers={"Cache-Control": NOT_CACHEABLE})
    return answer


@contract("pages", {"anyOf": [reference("Page"), reference("PickedPage")]}, [FIELDS], not_found=True, is_page=True)
@door
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One page."""
    rows = _offered(request.GET).filter(pk=pk)
    _check_rich_text_format(request.GET)
    if "fields" not in request.GET:
        return _respond_with(rows.values_list(*document_texts.COLUMNS, "detail")[:1])
    found = rows.values_list("type", flat=True).first()
    if found is None:
        raise Http404
    model = page_models_from_string(found)[0]
    fields = read_fields(request.GET["fields"], model, detail=True)
    details, fulls = (document_texts.read([pk], kind) for kind in ("detail", "full"))
    if not (details and fulls):
        raise Http404
    # Wagtail shows the locale only on demand, the parent only here.
    whole = json.loads(details[0].content)
    whole["meta"] |= json.loads(fulls[0].content)["meta"]
    return Answer(as_json(pick(whole, fields)), details[0].tags.split(), details[0].valid_until)


@contract("pages", parameters=FIND, not_found=True, redirects=True)
@door
def find(request: HttpRequest) -> HttpResponse:
    """Lead to the page with an ``id``, or at ``html_path``, as Wagtail's v2 does."""
    rows = _offered(request.GET)
    if "html_path" in request.GET:
        rows = rows.filter(html_path=site_path(request.GET["html_path"]))
    elif is_id(request.GET.get("id", "")):
        rows = rows.filter(pk=int(request.GET["id"]))
    else:
        raise BadRequestError("id must be a positive integer, or html_path given")
    pk = rows.values_list("pk", flat=True).first()
    if pk is None:
        raise Http404
    rest = request.GET.copy()
    for name in ("id", "html_path"):
        rest.pop(name, None)
    address = settings.WAGTAILAPI_BASE_URL + reverse("api:pages:detail", args=[pk])
    return HttpResponseRedirect(f"{address}?{rest.urlencode()}" if rest else address)


@contract("pages", {"anyOf": [reference("Page"), DESTINATION]}, [PATH], not_found=True, is_page=True)
@door
def resolve(request: HttpRequest) -> HttpResponse:
    """The page at ``path`` on the site; ``{redirect, permanent}`` when it is elsewhere now."""
    if "path" not in request.GET:
        raise BadRequestError("path is required")
    path = site_path(request.GET["path"])
    found = list(pages_at(path).values_list("html_path", *document_texts.COLUMNS, "detail")[:2])
    for html_path, *row in found:
        if html_path == request.GET["path"]:
            return _respond_with([row])
    target = Destination(found[0][0], is_permanent=True) if found else destination(path)
    # Redirects change without any document changing.
    return JsonResponse({"redirect": target.path, "permanent": target.is_permanent})


def _respond_with(rows: Iterable[tuple]) -> HttpResponse:
    """The whole of the one page in ``rows`` of columns; raises ``Http404`` when there is none."""
    texts = document_texts.hand_out(list(rows), "detail")
    if not texts:
        raise Http404
    return Answer(texts[0].content, texts[0].tags.split(), texts[0].valid_until)


def _read_types(parameters: QueryDict) -> list[type[Page]]:
    """The models that ``type`` names; none of them means all."""
    models = []
    for name in filter(None, parameters.get("type", "").split(",")):
        try:
            models += page_models_from_string(name)
        except (LookupError, ValueError) as error:
            raise BadRequestError(f"type '{name}' doesn't exist") from error
    return [] if {Page, BasePage} & set(models) else models


def _of_types(types: list[type[Page]]) -> QuerySet[PageDocument]:
    if not types:
        return PageDocument.objects.all()
    labels = [model._meta.label for model in get_page_models() if issubclass(model, tuple(types))]
    return PageDocument.objects.filter(type__in=labels)


def _offered(parameters: QueryDict) -> QuerySet[PageDocument]:
    """What ``type`` and ``site`` leave; Wagtail's v2 takes them also where one page is asked for."""
    return narrow(_of_types(_read_types(parameters)), parameters, (SITE,))


def _check_names(parameters: QueryDict, model: type[Page]) -> None:
    _check_rich_text_format(parameters)
    if parameters.get("search_operator", "and") not in ("and", "or"):
        raise BadRequestError("search_operator must be 'and' or 'or'")
    allow_parameters(parameters, *OPERATIONS, *SEARCH, "translation_of", "locale", *_filters(model))


def _check_rich_text_format(parameters: QueryDict) -> None:
    offered = settings.WAGTAILAPI_RICH_TEXT_FORMAT
    if parameters.get("rich_text_format", offered) != offered:
        raise BadRequestError(f"rich_text_format must be '{offered}'; other formats are not offered")


def _is_order_of_documents(parameters: QueryDict, model: type[Page]) -> bool:
    names = {name.removeprefix("-") for name in parameters.get("order", "id").split(",")}
    return names <= COLUMNS & set(_columns(model))


@cache
def _filters(model: type[Page]) -> list[str]:
    """Columns to select by; not those that refer to pages, which would tell of a page that isn't public."""
    fields = [model._meta.get_field(name) for name in _columns(model)]
    return [field.name for field in fields if not (field.is_relation and issubclass(field.related_model, Page))]


@cache
def _columns(model: type[Page]) -> list[str]:
    return PagesAPIViewSet.get_available_fields(model, db_fields_only=True)


def _kind(parameters: QueryDict, types: list[type[Page]]) -> str:
    if "fields" in parameters:
        return "full"
    return "item" if len(types) == 1 else "card"
