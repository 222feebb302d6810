"""The screen "Redacteuren" of the national editors: who may do what, invitations, and handing over."""

import django_filters
from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets import BooleanRadioSelect, HeaderButton

from cms.listing import NationalMenuItem, WhenColumn
from cms.models.pages import MANAGE_STRUCTURE

from . import invitations, people
from .models import Invitation, RegionPage

HOME = WagtailAdminTemplateMixin.breadcrumbs_items
TO_PEOPLE = {"url": reverse_lazy("people:index"), "label": _("Redacteuren")}
TO_INVITATIONS = {"url": reverse_lazy("people:invitations"), "label": _("Uitnodigingen")}

REFUSALS = {
    invitations.AlreadyInvited: _("Dit adres is al uitgenodigd voor deze regio. U kunt de uitnodiging opnieuw sturen."),
    invitations.AlreadyEditor: _("Wie dit adres heeft, kan deze regio al bijhouden."),
    invitations.AccountSwitchedOff: _("Het account met dit adres staat uit. Zet het eerst weer aan."),
    invitations.RegionClosed: _("Deze regio is gesloten of opgegaan in een andere."),
    invitations.InvitationUnknown: _("Deze uitnodiging is er niet meer."),
    invitations.InvitationUsed: _("Deze uitnodiging is intussen aangenomen."),
    invitations.InvitationWithdrawn: _("Deze uitnodiging is al ingetrokken."),
    people.OwnAccount: _("Uw eigen toegang en account verandert een collega."),
    people.NoAccess: _("Deze toegang was er al niet meer."),
    people.BeyondEditors: _("Dit account heeft ook rechten van een beheerder; alleen die kan het aan- en uitzetten."),
    people.NoSuccessor: _("Kies iemand anders, met een account dat aanstaat."),
    people.NothingToHandOver: _("Er valt niets meer over te dragen."),
}
REFUSED = tuple(REFUSALS)


class NationalOnly:
    """Views for those who manage the structure of the site, and nobody else."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.has_perm(MANAGE_STRUCTURE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PeopleFilterSet(WagtailFilterSet):
    region = django_filters.ModelChoiceFilter(
        field_name="groups__region_access__region",
        queryset=RegionPage.objects.order_by("title"),
        label=_("Regio"),
    )
    is_active = django_filters.BooleanFilter(label=_("Account staat aan"), widget=BooleanRadioSelect)

    class Meta:
        model = get_user_model()
        fields = ["region", "is_active"]


class AccessColumn(Column):
    def get_value(self, person):
        return ", ".join(people.access_name(group) for group in person.accesses)


def account_column() -> StatusTagColumn:
    return StatusTagColumn(
        "is_active",
        label=_("Account"),
        accessor=lambda person: _("aan") if person.is_active else _("uit"),
        primary=lambda person: person.is_active,
        sort_key="is_active",
    )


class PeopleIndexView(NationalOnly, BaseListingView):
    page_title = _("Redacteuren")
    header_icon = "group"
    index_url_name = "people:index"
    index_results_url_name = "people:index_results"
    template_name = "wagtailadmin/generic/index.html"
    verbose_name_plural = _("redacteuren")
    breadcrumbs_items = HOME
    filterset_class = PeopleFilterSet
    is_searchable = True
    search_fields = ["first_name", "last_name", "email"]
    default_ordering = ["last_name", "first_name", "email"]
    paginate_by = 50
    columns = [
        TitleColumn("name", label=_("Naam"), accessor=str, url_name="people:person", sort_key="last_name"),
        Column("email", label=_("E-mailadres"), sort_key="email"),
        AccessColumn("access", label=_("Werkt aan")),
        WhenColumn("last_login", label=_("Laatst ingelogd"), sort_key="last_login"),
        account_column(),
    ]

    def get_base_queryset(self):
        return people.editors().prefetch_related(Prefetch("groups", people.accesses(), to_attr="accesses"))

    @property
    def header_buttons(self):
        number = Invitation.objects.open().count()
        return [
            HeaderButton(_("Iemand uitnodigen"), url=reverse("people:invite"), icon_name="plus"),
            HeaderButton(_("Uitnodigingen (%d)") % number, url=reverse("people:invitations"), icon_name="mail"),
        ]


class ButtonsColumn(Column):
    """Buttons that post at once: what they do can be undone."""

    cell_template_name = "regions/people/invitation_buttons.html"


class InvitationsView(NationalOnly, BaseListingView):
    """Those that are open, by region."""

    page_title = _("Uitnodigingen")
    header_icon = "mail"
    index_url_name = "people:invitations"
    template_name = "wagtailadmin/generic/listing.html"
    verbose_name_plural = _("openstaande uitnodigingen")
    breadcrumbs_items = [*HOME, TO_PEOPLE]
    default_ordering = "region__title"
    paginate_by = 50
    columns = [
        Column("region", label=_("Regio"), accessor="region.title", sort_key="region__title"),
        Column("email", label=_("E-mailadres"), sort_key="email"),
        Column("invited_by", label=_("Uitgenodigd door")),
        WhenColumn("mailed_at", label=_("Verstuurd"), sort_key="mailed_at"),
        WhenColumn("expires_at", label=_("Geldig tot"), sort_key="expires_at"),
        StatusTagColumn(
            "is_expired",
            label=_("Status"),
            accessor=lambda invitation: _("verlopen") if invitation.is_expired else _("open"),
            primary=lambda invitation: not invitation.is_expired,
        ),
        ButtonsColumn("buttons", label=_("Doen")),
    ]

    def get_base_queryset(self):
        return Invitation.objects.open().select_related("region", "invited_by")

    @property
    def header_buttons(self):
        return [HeaderButton(_("Iemand uitnodigen"), url=reverse("people:invite"), icon_name="plus")]


class InviteForm(forms.Form):
    region = forms.ModelChoiceField(
        label=_("Regio"), queryset=RegionPage.objects.filter(status=RegionPage.Status.ACTIVE).order_by("title")
    )
    email = forms.EmailField(
        label=_("E-mailadres"),
        help_text=_(
            "Daarheen gaat een link die één keer werkt, zeven dagen lang. Bestaat er al een account met dit "
            "adres, dan krijgt het er deze regio bij."
        ),
    )


class InviteView(NationalOnly, WagtailAdminTemplateMixin, FormView):
    page_title = _("Iemand uitnodigen")
    header_icon = "mail"
    form_class = InviteForm
    template_name = "wagtailadmin/generic/form.html"
    breadcrumbs_items = [*HOME, TO_PEOPLE, TO_INVITATIONS, {"url": "", "label": page_title}]

    def get_initial(self):
        return {"region": self.request.GET.get("region")}

    def get_context_data(self, **kwargs):
        texts = {"submit_button_label": _("Uitnodigen"), "submit_button_active_label": _("Bezig…")}
        return super().get_context_data(**kwargs) | texts | {"action_url": reverse("people:invite")}

    def form_valid(self, form):
        try:
            invitation = invitations.invite(**form.cleaned_data, by=self.request.user)
        except REFUSED as refusal:
            form.add_error("email", REFUSALS[type(refusal)])
            return self.form_invalid(form)
        messages.success(self.request, _("De uitnodiging aan %s wordt verstuurd.") % invitation.email)
        return redirect("people:invitations")


class Deed(NationalOnly, View):
    """A button: does something, says so or says why not, and goes back to where it stands."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs) -> HttpResponse:
        try:
            messages.success(request, self.do(**kwargs))
        except REFUSED as refusal:
            messages.error(request, REFUSALS[type(refusal)])
        return redirect(self.back(**kwargs))

    def do(self, **kwargs) -> str:
        """Do it; what to tell of it."""
        raise NotImplementedError

    def back(self, **kwargs) -> str:
        return reverse("people:invitations")


class SendAgainView(Deed):
    def do(self, pk):
        return _("De uitnodiging aan %s wordt opnieuw verstuurd.") % invitations.send_again(pk).email


class WithdrawView(Deed):
    def do(self, pk):
        return _("De uitnodiging aan %s is ingetrokken.") % invitations.withdraw(pk, by=self.request.user).email


class DeedToPerson(Deed):
    def back(self, pk, **kwargs):
        return reverse("people:person", args=[pk])


class TakeAccessView(DeedToPerson):
    def do(self, pk, group_pk):
        person = get_object_or_404(people.editors(), pk=pk)
        group = get_object_or_404(people.accesses(), pk=group_pk)
        people.take_access(person, group, by=self.request.user)
        return _("%(person)s heeft geen toegang meer tot %(access)s.") % {
            "person": person,
            "access": people.access_name(group),
        }


class SwitchView(DeedToPerson):
    is_active = True

    def do(self, pk):
        person = get_object_or_404(people.editors(), pk=pk)
        people.switch(person, self.is_active, by=self.request.user)
        text = _("Het account van %s staat aan.") if self.is_active else _("Het account van %s staat uit.")
        return text % person


class AboutPersonView(NationalOnly, WagtailAdminTemplateMixin, TemplateView):
    """A screen about one person, ``self.person``."""

    header_icon = "user"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.person = get_object_or_404(people.editors(), pk=kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"person": self.person}


class PersonView(AboutPersonView):
    template_name = "regions/people/person.html"

    def get_page_title(self):
        return str(self.person)

    def get_breadcrumbs_items(self):
        return [*HOME, TO_PEOPLE, {"url": "", "label": str(self.person)}]

    def get_context_data(self, **kwargs):
        groups = people.accesses().filter(user=self.person)
        return super().get_context_data(**kwargs) | {
            "accesses": [(group, people.access_name(group)) for group in groups],
            "is_oneself": self.person == self.request.user,
        }


class SuccessorForm(forms.Form):
    successor = forms.ModelChoiceField(label=_("Aan wie?"), queryset=get_user_model().objects.none())

    def __init__(self, person, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = people.editors().filter(is_active=True).exclude(pk=person.pk)
        self.fields["successor"].queryset = others.order_by("last_name", "first_name", "email")
        self.fields["successor"].label_from_instance = lambda other: f"{other} ({other.email})"


class HandOverView(AboutPersonView):
    """First to whom, then what that comes to, then do it."""

    page_title = _("Werk overdragen")
    template_name = "regions/people/hand_over.html"

    def get_breadcrumbs_items(self):
        person = {"url": reverse("people:person", args=[self.person.pk]), "label": str(self.person)}
        return [*HOME, TO_PEOPLE, person, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        form = SuccessorForm(self.person, self.request.GET or None)
        belongings = people.belongings(self.person)
        return super().get_context_data(**kwargs) | {
            "form": form,
            "successor": form.is_valid() and form.cleaned_data["successor"],
            "belongings": belongings,
            "accesses": [people.access_name(group) for group in belongings.groups],
            "is_oneself": self.person == self.request.user,
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = SuccessorForm(self.person, request.POST)
        try:
            if not form.is_valid():
                raise people.NoSuccessor
            successor = form.cleaned_data["successor"]
            people.hand_over(self.person, successor, by=request.user)
        except REFUSED as refusal:
            messages.error(request, REFUSALS[type(refusal)])
            return redirect("people:hand_over", pk)
        who = {"person": self.person, "successor": successor}
        messages.success(request, _("Het werk van %(person)s is nu van %(successor)s.") % who)
        return redirect("people:person", successor.pk)


class PeopleViewSet(ViewSet):
    name = "people"
    url_prefix = "redacteuren"
    icon = "group"
    menu_label = _("Redacteuren")
    menu_order = 500
    menu_item_class = NationalMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self):
        return [
            path("", PeopleIndexView.as_view(), name="index"),
            path("lijst/", PeopleIndexView.as_view(results_only=True), name="index_results"),
            path("uitnodigen/", InviteView.as_view(), name="invite"),
            path("uitnodigingen/", InvitationsView.as_view(), name="invitations"),
            path("uitnodigingen/<int:pk>/opnieuw/", SendAgainView.as_view(), name="send_again"),
            path("uitnodigingen/<int:pk>/intrekken/", WithdrawView.as_view(), name="withdraw"),
            path("<int:pk>/", PersonView.as_view(), name="person"),
            path("<int:pk>/overdragen/", HandOverView.as_view(), name="hand_over"),
            path("<int:pk>/aanzetten/", SwitchView.as_view(is_active=True), name="switch_on"),
            path("<int:pk>/uitzetten/", SwitchView.as_view(is_active=False), name="switch_off"),
            path("<int:pk>/toegang/<int:group_pk>/weghalen/", TakeAccessView.as_view(), name="take_access"),
        ]
