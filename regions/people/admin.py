"""The screen "Redacteuren" of the national editors: who may do what, and handing over."""

import django_filters
from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets import BooleanRadioSelect, HeaderButton

from cms.listing import WhenColumn
from cms.login import second_factor
from cms.login.asking_again import PasswordRequired
from cms.national import NationalMenuItem, NationalOnly
from regions.models import Invitation, RegionPage

from . import access, invitations_admin
from .deeds import REFUSALS, REFUSED, Deed

HOME = WagtailAdminTemplateMixin.breadcrumbs_items
TO_PEOPLE = {"url": reverse_lazy("people:index"), "label": _("Redacteuren")}


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
        return ", ".join(access.name_of(group) for group in person.accesses)


class PeopleIndexView(NationalOnly, PasswordRequired, BaseListingView):
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
        StatusTagColumn(
            "is_active",
            label=_("Account"),
            accessor=lambda person: _("aan") if person.is_active else _("uit"),
            primary=lambda person: person.is_active,
            sort_key="is_active",
        ),
    ]

    def get_base_queryset(self):
        return access.editors().prefetch_related(Prefetch("groups", access.accesses(), to_attr="accesses"))

    @property
    def header_buttons(self):
        number = Invitation.objects.open().count()
        return [
            HeaderButton(_("Iemand uitnodigen"), url=reverse("people:invite"), icon_name="plus"),
            HeaderButton(_("Uitnodigingen (%d)") % number, url=reverse("people:invitations"), icon_name="mail"),
        ]


class DeedToPerson(Deed):
    def back(self, pk, **kwargs):
        return reverse("people:person", args=[pk])


class TakeAccessView(DeedToPerson):
    def do(self, pk, group_pk):
        person = get_object_or_404(access.editors(), pk=pk)
        group = get_object_or_404(access.accesses(), pk=group_pk)
        access.take_access(person, group, by=self.request.user)
        return _("%(person)s heeft geen toegang meer tot %(access)s.") % {
            "person": person,
            "access": access.name_of(group),
        }


class SwitchView(DeedToPerson):
    is_active = True

    def do(self, pk):
        person = get_object_or_404(access.editors(), pk=pk)
        access.switch(person, self.is_active, by=self.request.user)
        text = _("Het account van %s staat aan.") if self.is_active else _("Het account van %s staat uit.")
        return text % person


class ResetSecondFactorView(DeedToPerson):
    def do(self, pk):
        person = get_object_or_404(access.editors(), pk=pk)
        access.reset_second_factor(person, by=self.request.user)
        return _("De tweede stap van %s is gewist. Inloggen gaat nu met het wachtwoord alleen.") % person


class AboutPersonView(NationalOnly, PasswordRequired, WagtailAdminTemplateMixin, TemplateView):
    """A screen about one person, ``self.person``."""

    header_icon = "user"

    @cached_property
    def person(self):
        return get_object_or_404(access.editors(), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"person": self.person}


class PersonView(AboutPersonView):
    template_name = "regions/people/person.html"

    def get_page_title(self):
        return str(self.person)

    def get_breadcrumbs_items(self):
        return [*HOME, TO_PEOPLE, {"url": "", "label": str(self.person)}]

    def get_context_data(self, **kwargs):
        groups = access.accesses().filter(user=self.person)
        return super().get_context_data(**kwargs) | {
            "accesses": [(group, access.name_of(group)) for group in groups],
            "is_oneself": self.person == self.request.user,
            "has_second_factor": second_factor.is_set_up(self.person),
        }


class SuccessorForm(forms.Form):
    successor = forms.ModelChoiceField(label=_("Aan wie?"), queryset=get_user_model().objects.none())

    def __init__(self, person, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = access.editors().filter(is_active=True).exclude(pk=person.pk)
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
        belongings = access.belongings(self.person)
        return super().get_context_data(**kwargs) | {
            "form": form,
            "successor": form.is_valid() and form.cleaned_data["successor"],
            "belongings": belongings,
            "accesses": [access.name_of(group) for group in belongings.groups],
            "is_oneself": self.person == self.request.user,
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = SuccessorForm(self.person, request.POST)
        try:
            if not form.is_valid():
                raise access.NoSuccessor
            successor = form.cleaned_data["successor"]
            access.hand_over(self.person, successor, by=request.user)
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
            *invitations_admin.urlpatterns,
            path("<int:pk>/", PersonView.as_view(), name="person"),
            path("<int:pk>/overdragen/", HandOverView.as_view(), name="hand_over"),
            path("<int:pk>/aanzetten/", SwitchView.as_view(is_active=True), name="switch_on"),
            path("<int:pk>/uitzetten/", SwitchView.as_view(is_active=False), name="switch_off"),
            path("<int:pk>/tweede-stap-wissen/", ResetSecondFactorView.as_view(), name="reset_second_factor"),
            path("<int:pk>/toegang/<int:group_pk>/weghalen/", TakeAccessView.as_view(), name="take_access"),
        ]
