"""Flat lists in the admin of all items of one kind that an editor can reach, wherever they are in the tree."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet

from .region import attach_regions, region_of


class ItemIndexView(IndexView):
    """A page listing that looks up the regions of all rows in one query."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        attach_regions(context["object_list"])
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
    add_to_admin_menu = True
