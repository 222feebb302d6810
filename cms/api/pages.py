"""The pages API: Wagtail's own v2, with cards of every kind of page in one listing."""

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from rest_framework.serializers import CharField
from wagtail.api.v2 import filters as wagtail_filters
from wagtail.api.v2.serializers import PageAliasOfField, PageParentField, PageSerializer
from wagtail.api.v2.utils import BadRequestError, page_models_from_string
from wagtail.api.v2.views import PagesAPIViewSet as WagtailPagesAPIViewSet
from wagtail.fields import RichTextField
from wagtail.models import Page, ReferenceIndex, get_default_page_content_type

from cms.models import BasePage
from cms.region import attach_regions
from cms.renditions import prefetch_renditions
from cms.richtext import clean_html

from .filters import FILTERS, FieldsFilter, OrderingFilter, SearchFilter
from .pagination import BoundedPagination

FEATURE_FILTERS = tuple(import_string(name) for name in settings.PAGES_API_FILTERS)


class PublicAliasOfField(PageAliasOfField):
    """Keeps silent about an original that isn't public; Wagtail's own prints its title."""

    def get_attribute(self, instance):
        if instance.alias_of_id is None:
            return None
        return self.context["base_queryset"].filter(pk=instance.alias_of_id).first()


class PublicParentField(PageParentField):
    """The parent in one query, which also says whether it is public."""

    def get_attribute(self, instance):
        return self.context["base_queryset"].filter(path=Page._get_parent_path_from_path(instance.path)).first()


class CleanRichTextField(CharField):
    def to_representation(self, value):
        return clean_html(value)


class CleanPageSerializer(PageSerializer):
    """Wagtail's serializer, whose rich text is clean HTML and which never names a page that isn't public."""

    serializer_field_mapping = PageSerializer.serializer_field_mapping | {RichTextField: CleanRichTextField}
    alias_of = PublicAliasOfField(read_only=True)
    parent = PublicParentField(read_only=True)


class PagesAPIViewSet(WagtailPagesAPIViewSet):
    """Wagtail's pages endpoint, whose listings show the card of each page.

    A listing without ``type``, or with several, holds the cards of ``BasePage``; a listing of one type may also
    show, filter and order by the fields of that type.
    """

    base_serializer_class = CleanPageSerializer
    pagination_class = BoundedPagination
    filter_backends = [
        FieldsFilter,
        wagtail_filters.ChildOfFilter,
        wagtail_filters.AncestorOfFilter,
        wagtail_filters.DescendantOfFilter,
        *FILTERS,
        *FEATURE_FILTERS,
        OrderingFilter,
        wagtail_filters.TranslationOfFilter,
        wagtail_filters.LocaleFilter,
        SearchFilter,  # last: what it returns can't be filtered further
    ]
    known_query_parameters = WagtailPagesAPIViewSet.known_query_parameters.union(
        *(backend.parameters for backend in (*FILTERS, *FEATURE_FILTERS))
    )

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
        self._check_types()
        queryset = super().get_queryset()
        if queryset.model is Page:
            queryset = BasePage.objects.filter(pk__in=queryset.order_by().values("pk"))
        return queryset

    def _check_types(self):
        """Say which of the types is wrong; Wagtail's own message leaves one guessing."""
        for name in filter(None, self.request.GET.get("type", "").split(",")):
            try:
                page_models_from_string(name)
            except (LookupError, ValueError) as error:
                raise BadRequestError(f"type '{name}' doesn't exist") from error

    def get_base_queryset(self):
        return self._public_pages.all()

    @cached_property
    def _public_pages(self):
        """Building it asks for the view restrictions, and a request needs it several times."""
        return super().get_base_queryset()

    def paginate_queryset(self, queryset):
        return with_cards(super().paginate_queryset(queryset))

    def get_object(self):
        page = super().get_object()
        if page.pk not in self._pages:
            references = ReferenceIndex.get_references_for_object(page).filter(
                to_content_type=get_default_page_content_type()
            )
            self._fetch_cards({int(pk) for pk in references.values_list("to_object_id", flat=True)}, along_with=page)
        return page

    def find_object(self, queryset, request):
        if "\x00" in request.GET.get("html_path", ""):
            raise Http404("not found")
        if not request.GET.get("id", "0").isdigit():
            raise BadRequestError("id must be a positive integer")
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


def with_cards(pages) -> list:
    """Fetch what the cards of ``pages`` (a queryset or search results) show, in as many queries for 50 as for 5."""
    pages = list(pages)
    prefetch_related_objects(pages, "image", prefetch_renditions("image__renditions"), "themes", "audiences")
    attach_regions(pages)
    return pages
