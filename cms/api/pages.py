"""How pages are represented: Wagtail's own v2, with a card for every kind of page."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.api.v2.views import PagesAPIViewSet as WagtailPagesAPIViewSet
from wagtail.models import Page, ReferenceIndex, get_default_page_content_type

from cms.above import PagesAbove
from cms.models import BasePage
from cms.region import attach_regions
from cms.renditions import prefetch_renditions

from .page_serializer import CleanPageSerializer, NameSerializer


class PagesAPIViewSet(WagtailPagesAPIViewSet):
    """Wagtail's endpoint for pages, for what it knows of fields and serializers; ``cms.api.views`` answers requests.

    A listing without ``type``, or with several, holds the cards of ``BasePage``; a listing of one type may also
    show, filter and order by the fields of that type.
    """

    base_serializer_class = CleanPageSerializer
    at: datetime.datetime | None = None
    """The moment that pages are shown of; ``None`` for now."""

    @property
    def now(self) -> datetime.datetime:
        """What the clock says to whatever is represented."""
        return self.at or timezone.now()

    @classmethod
    def get_listing_default_fields(cls, model):
        return super().get_listing_default_fields(model) + ["html_path", *getattr(model, "card_fields", ())]

    def resolve_rich_text_format(self):
        return settings.WAGTAILAPI_RICH_TEXT_FORMAT

    def get_base_queryset(self):
        """The pages that have a document: those that anybody may read."""
        return Page.objects.filter(basepage__document__isnull=False)

    def fetch_for(self, pages: Iterable[BasePage]) -> None:
        """Fetch what ``pages`` show, what lies above them, and the cards of all pages that they refer to.

        In as many queries for many as for one. Of a page that was never saved nothing can be fetched beforehand.
        """
        saved = [page for page in pages if page.pk]
        if not saved:
            return
        prefetch_related_objects(with_cards(saved), "locale")
        self.above.fetch(saved)
        of_pages = get_default_page_content_type()
        references = ReferenceIndex.objects.filter(
            base_content_type=of_pages, object_id__in=[page.pk for page in saved], to_content_type=of_pages
        )
        self._fetch_cards({int(pk) for pk in references.values_list("to_object_id", flat=True)})

    def represent_cards(self, page_ids: list[int]) -> list[dict]:
        """The cards of those pages that are public, in the order given."""
        self._fetch_cards(set(page_ids))
        pages = (self._pages[pk] for pk in page_ids)
        return [self._card_serializer.to_representation(page) for page in pages if page]

    def represent_items(self, model: type[BasePage], page_ids: list[int]) -> list[dict]:
        """The same of pages that are all of one ``model``, with what a listing of that type shows."""
        found = model.objects.filter(pk__in=page_ids, document__isnull=False).defer_streamfields()
        pages = {page.pk: page for page in with_cards(list(found))}
        item_class = self._get_serializer_class(self.request.wagtailapi_router, model, fields_config=[])
        serializer = item_class(context=self.get_serializer_context())
        return [serializer.to_representation(pages[pk]) for pk in page_ids if pk in pages]

    @cached_property
    def name_serializer(self):
        """What represents a page where another names it."""
        return NameSerializer(context=self.get_serializer_context())

    @cached_property
    def _pages(self) -> dict[int, BasePage | None]:
        """The pages whose cards were fetched for this request, by id; ``None`` for one that isn't public."""
        return {}

    @cached_property
    def above(self) -> PagesAbove:
        """What lies above the pages of this request."""
        return PagesAbove(self.get_base_queryset())

    @cached_property
    def _card_serializer(self):
        card_class = self._get_serializer_class(self.request.wagtailapi_router, BasePage, fields_config=[])
        return card_class(context=self.get_serializer_context())

    def _fetch_cards(self, page_ids: set[int]) -> None:
        if lacking := page_ids - self._pages.keys():
            found = BasePage.objects.filter(pk__in=lacking, document__isnull=False)
            self._pages.update(dict.fromkeys(lacking))
            self._pages.update({page.pk: page for page in with_cards(list(found))})


def with_cards(pages: list[BasePage]) -> list[BasePage]:
    """Fetch what the cards of ``pages`` show, in as many queries for 50 as for 5."""
    prefetch_related_objects(pages, "image", prefetch_renditions("image__renditions"), "themes", "audiences")
    attach_regions(pages)
    return pages
