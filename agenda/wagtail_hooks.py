"""The agenda in the admin: events by date, the furthest ahead first."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.models import Page

from cms.listing import ItemListingViewSet, WhenColumn, item_columns

from .models import EventPage
from .registration.admin import event_actions
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


REFUSALS = {"delete": event_actions.refuse_deleting, "unpublish": event_actions.refuse_unpublishing}


@hooks.register("before_delete_page")
def keep_who_is_registered(request, page):
    return event_actions.refuse_deleting(request, [page])


@hooks.register("before_unpublish_page")
def stay_online_for_who_is_registered(request, page):
    return event_actions.refuse_unpublishing(request, [page])


@hooks.register("before_bulk_action")
def keep_who_is_registered_for_many(request, action_type, objects, action):
    pages = [chosen for chosen in objects if isinstance(chosen, Page)]
    return REFUSALS[action_type](request, pages) if pages and action_type in REFUSALS else None


hooks.register("register_page_header_buttons", event_actions.buttons)
hooks.register("register_log_actions", register_log_actions)
