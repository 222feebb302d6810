"""The addresses of the screens about subscribers, and their place in the menu and on the page of a newsletter."""

from urllib.parse import urlencode

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.viewsets.base import ViewSet

from newsletter.models import NewsletterIndexPage

from .access import lists_of
from .blocking import BlockedView, BlockView, LiftView
from .importing import CheckImportView, ImportView
from .people import PeopleView
from .person import EndView, EraseView, PersonView


class SubscribersMenuItem(MenuItem):
    def is_shown(self, request):
        return lists_of(request.user).exists()


class SubscribersButton(PageMenuItem):
    """On the page of a newsletter."""

    label = _("Abonnees")
    icon_name = "group"
    priority = 4

    def is_shown(self, user):
        return self.page.specific_class is NewsletterIndexPage and lists_of(user).filter(pk=self.page.pk).exists()

    @property
    def url(self):
        return f"{reverse('subscribers:index')}?{urlencode({'newsletter': self.page.pk})}"


class SubscribersViewSet(ViewSet):
    name = "subscribers"
    url_prefix = "abonnees"
    icon = "group"
    menu_label = _("Abonnees")
    menu_order = 126
    menu_item_class = SubscribersMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self):
        person = "<int:subscriber_pk>/"
        return [
            path("", PeopleView.as_view(), name="index"),
            path("lijst/", PeopleView.as_view(results_only=True), name="index_results"),
            path("importeren/", ImportView.as_view(), name="import"),
            path("importeren/<int:import_pk>/", CheckImportView.as_view(), name="check_import"),
            path("geblokkeerd/", BlockedView.as_view(), name="blocked"),
            path("geblokkeerd/lijst/", BlockedView.as_view(results_only=True), name="blocked_results"),
            path("geblokkeerd/erbij/", BlockView.as_view(), name="block"),
            path("geblokkeerd/<int:suppression_pk>/opheffen/", LiftView.as_view(), name="lift"),
            path(person, PersonView.as_view(), name="person"),
            path(f"{person}wissen/", EraseView.as_view(), name="erase"),
            path(f"{person}uitschrijven/<int:subscription_pk>/", EndView.as_view(), name="end"),
        ]
