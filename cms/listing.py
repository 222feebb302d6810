"""Flat lists in the admin of all items of one kind that an editor can reach, wherever they are in the tree."""

import datetime

from django.db.models import prefetch_related_objects
from django.forms import CheckboxSelectMultiple
from django.middleware.csrf import get_token
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import MultipleUserFilter, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import (
    EditedByFilter,
    GenericPageFilterSet,
    IndexView,
    PageFilterSet,
)
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet
from wagtail.models import Page

from .isolation.visible import colleagues
from .region import attach_regions, region_of


class WhenColumn(Column):
    """A date, or a date and time in the editor's time zone, written out; Wagtail's own says how long ago it is."""

    def get_value(self, instance):
        value = super().get_value(instance)
        if isinstance(value, datetime.datetime):
            return formats.date_format(timezone.localtime(value), "j b Y H:i")
        return value and formats.date_format(value, "j b Y")


class ButtonsColumn(Column):
    """Cells with forms; Wagtail gives cells no token, without which Django refuses what is posted."""

    def __init__(self, name: str, label: str, template: str):
        super().__init__(name, label=label)
        self.cell_template_name = template

    def get_cell_context_data(self, instance, parent_context):
        return super().get_cell_context_data(instance, parent_context) | {
            "csrf_token": get_token(parent_context["request"])
        }


class PeopleFilters(WagtailFilterSet):
    """Those of Wagtail's page listings, without the people whom one doesn't work with."""

    owner = MultipleUserFilter(label=_("Eigenaar"), queryset=colleagues, widget=CheckboxSelectMultiple)
    edited_by = EditedByFilter(label=_("Bewerkt door"), queryset=colleagues, widget=CheckboxSelectMultiple)


class ItemFilters(PeopleFilters, PageFilterSet):
    pass


class ExplorerFilters(PeopleFilters, GenericPageFilterSet):
    pass


class ExplorerViewSet(PageViewSet):
    """Wagtail's own screens for pages of all types, but for the people in their filters."""

    model = Page
    parent_models = [Page]
    filterset_class = ExplorerFilters


class ItemIndexView(IndexView):
    """A page listing that looks up the regions, and what ``related`` names, of all rows together."""

    related: tuple[str, ...] = ()
    paginate_by = 25  # of Wagtail's 50, each takes it some 5 ms

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        pages = list(context["object_list"])
        attach_regions(pages)
        prefetch_related_objects(pages, *self.related)
        return context


def item_columns(*columns: Column) -> list[Column]:
    """The columns of a list of items: title, those given, region and status."""
    return [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Titel"), sort_key="title", classname="title"),
        *columns,
        Column("region", label=_("Regio"), accessor=lambda page: getattr(region_of(page), "title", _("landelijk"))),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="12%"),
    ]


class ItemListingViewSet(PageListingViewSet):
    """Subclasses name the ``model``, the ``columns`` by ``item_columns``, and how the menu shows them."""

    index_view_class = ItemIndexView
    filterset_class = ItemFilters
