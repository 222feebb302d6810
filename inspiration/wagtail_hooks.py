"""Stories and techlabs in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSetGroup

from cms.listing import ItemListingViewSet, WhenColumn, item_columns

from .models import SeriesPage, StoryPage, TechlabPage

DATE = WhenColumn("date", label=_("Datum"), sort_key="date", width="12%")


class StoryListingViewSet(ItemListingViewSet):
    model = StoryPage
    name = "verhalen"
    icon = "openquote"
    menu_label = _("Verhalen")
    columns = item_columns(DATE)


class SeriesListingViewSet(ItemListingViewSet):
    model = SeriesPage
    name = "reeksen"
    icon = "list-ol"
    menu_label = _("Artikelenreeksen")
    columns = item_columns(DATE)


class TechlabListingViewSet(ItemListingViewSet):
    model = TechlabPage
    name = "techlabs"
    icon = "cogs"
    menu_label = _("Techlabs")
    columns = item_columns(
        Column("kind", label=_("Soort"), accessor="get_kind_display", sort_key="kind", width="14%"),
        Column("city", label=_("Plaats"), sort_key="city", width="12%"),
    )


class InspirationViewSetGroup(ViewSetGroup):
    items = (StoryListingViewSet, SeriesListingViewSet, TechlabListingViewSet)
    menu_label = _("Inspiratie")
    menu_icon = "openquote"
    menu_order = 130


@hooks.register("register_admin_viewset")
def register_inspiration_listings():
    return InspirationViewSetGroup()
