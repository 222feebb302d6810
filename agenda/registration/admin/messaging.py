"""A message to everybody who registered for an event, or for one of its sessions."""

import datetime

from django import forms
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.log_actions import log

from agenda.models import EventPage, EventSession, OutgoingMail
from agenda.registration.locking import locked
from agenda.registration.posting import post_to_all
from agenda.registration.refusals import Busy
from cms.form_fields import OneLineField

from .access import HOME, TO_EVENTS, AboutEvent

DOUBLE_CLICK = datetime.timedelta(minutes=1)


class MessageForm(forms.Form):
    session = forms.ModelChoiceField(
        label=_("Aan wie"), queryset=EventSession.objects.none(), required=False, empty_label=_("Alle sessies")
    )
    with_waiting = forms.BooleanField(label=_("Ook aan wie op de wachtlijst staat"), required=False)
    subject = OneLineField(label=_("Onderwerp"), max_length=150)
    message = forms.CharField(
        label=_("Bericht"),
        max_length=5_000,
        widget=AdminAutoHeightTextInput,
        help_text=_("Gewone tekst. De link naar de eigen aanmelding komt er vanzelf onder."),
    )

    def __init__(self, *args, event: EventPage, **kwargs):
        super().__init__(*args, **kwargs)
        self.event = event
        sessions = EventSession.objects.filter(event=event.pk)
        if sessions:
            self.fields["session"].queryset = sessions
        else:
            del self.fields["session"]

    def people(self):
        """To whom it goes, once the form is valid."""
        given = self.cleaned_data
        people = self.event.registrations
        people = people.active() if given["with_waiting"] else people.holding()
        return people.filter(session=given["session"]) if given.get("session") else people


class MessageView(AboutEvent, WagtailAdminTemplateMixin, FormView):
    """The message, then to how many people it goes; it is sent when that is still so."""

    page_title = _("Bericht sturen")
    header_icon = "mail"
    form_class = MessageForm
    template_name = "agenda/registrations/form.html"
    confirm_template = "agenda/registrations/confirm_message.html"

    def get_breadcrumbs_items(self):
        event = {"url": reverse("registrations:event", args=[self.event.pk]), "label": self.event.title}
        return [*HOME, TO_EVENTS, event, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"event": self.event}

    def form_valid(self, form):
        number = form.people().count()
        if not number:
            form.add_error(None, _("Er is niemand aan wie dit bericht gaat."))
            return self.form_invalid(form)
        if "edit" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        if self.request.POST.get("confirmed") != str(number):
            context = self.get_context_data(form=form, number=number)
            return self.response_class(self.request, self.confirm_template, context)
        try:
            sent = send(form, self.request.user)
        except Busy as busy:
            form.add_error(None, str(busy))
            return self.form_invalid(form)
        messages.success(
            self.request,
            ngettext("Het bericht gaat naar %d persoon.", "Het bericht gaat naar %d mensen.", sent) % sent,
        )
        return redirect("registrations:event", self.event.pk)

    def get_context_data(self, **kwargs):
        explanation = _("Iedereen krijgt een eigen mail en ziet de anderen niet.")
        if address := self.event.contact_email:
            explanation = f"{explanation} {_('Antwoorden gaan naar %(address)s.') % {'address': address}}"
        return super().get_context_data(**kwargs) | {
            "explanation": explanation,
            "submit_button_label": _("Verder"),
            "back": reverse("registrations:event", args=[self.event.pk]),
        }


def send(form: MessageForm, user) -> int:
    """Have the message sent; to how many people it goes. Raises ``Busy``.

    Who got this very message a moment ago doesn't get it again: a double click sends it once.
    """
    content = {name: form.cleaned_data[name] for name in ("subject", "message")}
    with locked(form.event.pk):
        people = form.people()
        number = people.count()
        if mails := post_to_all(people.exclude(pk__in=told_just_now(**content)), OutgoingMail.Kind.MESSAGE, **content):
            log(form.event, "agenda.send_message", user=user, data={"mails": mails})
    return number


def told_just_now(subject: str, message: str):
    lately = OutgoingMail.objects.filter(kind=OutgoingMail.Kind.MESSAGE, created_at__gt=timezone.now() - DOUBLE_CLICK)
    return lately.filter(content__subject=subject, content__message=message).values("registration")
