"""Invitations in the admin of the national editors: inviting, and what is still open."""

from django import forms
from django.shortcuts import redirect
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets import HeaderButton

from cms.listing import ButtonsColumn, WhenColumn
from cms.login.asking_again import PasswordRequired
from cms.national import NationalOnly
from regions.models import Invitation, RegionPage

from . import invitations
from .deeds import REFUSALS, REFUSED, Deed

TRAIL = [
    *WagtailAdminTemplateMixin.breadcrumbs_items,
    {"url": reverse_lazy("people:index"), "label": _("Redacteuren")},
]


class InvitationsView(NationalOnly, PasswordRequired, BaseListingView):
    """Those that are open, by region."""

    page_title = _("Uitnodigingen")
    header_icon = "mail"
    index_url_name = "people:invitations"
    template_name = "wagtailadmin/generic/listing.html"
    verbose_name_plural = _("openstaande uitnodigingen")
    breadcrumbs_items = TRAIL
    default_ordering = "region__title"
    paginate_by = 50
    columns = [
        Column("region", label=_("Regio"), accessor="region.title", sort_key="region__title"),
        Column("email", label=_("E-mailadres"), sort_key="email"),
        Column("invited_by", label=_("Uitgenodigd door"), accessor=lambda invitation: invitation.invited_by or ""),
        WhenColumn("mailed_at", label=_("Verstuurd"), sort_key="mailed_at"),
        WhenColumn("expires_at", label=_("Geldig tot"), sort_key="expires_at"),
        StatusTagColumn(
            "is_expired",
            label=_("Status"),
            accessor=lambda invitation: _("verlopen") if invitation.is_expired else _("open"),
            primary=lambda invitation: not invitation.is_expired,
        ),
        ButtonsColumn("buttons", label=_("Doen"), template="regions/people/invitation_buttons.html"),
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


class InviteView(NationalOnly, PasswordRequired, WagtailAdminTemplateMixin, FormView):
    page_title = _("Iemand uitnodigen")
    header_icon = "mail"
    form_class = InviteForm
    template_name = "wagtailadmin/generic/form.html"
    breadcrumbs_items = [
        *TRAIL,
        {"url": reverse_lazy("people:invitations"), "label": _("Uitnodigingen")},
        {"url": "", "label": page_title},
    ]

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


class DeedToInvitation(Deed):
    def back(self, **kwargs):
        return reverse("people:invitations")


class SendAgainView(DeedToInvitation):
    def do(self, pk):
        invitation = invitations.send_again(pk, by=self.request.user)
        return _("De uitnodiging aan %s wordt opnieuw verstuurd.") % invitation.email


class WithdrawView(DeedToInvitation):
    def do(self, pk):
        return _("De uitnodiging aan %s is ingetrokken.") % invitations.withdraw(pk, by=self.request.user).email


urlpatterns = [
    path("uitnodigen/", InviteView.as_view(), name="invite"),
    path("uitnodigingen/", InvitationsView.as_view(), name="invitations"),
    path("uitnodigingen/<int:pk>/opnieuw/", SendAgainView.as_view(), name="send_again"),
    path("uitnodigingen/<int:pk>/intrekken/", WithdrawView.as_view(), name="withdraw"),
]
