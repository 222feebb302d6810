"""Questions and their subjects in the admin, for the national editors."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.listing import ItemIndexView, ItemListingViewSet, NationalMenuItem, WhenColumn, item_columns

from .models import FaqCategory, FaqPage


class FaqIndexView(ItemIndexView):
    related = ("category",)


class FaqListingViewSet(ItemListingViewSet):
    model = FaqPage
    index_view_class = FaqIndexView
    name = "vragen"
    icon = "help"
    menu_label = _("Vragen")
    menu_item_class = NationalMenuItem
    columns = item_columns(
        Column("category", label=_("Onderwerp"), sort_key="category__title", width="18%"),
        WhenColumn("reviewed_on", label=_("Nagekeken"), sort_key="reviewed_on", width="12%"),
    )


class FaqCategoryViewSet(SnippetViewSet):
    model = FaqCategory
    icon = "tag"
    menu_label = _("Onderwerpen")
    list_display = ["title", "order"]


class FaqViewSetGroup(SnippetViewSetGroup):
    items = (FaqListingViewSet, FaqCategoryViewSet)
    menu_label = _("Vragen")
    menu_icon = "help"
    menu_order = 140


register_snippet(FaqViewSetGroup)
