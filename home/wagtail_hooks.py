"""Questions and their subjects in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.listing import ItemListingViewSet, item_columns

from .models import FaqCategory, FaqPage


class FaqListingViewSet(ItemListingViewSet):
    model = FaqPage
    name = "vragen"
    icon = "help"
    menu_label = _("Veelgestelde vragen")
    menu_order = 140
    columns = item_columns(
        Column("category", label=_("Onderwerp"), sort_key="category__title", width="18%"),
        DateColumn("reviewed_on", label=_("Nagekeken"), sort_key="reviewed_on", width="12%"),
    )


class FaqCategoryViewSet(SnippetViewSet):
    model = FaqCategory
    icon = "help"
    menu_label = _("Onderwerpen van vragen")
    list_display = ["title", "order"]


register_snippet(FaqCategoryViewSet)


@hooks.register("register_admin_viewset")
def register_faq_listing():
    return FaqListingViewSet()
