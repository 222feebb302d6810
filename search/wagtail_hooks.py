"""What national editors see in the admin of search."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from . import missed_report, promotion_screens
from .models import Synonym


class SynonymViewSet(SnippetViewSet):
    model = Synonym
    icon = "search"
    menu_label = _("Synoniemen")
    menu_order = 310
    add_to_admin_menu = True
    search_fields = ["phrases"]


@hooks.register("construct_reports_menu")
def leave_out_search_terms(request, menu_items):
    """Wagtail's report of a log in which nothing is kept."""
    menu_items[:] = [item for item in menu_items if item.name != "search-terms"]


hooks.register("register_admin_urls", missed_report.urls)
hooks.register("register_reports_menu_item", missed_report.menu_item)
promotion_screens.adapt()
register_snippet(SynonymViewSet)
