"""The pages API: Wagtail's own v2, with cards of every kind of page in one listing."""

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from wagtail.api.v2 import filters as wagtail_filters
from wagtail.api.v2.utils import BadRequestError, page_models_from_string
from wagtail.api.v2.views import PagesAPIViewSet as WagtailPagesAPIViewSet
from wagtail.models import Page, ReferenceIndex, get_default_page_content_type

from cms import documents
from cms.models import BasePage, PageDocument
from cms.region import attach_regions, without_hidden_regions
from cms.renditions import prefetch_renditions

from .errors import OutOfRangeIsBadRequest
from .filters import FILTERS, FieldsFilter, OrderingFilter, SearchFilter, stable_order
from .page_serializer import CleanPageSerializer
from .pagination import BoundedPagination

# What the documents can answer; anything else is asked of the pages themselves, with the same result.
DOCUMENT_COLUMNS = {"id", "title", "slug", "date", "start", "first_published_at"}
IGNORED_PARAMETERS = {"_", "format", "rich_text_format"}
FEATURE_FILTERS = tuple(import_string(name) for name in settings.PAGES_API_FILTERS)

TREE_FILTERS = (
    wagtail_filters.ChildOfFilter,
    wagtail_filters.AncestorOfFilter,
    wagtail_filters.DescendantOfFilter,
)
DOCUMENT_FILTERS = (*TREE_FILTERS, *FILTERS, *FEATURE_FILTERS)
FILTER_PARAMETERS = {name for backend in (*FILTERS, *FEATURE_FILTERS) for name in backend.parameters}
DOCUMENT_PARAMETERS = FILTER_PARAMETERS | {
    "type",
    "child_of",
    "ancestor_of",
    "descendant_of",
    "order",
    "limit",
    "offset",
    "fields",
}


class PagesAPIViewSet(OutOfRangeIsBadRequest, WagtailPagesAPIViewSet):
    """Wagtail's pages endpoint, whose listings show the card of each page.

    A listing without ``type``, or with several, holds the cards of ``BasePage``; a listing of one type may also
    show, filter and order by the fields of that type.
    """

    base_serializer_class = CleanPageSerializer
    pagination_class = BoundedPagination
    filter_backends = [
        FieldsFilter,
        *DOCUMENT_FILTERS,
        OrderingFilter,
        wagtail_filters.TranslationOfFilter,
        wagtail_filters.LocaleFilter,
        SearchFilter,  # last: what it returns can't be filtered further
    ]
    known_query_parameters = WagtailPagesAPIViewSet.known_query_parameters | FILTER_PARAMETERS

    def listing_view(self, request):
        kind = self._kind_of_text()
        if kind is None:
            return super().listing_view(request)
        rows = PageDocument.objects.order_by("path")
        if labels := [model._meta.label for model in self._types()]:
            rows = rows.filter(type__in=labels)
        for backend in DOCUMENT_FILTERS:
            rows = backend().filter_queryset(request, rows, self)
        if "order" in request.GET:
            rows = rows.order_by(*stable_order(request.GET["order"].split(","), key="pk"))
        page_ids = list(super().paginate_queryset(rows.values_list("pk", flat=True)))
        texts = ",".join(read_documents(page_ids, kind))
        total = self.paginator.total_count
        return json_response(f'{{"meta":{{"total_count":{total}}},"items":[{texts}]}}')

    def detail_view(self, request, pk):
        self.resolve_rich_text_format()
        if set(request.GET) - IGNORED_PARAMETERS:
            return super().detail_view(request, pk)
        for text in read_documents([pk], "detail"):
            return json_response(text)
        raise Http404("not found")

    def _kind_of_text(self) -> str | None:
        """Which text of the documents answers this listing; ``None`` when it has to be asked of the pages."""
        self.resolve_rich_text_format()
        types = self._types()
        model = types[0] if len(types) == 1 else BasePage
        self.check_query_parameters(model.objects.none())
        if set(self.request.GET) - DOCUMENT_PARAMETERS - IGNORED_PARAMETERS or {Page, BasePage} & set(types):
            return None
        order = {name.lstrip("-") for name in self.request.GET.get("order", "id").split(",")}
        columns = DOCUMENT_COLUMNS & set(self.get_available_fields(model, db_fields_only=True))
        fields = self.request.GET.get("fields", "")
        if order - columns or fields not in ("", "*") or (fields and len(types) != 1):
            return None
        return "full" if fields else "item" if len(types) == 1 else "card"

    def _types(self) -> list[type[Page]]:
        """The models that ``type`` names; says which of the names is wrong, where Wagtail leaves one guessing."""
        models = []
        for name in filter(None, self.request.GET.get("type", "").split(",")):
            try:
                models += page_models_from_string(name)
            except (LookupError, ValueError) as error:
                raise BadRequestError(f"type '{name}' doesn't exist") from error
        return models

    @classmethod
    def get_listing_default_fields(cls, model):
        return super().get_listing_default_fields(model) + ["html_path", *getattr(model, "card_fields", ())]

    def check_query_parameters(self, queryset):
        super().check_query_parameters(queryset)
        for name, values in self.request.GET.lists():
            if any("\x00" in value for value in values):
                raise BadRequestError(f"null characters are not allowed in {name}")

    def resolve_rich_text_format(self):
        offered = settings.WAGTAILAPI_RICH_TEXT_FORMAT
        if self.request.GET.get("rich_text_format", offered) != offered:
            raise BadRequestError(f"rich_text_format must be '{offered}'; other formats are not offered")
        return offered

    def get_queryset(self):
        self._types()
        queryset = super().get_queryset()
        if queryset.model is Page:
            queryset = BasePage.objects.filter(pk__in=queryset.order_by().values("pk"))
        return queryset

    def get_base_queryset(self):
        return self._public_pages.all()

    @cached_property
    def _public_pages(self):
        """Building it asks for view restrictions and hidden regions, and a request needs it several times."""
        return without_hidden_regions(super().get_base_queryset())

    def paginate_queryset(self, queryset):
        return with_cards(super().paginate_queryset(queryset))

    def get_object(self):
        page = super().get_object()
        self.fetch_for(page)
        return page

    def fetch_for(self, page: BasePage) -> None:
        """Fetch what ``page`` shows, and the cards of all pages that it refers to, in a fixed number of queries."""
        if page.pk not in self._pages:
            references = ReferenceIndex.get_references_for_object(page).filter(
                to_content_type=get_default_page_content_type()
            )
            self._fetch_cards({int(pk) for pk in references.values_list("to_object_id", flat=True)}, along_with=page)

    def find_object(self, queryset, request):
        if "\x00" in request.GET.get("html_path", ""):
            raise Http404("not found")
        return super().find_object(queryset, request)

    def represent_cards(self, page_ids: list[int]) -> list[dict]:
        """The cards of those pages that are public, in the order given."""
        self._fetch_cards(set(page_ids) - self._pages.keys())
        pages = (self._pages[pk] for pk in page_ids)
        return [self._card_serializer.to_representation(page) for page in pages if page]

    @cached_property
    def _pages(self) -> dict[int, BasePage | None]:
        """The pages whose cards were fetched for this request, by id; ``None`` for one that isn't public."""
        return {}

    @cached_property
    def _card_serializer(self):
        card_class = self._get_serializer_class(self.request.wagtailapi_router, BasePage, fields_config=[])
        return card_class(context=self.get_serializer_context())

    def _fetch_cards(self, page_ids: set[int], along_with: BasePage | None = None) -> None:
        found = []
        if page_ids:
            found = list(BasePage.objects.filter(pk__in=self.get_base_queryset().filter(pk__in=page_ids).values("pk")))
        self._pages.update(dict.fromkeys(page_ids))
        if along_with:
            found.append(along_with)
        self._pages.update({page.pk: page for page in with_cards(found)})


def read_documents(page_ids: list[int], kind: str) -> list[str]:
    """The texts of those pages that are public, in the order given; what is stale is rendered first."""
    known = PageDocument.objects.filter(pk__in=page_ids)
    texts = dict(known.fresh(documents.version()).values_list("pk", kind))
    if len(texts) < len(page_ids):
        texts |= {pk: rendered[kind] for pk, rendered in documents.refresh(page_ids).items()}
    return [texts[pk] for pk in page_ids if pk in texts]


def json_response(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="application/json")


def with_cards(pages) -> list:
    """Fetch what the cards of ``pages`` (a queryset or search results) show, in as many queries for 50 as for 5."""
    pages = list(pages)
    prefetch_related_objects(pages, "image", prefetch_renditions("image__renditions"), "themes", "audiences")
    attach_regions(pages)
    return pages
