"""Webhooks in the admin: who is told, and the log of what was sent."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max, Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from cms.listing import WhenColumn
from cms.models import Webhook, WebhookDelivery, WebhookEvent
from cms.outgoing.addresses import AddressRefused, check

from . import delivery, events

CHOSEN_EVENTS = [choice for choice in WebhookEvent.choices if choice[0] != WebhookEvent.TEST]
SHOWN_DELIVERIES = 10
TO_WEBHOOKS = {"url": reverse_lazy("webhooks:index"), "label": _("Webhooks")}


class WebhookForm(WagtailAdminModelForm):
    events = forms.MultipleChoiceField(
        label=_("Gebeurtenissen"),
        choices=CHOSEN_EVENTS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Kies niets om alles te sturen."),
    )

    def clean_url(self):
        try:
            check(self.cleaned_data["url"])
        except AddressRefused as refusal:
            raise ValidationError(str(refusal), code="refused") from refusal
        return self.cleaned_data["url"]

    def clean(self):
        super().clean()
        if self.cleaned_data.get("is_active"):
            self.instance.switched_off_because = ""


class DeliveryPolicy(ModelPermissionPolicy):
    """The log can be read; the rows in it are the worker's."""

    def user_has_permission(self, user, action):
        return action == "view" and super().user_has_permission(user, action)


class WebhookIndexView(generic.IndexView):
    def get_base_queryset(self):
        last = Max("deliveries__delivered_at", filter=Q(deliveries__state=WebhookDelivery.State.DELIVERED))
        return super().get_base_queryset().annotate(last_delivered_at=last)

    @property
    def header_buttons(self):
        log = HeaderButton(_("Verzonden berichten"), url=reverse("webhook-deliveries:index"), icon_name="history")
        return [*super().header_buttons, log]


class WebhookCreateView(generic.CreateView):
    def get_success_url(self):
        return reverse(self.edit_url_name, args=[self.object.pk])


class WebhookEditView(generic.EditView):
    """Shows below the form the secret, a button to try it out, and what was sent last."""

    def get_context_data(self, **kwargs):
        deliveries = self.object.deliveries.all()[:SHOWN_DELIVERIES]
        return super().get_context_data(**kwargs) | {"deliveries": deliveries}

    def get_success_url(self):
        return reverse(self.edit_url_name, args=[self.object.pk])

    def save_instance(self):
        webhook = super().save_instance()
        if not webhook.is_active and "is_active" in self.form.changed_data:
            delivery.switch_off(webhook, str(_("Uitgezet door een redacteur.")))
        return webhook


class TryOutView(PermissionCheckedMixin, View):
    """A button that sends a test message."""

    http_method_names = ["post"]
    model = Webhook
    permission_required = "change"
    edit_url_name = ""

    def post(self, request, pk):
        webhook = get_object_or_404(Webhook, pk=pk)
        events.try_out(webhook)
        messages.success(request, _("Het testbericht wordt verstuurd. Ververs deze pagina om het antwoord te zien."))
        return redirect(reverse(self.edit_url_name, args=[webhook.pk]))


class WebhookViewSet(ModelViewSet):
    model = Webhook
    name = "webhooks"
    icon = "link-external"
    menu_label = _("Webhooks")
    menu_order = 850
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = WebhookIndexView
    add_view_class = WebhookCreateView
    edit_view_class = WebhookEditView
    edit_template_name = "cms/webhook_edit.html"
    edit_handler = ObjectList(
        [FieldPanel("name"), FieldPanel("url"), FieldPanel("events"), FieldPanel("is_active")],
        base_form_class=WebhookForm,
    )
    list_display = [
        "name",
        Column("url", label=_("Adres"), sort_key="url"),
        Column("events_in_words", label=_("Gebeurtenissen")),
        StatusTagColumn(
            "is_active",
            label=_("Status"),
            accessor=lambda webhook: _("actief") if webhook.is_active else _("uit"),
            primary=lambda webhook: webhook.is_active,
        ),
        WhenColumn("last_delivered_at", label=_("Laatst bezorgd")),
    ]

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("test/<int:pk>/", self.construct_view(TryOutView), name="test")]


class DeliveryFilterSet(WagtailFilterSet):
    class Meta:
        model = WebhookDelivery
        fields = ["webhook", "state", "event"]


class DeliveryIndexView(generic.IndexView):
    page_title = _("Verzonden berichten")
    breadcrumbs_items = [*generic.IndexView.breadcrumbs_items, TO_WEBHOOKS]

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("webhook")


class DeliveryInspectView(generic.InspectView):
    page_title = _("Verzonden bericht")
    breadcrumbs_items = [*generic.InspectView.breadcrumbs_items, TO_WEBHOOKS]

    def get_context_data(self, **kwargs):
        may_resend = self.request.user.has_perm("cms.change_webhook")
        return super().get_context_data(**kwargs) | {"delivery": self.object, "may_resend": may_resend}


class SendAgainView(PermissionCheckedMixin, View):
    """A button that begins anew with a delivery, for those who may change the webhook."""

    http_method_names = ["post"]
    model = Webhook
    permission_required = "change"
    inspect_url_name = ""

    def post(self, request, pk):
        sent = get_object_or_404(WebhookDelivery, pk=pk)
        events.send_again(sent)
        messages.success(
            request, _("Het bericht wordt opnieuw verstuurd. Ververs deze pagina om het antwoord te zien.")
        )
        return redirect(reverse(self.inspect_url_name, args=[sent.pk]))


class DeliveryViewSet(ModelViewSet):
    """The log of what was sent; the menu has only the webhooks, which lead here."""

    model = WebhookDelivery
    name = "webhook-deliveries"
    icon = "history"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = DeliveryIndexView
    inspect_view_class = DeliveryInspectView
    inspect_template_name = "cms/webhook_delivery.html"
    filterset_class = DeliveryFilterSet
    list_per_page = 50
    list_display = [
        TitleColumn("get_event_display", label=_("Bericht"), url_name="webhook-deliveries:inspect", width="22%"),
        Column("path", label=_("Pad")),
        Column("webhook", label=_("Webhook")),
        StatusTagColumn(
            "state",
            label=_("Status"),
            accessor="get_state_display",
            primary=lambda sent: sent.state == WebhookDelivery.State.DELIVERED,
        ),
        Column("last_status", label=_("Antwoord")),
        Column("attempts", label=_("Pogingen")),
        WhenColumn("created_at", label=_("Gemaakt"), sort_key="created_at"),
    ]

    def get_urlpatterns(self):
        send_again = SendAgainView.as_view(inspect_url_name=self.get_url_name("inspect"))
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
            path("resend/<int:pk>/", send_again, name="resend"),
        ]
