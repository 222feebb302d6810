"""The addresses of the organiser's screens, and their place in the menu."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSet

from .adding import AddView
from .event_actions import CallOffView, MoveEventView, ReinstateView
from .events import EventsView
from .messaging import MessageView
from .people import PeopleView
from .person import AcceptView, AttendanceView, CancelView, MoveView, PersonView, SendAgainView
from .printing import PrintView


class RegistrationsViewSet(ViewSet):
    name = "registrations"
    url_prefix = "aanmeldingen"
    icon = "group"
    menu_label = _("Aanmeldingen")
    menu_order = 125
    add_to_admin_menu = True

    def get_urlpatterns(self):
        person = "<int:pk>/<int:registration_pk>/"
        return [
            path("", EventsView.as_view(), name="index"),
            path("lijst/", EventsView.as_view(results_only=True), name="index_results"),
            path("<int:pk>/", PeopleView.as_view(), name="event"),
            path("<int:pk>/lijst/", PeopleView.as_view(results_only=True), name="event_results"),
            path("<int:pk>/erbij/", AddView.as_view(), name="add"),
            path("<int:pk>/bericht/", MessageView.as_view(), name="message"),
            path("<int:pk>/presentielijst/", PrintView.as_view(), name="print"),
            path("<int:pk>/afgelasten/", CallOffView.as_view(), name="call_off"),
            path("<int:pk>/verzetten/", MoveEventView.as_view(), name="move_event"),
            path("<int:pk>/toch-door/", ReinstateView.as_view(), name="reinstate"),
            path(person, PersonView.as_view(), name="person"),
            path(f"{person}aanwezig/", AttendanceView.as_view(is_present=True), name="present"),
            path(f"{person}afwezig/", AttendanceView.as_view(is_present=False), name="absent"),
            path(f"{person}afmelden/", CancelView.as_view(), name="cancel"),
            path(f"{person}andere-sessie/", MoveView.as_view(), name="change_session"),
            path(f"{person}mail-opnieuw/", SendAgainView.as_view(), name="send_again"),
            path(f"{person}aannemen/", AcceptView.as_view(), name="accept"),
        ]
