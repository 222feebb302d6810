"""Registering somebody by hand, who called or came by."""

from django import forms
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from agenda.registration import desk, refusals
from agenda.registration.form import QUESTION, RegistrationForm

from .access import HOME, TO_EVENTS, AboutEvent

FULL = _("Het is vol. Vink dit aan om deze persoon er toch bij te zetten.")
BESIDE = {
    refusals.AlreadyRegistered: ("email", refusals.AlreadyRegistered.message),
    refusals.SessionUnknown: ("session", refusals.SessionUnknown.message),
    refusals.SessionFull: ("over_capacity", FULL),
    refusals.EventFull: ("over_capacity", FULL),
}
"""Beside which field a refusal stands, and in which words."""


class AddForm(RegistrationForm):
    """As visitors fill it in, but that the organiser may not know everything, and that nobody subscribes another."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("newsletter", "reserve"):
            self.fields.pop(name, None)
        if "audience" in self.fields:
            self.fields["audience"].label = _("Doelgroep")
        for name, field in self.fields.items():
            if name.startswith(QUESTION):
                field.required = False
        self.fields["over_capacity"] = forms.BooleanField(
            label=_("Ook als het vol is"),
            required=False,
            help_text=_("Er komt dan een plaats bij, alleen voor deze persoon."),
        )

    def clean(self):
        return super().clean() | {"newsletter": False}


class AddView(AboutEvent, WagtailAdminTemplateMixin, FormView):
    page_title = _("Iemand aanmelden")
    header_icon = "plus"
    form_class = AddForm
    template_name = "agenda/registrations/form.html"

    def get_breadcrumbs_items(self):
        event = {"url": reverse("registrations:event", args=[self.event.pk]), "label": self.event.title}
        return [*HOME, TO_EVENTS, event, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"event": self.event}

    def form_valid(self, form):
        try:
            desk.add_by_hand(self.event.pk, form.entry(), over_capacity=form.cleaned_data["over_capacity"])
        except refusals.RegistrationRefused as refusal:
            field, sentence = BESIDE.get(type(refusal), (None, str(refusal)))
            form.add_error(field if field in form.fields else None, sentence)
            return self.form_invalid(form)
        log(self.event, "agenda.add_registration", user=self.request.user)
        messages.success(self.request, _("De aanmelding staat erbij. Er gaat een bevestiging uit."))
        return redirect("registrations:event", self.event.pk)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "explanation": _(
                "Dit kan ook als aanmelden op de site niet meer kan. Er gaat een bevestiging naar het adres."
            ),
            "submit_button_label": _("Aanmelden"),
            "back": reverse("registrations:event", args=[self.event.pk]),
        }
