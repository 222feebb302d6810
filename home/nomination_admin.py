"""Nominations in the admin: putting a page forward, and the queue of the national editors."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Case, When
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy

from cms.listing import ButtonsColumn, WhenColumn
from cms.models import BasePage
from cms.region import attach_regions, region_of

from .curation import AlreadyThere, SectionFull, chosen_pages, put_on_homepage
from .models import HomePage, Nomination
from .nomination import NominationRefused, accept, decline, is_item, nominate, withdraw

SHOWN = 10
TO_QUEUE = {"url": reverse_lazy("nominations:index"), "label": _("Voordrachten")}


class NominationPolicy(ModelPermissionPolicy):
    """Nominations come from regions and are decided on; nobody makes, changes or deletes one by hand."""

    def user_has_permission(self, user, action):
        return action in {"view", "change"} and super().user_has_permission(user, action)


def edit_url(page_id: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id])


def may_nominate(user, page: Page) -> bool:
    """Whether ``user`` can put ``page`` forward now."""
    return (
        is_item(page)
        and page.live
        and page.permissions_for_user(user).can_edit()
        and not Nomination.objects.standing().filter(page_id=page.pk).exists()
    )


class NominateButton(PageMenuItem):
    label = _("Voordragen voor landelijk")
    icon_name = "pick"
    url_name = "nominate"
    priority = 5

    def is_shown(self, user):
        return may_nominate(user, self.page)


class NominateForm(forms.ModelForm):
    class Meta:
        model = Nomination
        fields = ["note"]
        widgets = {"note": AdminAutoHeightTextInput}


class NominateView(WagtailAdminTemplateMixin, FormView):
    """One field, which may stay empty, and a button."""

    template_name = "home/nominate.html"
    form_class = NominateForm
    header_icon = "pick"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.page = get_object_or_404(BasePage, pk=kwargs["pk"])
        self.next_url = get_valid_next_url_from_request(request) or edit_url(self.page.pk)

    def dispatch(self, request, *args, **kwargs):
        if not self.page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            nominate(self.page, self.request.user, form.cleaned_data["note"])
        except NominationRefused as refusal:
            messages.error(self.request, str(refusal))
        else:
            messages.success(
                self.request,
                _("‘%(title)s’ is voorgedragen. De landelijke redactie kijkt ernaar.") % {"title": self.page.title},
            )
        return redirect(self.next_url)

    def get_page_title(self):
        return _("‘%(title)s’ voordragen voor landelijk") % {"title": self.page.get_admin_display_title()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "next_url": self.next_url,
            "submit_button_label": _("Voordragen"),
            "submit_button_active_label": _("Voordragen…"),
        }


class WithdrawView(View):
    """A button for the region itself, or nationally: not any more."""

    http_method_names = ["post"]

    def post(self, request, pk):
        nomination = get_object_or_404(Nomination.objects.select_related("page"), pk=pk)
        if not nomination.page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        decide(request, _("De voordracht is ingetrokken."), withdraw, nomination, request.user)
        return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_home"))


class AcceptView(PermissionCheckedMixin, View):
    """A button that puts the page on the shortlist."""

    http_method_names = ["post"]
    model = Nomination
    permission_required = "change"

    def post(self, request, pk):
        nomination = get_object_or_404(Nomination.objects.select_related("page"), pk=pk)
        accepted = _("‘%(title)s’ staat op de landelijke keuzelijst.") % {"title": nomination.page.title}
        decide(request, accepted, accept, nomination, request.user)
        return redirect(get_valid_next_url_from_request(request) or reverse("nominations:index"))


class PutOnHomepageView(PermissionCheckedMixin, View):
    """A button that puts the page in the draft of the homepage, and leads there."""

    http_method_names = ["post"]
    model = Nomination
    permission_required = "change"

    def post(self, request, pk):
        nomination = get_object_or_404(Nomination.objects.accepted().select_related("page"), pk=pk)
        home = HomePage.objects.get()
        if not home.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        try:
            put_on_homepage(nomination.page, request.user)
        except AlreadyThere:
            messages.warning(request, _("Deze pagina staat al op de homepage of in het concept ervan."))
        except SectionFull:
            messages.error(request, _("De sectie met gekozen pagina's is vol. Haal er eerst een pagina uit."))
        else:
            messages.success(request, _("De pagina staat vooraan in het concept. Bekijk het en publiceer de homepage."))
        return redirect(edit_url(home.pk))


class DeclineForm(forms.ModelForm):
    answer = Nomination._meta.get_field("answer").formfield(required=True, widget=AdminAutoHeightTextInput)

    class Meta:
        model = Nomination
        fields = ["answer"]


class DeclineView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Asks why, because whoever nominated will get to read it."""

    template_name = "home/decline_nomination.html"
    form_class = DeclineForm
    header_icon = "cross"
    model = Nomination
    permission_required = "change"
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, TO_QUEUE]

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.nomination = get_object_or_404(Nomination.objects.select_related("page", "nominated_by"), pk=kwargs["pk"])

    def form_valid(self, form):
        answered = _("De voordracht is beantwoord; wie voordroeg krijgt uw antwoord per mail.")
        decide(self.request, answered, decline, self.nomination, self.request.user, form.cleaned_data["answer"])
        return redirect("nominations:index")

    def get_page_title(self):
        return _("Waarom kiezen we ‘%(title)s’ niet?") % {"title": self.nomination.page.get_admin_display_title()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "nomination": self.nomination,
            "next_url": reverse("nominations:index"),
            "submit_button_label": _("Antwoord sturen"),
            "submit_button_active_label": _("Sturen…"),
        }


def decide(request, success: str, verb: Callable[..., None], *args) -> None:
    """Do it, and tell the editor what came of it."""
    try:
        verb(*args)
    except NominationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, success)


class NominationFilterSet(WagtailFilterSet):
    class Meta:
        model = Nomination
        fields = ["state"]


class NominationIndexView(generic.IndexView):
    """What waits for an answer comes first."""

    page_title = _("Voordrachten")
    default_ordering = ("-is_open", "-nominated_at")

    def get_base_queryset(self):
        is_open = Case(When(state=Nomination.State.OPEN, then=1), default=0)
        found = super().get_base_queryset().select_related("page", "nominated_by")
        return found.annotate(is_open=is_open)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        attach_regions(nomination.page for nomination in context["object_list"])
        return context


class NominationViewSet(ModelViewSet):
    model = Nomination
    name = "nominations"
    url_prefix = "voordrachten"
    icon = "pick"
    menu_label = _("Voordrachten")
    menu_order = 150
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = NominationIndexView
    filterset_class = NominationFilterSet
    list_per_page = 50
    list_display = [
        TitleColumn("page", label=_("Pagina"), get_url=lambda nomination: edit_url(nomination.page_id), width="25%"),
        Column("region", label=_("Regio"), accessor=lambda nomination: region_of(nomination.page) or ""),
        Column("note", label=_("Toelichting")),
        Column("nominated_by", label=_("Door"), accessor=lambda nomination: nomination.nominated_by or ""),
        WhenColumn("nominated_at", label=_("Op"), sort_key="nominated_at"),
        StatusTagColumn("state", label=_("Status"), accessor="get_state_display"),
        # The buttons of what waits for an answer; of the rest what the answer was.
        ButtonsColumn("decision", label=_("Besluit"), template="home/nomination_decision_cell.html"),
    ]

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/accepteren/", AcceptView.as_view(), name="accept"),
            path("<int:pk>/homepage/", PutOnHomepageView.as_view(), name="put_on_homepage"),
            path("<int:pk>/niet-kiezen/", DeclineView.as_view(), name="decline"),
        ]


class NominationsPanel(Component):
    """What waits for an answer, and what was accepted and isn't on the homepage yet."""

    name = "nominations"
    template_name = "home/nominations_panel.html"
    order = 60

    def get_context_data(self, parent_context):
        nominations = Nomination.objects.select_related("page", "nominated_by").order_by("nominated_at")
        draft = HomePage.objects.get().get_latest_revision_as_object()
        shortlist = nominations.accepted().exclude(page__in=chosen_pages(draft)).filter(page__document__isnull=False)
        return {
            "waiting": self._rows(nominations.open()),
            "shortlist": self._rows(shortlist),
            "request": parent_context["request"],
            "csrf_token": parent_context["csrf_token"],
        }

    def _rows(self, nominations):
        shown = list(nominations[:SHOWN])
        attach_regions(nomination.page for nomination in shown)
        return [(nomination, region_of(nomination.page)) for nomination in shown]
