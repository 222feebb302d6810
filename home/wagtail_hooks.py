"""What national editors see in the admin of questions, the settings of the site, and the homepage."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup, UnpublishView

from cms.listing import ItemIndexView, ItemListingViewSet, WhenColumn, item_columns
from cms.models.pages import MANAGE_STRUCTURE
from cms.national import NationalMenuItem

from .activity_report import ActivityReportView
from .choices import MissingChoice, missing_choices
from .item_chooser import ItemChooserViewSet
from .models import FaqCategory, FaqPage, HomePage, Nomination, SiteSettings
from .my_region import MyRegionPanel, regions_of
from .national_desk import NationalDeskPanel
from .nomination_admin import (
    NominateButton,
    NominateView,
    NominationPolicy,
    NominationsPanel,
    NominationViewSet,
    WithdrawView,
)


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


class MissingChoicesPanel(Component):
    """Tells on the first screen which pages the homepage can't show any more."""

    name = "missing_choices"
    template_name = "home/missing_choices_panel.html"
    order = 40

    def __init__(self, home: HomePage, choices: list[MissingChoice]):
        self.home = home
        self.choices = choices

    def get_context_data(self, parent_context):
        return {"home": self.home, "choices": self.choices}


class SiteSettingsPolicy(ModelPermissionPolicy):
    """The one row is there and online for good: nobody adds, copies, deletes or unpublishes it."""

    def user_has_permission(self, user, action):
        return action in {"change", "publish"} and super().user_has_permission(user, action)


class StraightToEditing(IndexView):
    """There is nothing to choose from."""

    def get(self, request, *args, **kwargs):
        return redirect(self.get_edit_url(get_object_or_404(SiteSettings)))


class UnpublishSiteSettingsView(UnpublishView):
    permission_required = "unpublish"


class SiteSettingsViewSet(SnippetViewSet):
    model = SiteSettings
    icon = "cogs"
    menu_label = _("Site-instellingen")
    menu_order = 100
    add_to_settings_menu = True
    index_view_class = StraightToEditing
    unpublish_view_class = UnpublishSiteSettingsView
    copy_view_enabled = False


@hooks.register("construct_homepage_panels")
def report_missing_choices(request, panels):
    home = HomePage.objects.first() if request.user.has_perm(MANAGE_STRUCTURE) else None
    if home and (choices := missing_choices(home)):
        panels.append(MissingChoicesPanel(home, choices))


@hooks.register("construct_snippet_action_menu")
def keep_site_settings_online(menu_items, request, context):
    if context["model"] is SiteSettings:
        menu_items[:] = [item for item in menu_items if item.name != "action-unpublish"]


@hooks.register("register_admin_viewset")
def register_item_chooser():
    return ItemChooserViewSet()


@hooks.register("register_admin_viewset")
def register_nominations():
    return NominationViewSet()


@hooks.register("register_admin_urls")
def register_nominating():
    return [
        path("voordragen/<int:pk>/", NominateView.as_view(), name="nominate"),
        path("voordragen/<int:pk>/intrekken/", WithdrawView.as_view(), name="withdraw_nomination"),
    ]


@hooks.register("register_admin_urls")
def register_activity_report():
    return [
        path("reports/regios/", ActivityReportView.as_view(), name="activity_report"),
        path("reports/regios/results/", ActivityReportView.as_view(results_only=True), name="activity_report_results"),
    ]


@hooks.register("register_reports_menu_item")
def register_activity_report_menu_item():
    return NationalMenuItem(_("Regio's"), reverse("activity_report"), name="regios", icon_name="globe", order=100)


@hooks.register("register_page_header_buttons")
def offer_to_nominate(page, user, view_name, next_url=None):
    yield NominateButton(page=page, next_url=next_url)


@hooks.register("construct_homepage_panels")
def show_my_regions(request, panels):
    panels += [MyRegionPanel(region) for region in regions_of(request.user)]


@hooks.register("construct_homepage_panels")
def show_national_desk(request, panels):
    if request.user.has_perm("home.change_nomination"):
        panels += [NominationsPanel(), NationalDeskPanel()]


@hooks.register("register_log_actions")
def name_what_happens_to_nominations(actions):
    actions.register_action("home.nominate", _("Voordragen"), _("Voorgedragen voor de landelijke site"))
    actions.register_action(
        "home.accept_nomination", _("Voordracht accepteren"), _("Op de landelijke keuzelijst gezet")
    )
    actions.register_action("home.decline_nomination", _("Voordracht niet kiezen"), _("Voordracht niet gekozen"))
    actions.register_action("home.withdraw_nomination", _("Voordracht intrekken"), _("Voordracht ingetrokken"))


register_permission_policy(Nomination, NominationPolicy(Nomination))
register_permission_policy(SiteSettings, SiteSettingsPolicy(SiteSettings))
register_snippet(FaqViewSetGroup)
register_snippet(SiteSettingsViewSet)
