"""What editors of a region, and the national ones, see of regions and news in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component

from cms.listing import ItemListingViewSet, WhenColumn, item_columns
from cms.models import SectionPage

from .lifecycle import admin as lifecycle_admin
from .models import NewsPage, RegionPage


class NewsListingViewSet(ItemListingViewSet):
    model = NewsPage
    name = "nieuws"
    icon = "doc-full"
    menu_label = _("Nieuws")
    menu_order = 110
    add_to_admin_menu = True
    columns = item_columns(WhenColumn("date", label=_("Datum"), sort_key="date", width="12%"))


class MyRegionsPanel(Component):
    """The editor's own regions on the first screen: where they are, and the way to every section."""

    name = "my_regions"
    template_name = "regions/my_regions_panel.html"
    order = 50

    def __init__(self, regions):
        self.regions = regions

    def get_context_data(self, parent_context):
        return {"regions": [{"page": region, "sections": self._sections(region)} for region in self.regions]}

    def _sections(self, region):
        """The sections with the kinds of page that can be made in each."""
        for section in region.get_children().specific():
            if isinstance(section, SectionPage):
                kinds = [kind for kind in section.creatable_subpage_models() if kind.can_create_at(section)]
                yield {
                    "page": section,
                    "items": section.get_children().live().count(),
                    "drafts": section.get_children().filter(has_unpublished_changes=True).count(),
                    "kinds": [kind._meta for kind in kinds],
                }


@hooks.register("construct_homepage_panels")
def show_my_regions(request, panels):
    regions = RegionPage.objects.filter(access__group__user=request.user).order_by("title")
    if regions:
        panels.append(MyRegionsPanel(regions))


@hooks.register("register_admin_viewset")
def register_news_listing():
    return NewsListingViewSet()


@hooks.register("register_admin_urls")
def register_lifecycle_urls():
    return lifecycle_admin.urlpatterns


hooks.register("register_page_header_buttons", lifecycle_admin.buttons)
hooks.register("register_page_listing_more_buttons", lifecycle_admin.buttons)
hooks.register("register_log_actions", lifecycle_admin.register_log_actions)
