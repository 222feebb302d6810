"""The national editors' list of addresses that get no newsletter: why, since when, and letting them in again.

Only hashes of addresses are kept of it: one sees an address where its subscriber is still known, and can look for any.
"""

from django import forms
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.log_actions import log

from cms.listing import ButtonsColumn, WhenColumn
from cms.national import NationalOnly
from newsletter.models import Subscriber, Suppression
from newsletter.subscribing import suppression
from newsletter.subscribing.addresses import hash_of

from .access import HOME, TO_SUBSCRIBERS, Guarded

TO_BLOCKED = {"url": reverse_lazy("subscribers:blocked"), "label": _("Geblokkeerde adressen")}


class BlockedView(NationalOnly, Guarded, BaseListingView):
    page_title = TO_BLOCKED["label"]
    header_icon = "cross"
    index_url_name = "subscribers:blocked"
    index_results_url_name = "subscribers:blocked_results"
    template_name = "newsletter/subscribers/list.html"
    results_template_name = "newsletter/subscribers/blocked_results.html"
    verbose_name_plural = _("geblokkeerde adressen")
    breadcrumbs_items = [*HOME, TO_SUBSCRIBERS]
    is_searchable = True
    default_ordering = "-pk"
    paginate_by = 50

    @cached_property
    def columns(self):
        # Who searched a whole address knows whose it is, also when we don't any more.
        return [
            Column("address", label=_("E-mailadres"), accessor=lambda one: one.known_address or self.searched_address),
            Column("reason", label=_("Reden"), accessor="get_reason_display", sort_key="reason"),
            ButtonsColumn("lift", label=_("Doen"), template="newsletter/subscribers/lift_cell.html"),
            WhenColumn("created_at", label=_("Sinds"), sort_key="created_at"),
        ]

    @property
    def searched_address(self) -> str:
        return self.search_query.strip().lower() or _("onbekend")

    def get_base_queryset(self):
        known = Subscriber.objects.filter(address_hash=OuterRef("address_hash")).values("email")
        return Suppression.objects.annotate(known_address=Subquery(known))

    def search_queryset(self, queryset):
        return queryset.filter(address_hash=hash_of(self.search_query)) if self.is_searching else queryset


class BlockForm(forms.Form):
    address = forms.EmailField(label=_("E-mailadres"), widget=forms.TextInput(attrs={"autocomplete": "off"}))


class BlockView(NationalOnly, Guarded, WagtailAdminTemplateMixin, FormView):
    page_title = _("Adres blokkeren")
    header_icon = "cross"
    form_class = BlockForm
    template_name = "newsletter/subscribers/form.html"
    breadcrumbs_items = [*HOME, TO_SUBSCRIBERS, TO_BLOCKED, {"url": "", "label": page_title}]

    def get_initial(self):
        return {"address": self.request.GET.get("address", "")}

    def form_valid(self, form):
        suppression.suppress(hash_of(form.cleaned_data["address"]), Suppression.Reason.BLOCKED)
        log(self.request.user, "newsletter.suppress", user=self.request.user)
        messages.success(self.request, _("Dit adres krijgt geen nieuwsbrieven meer."))
        return redirect("subscribers:blocked")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "explanation": _(
                "Voor wie laat weten nooit meer een nieuwsbrief te willen, van wie ook. Het adres krijgt niets meer, "
                "ook geen mail om een inschrijving te bevestigen, en een import brengt het niet terug."
            ),
            "submit_button_label": _("Blokkeren"),
            "back": reverse("subscribers:blocked"),
        }


class LiftView(NationalOnly, Guarded, View):
    """A button; who had everything erased comes back by confirming a subscription alone."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, suppression_pk: int) -> HttpResponse:
        liftable = Suppression.objects.exclude(reason=Suppression.Reason.ERASED)
        found = get_object_or_404(liftable, pk=suppression_pk)
        suppression.lift(found.address_hash, found.reason)
        log(request.user, "newsletter.lift_suppression", user=request.user)
        messages.success(request, _("De blokkade is opgeheven. Wie nog ingeschreven staat, krijgt weer mail."))
        return redirect("subscribers:blocked")
