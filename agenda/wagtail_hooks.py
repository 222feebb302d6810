"""The agenda in the admin: events by date, the furthest ahead first."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column

from cms.listing import ItemListingViewSet, WhenColumn, item_columns

from .models import EventPage
from .registration.admin.log import register_log_actions
from .registration.admin.screens import RegistrationsViewSet


class EventListingViewSet(ItemListingViewSet):
    model = EventPage
    name = "agenda"
    icon = "date"
    menu_label = _("Agenda")
    menu_order = 120
    add_to_admin_menu = True
    default_ordering = "-start"
    columns = item_columns(
        WhenColumn("start", label=_("Wanneer"), sort_key="start", width="14%"),
        Column("city", label=_("Plaats"), sort_key="city", width="12%"),
    )


@hooks.register("register_admin_viewset")
def register_event_listing():
    return EventListingViewSet()


@hooks.register("register_admin_viewset")
def register_registrations():
    return RegistrationsViewSet()


hooks.register("register_log_actions", register_log_actions)
