"""What editors see of news, and national editors of people and regions, in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.listing import ItemListingViewSet, WhenColumn, item_columns

from .lifecycle import admin as lifecycle_admin
from .models import NewsPage
from .people.admin import PeopleViewSet
from .people.log import ACTIONS, AboutPerson


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


@hooks.register("register_admin_viewset")
def register_people():
    return PeopleViewSet()


@hooks.register("register_log_actions")
def name_changes_to_people(actions):
    for action, (label, message) in ACTIONS.items():
        actions.register_action(action)(type("AboutPerson", (AboutPerson,), {"label": label, "message": message}))


@hooks.register("register_admin_urls")
def register_lifecycle_urls():
    return lifecycle_admin.urlpatterns


hooks.register("register_page_header_buttons", lifecycle_admin.buttons)
hooks.register("register_page_listing_more_buttons", lifecycle_admin.buttons)
hooks.register("register_log_actions", lifecycle_admin.register_log_actions)
