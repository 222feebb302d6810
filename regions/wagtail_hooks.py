"""News in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.listing import ItemListingViewSet, WhenColumn, item_columns

from .models import NewsPage


class NewsListingViewSet(ItemListingViewSet):
    model = NewsPage
    name = "nieuws"
    icon = "doc-full"
    menu_label = _("Nieuws")
    menu_order = 110
    add_to_admin_menu = True
    columns = item_columns(WhenColumn("date", label=_("Datum"), sort_key="date", width="12%"))


@hooks.register("register_admin_viewset")
def register_news_listing():
    return NewsListingViewSet()
