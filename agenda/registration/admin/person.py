"""One registration: what was filled in, which mails went out, and what the organiser can do for this person."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.log_actions import log

from agenda.models import Registration
from agenda.registration import attendance, desk, posting
from agenda.registration.form import session_field
from agenda.registration.refusals import RegistrationRefused

from .access import HOME, TO_EVENTS, AboutRegistration

SHOWN_MAILS = 50


def url_of(registration: Registration, name: str = "person") -> str:
    return reverse(f"registrations:{name}", args=[registration.event_id, registration.pk])


class PersonScreen(AboutRegistration, WagtailAdminTemplateMixin):
    header_icon = "user"

    def get_page_title(self):
        return self.registration.name

    def get_breadcrumbs_items(self):
        event = {"url": reverse("registrations:event", args=[self.event.pk]), "label": self.event.title}
        return [*HOME, TO_EVENTS, event, {"url": "", "label": self.get_page_title()}]


class PersonView(PersonScreen, TemplateView):
    template_name = "agenda/registrations/person.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "event": self.event,
            "registration": self.registration,
            "answers": self.registration.answers.select_related("question"),
            "mails": self.registration.mails.order_by("-pk")[:SHOWN_MAILS],
            "has_other_sessions": self.event.sessions.exclude(pk=self.registration.session_id).exists(),
        }


class Deed(AboutRegistration, View):
    """A button: does something, says so or says why not, and goes back to where it stands."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs) -> HttpResponse:
        try:
            messages.success(request, self.do())
        except RegistrationRefused as refusal:
            messages.error(request, str(refusal))
        return redirect(self.back())

    def do(self) -> str:
        """Do it; what to tell of it."""
        raise NotImplementedError

    def back(self) -> str:
        return url_of(self.registration)


class AttendanceView(Deed):
    """Says nothing when it worked: the list shows it, at the place where the button was."""

    is_present = True

    def post(self, request, **kwargs):
        try:
            attendance.mark(self.registration, self.is_present)
        except RegistrationRefused as refusal:
            messages.error(request, str(refusal))
        return redirect(self.back())

    def back(self):
        where = get_valid_next_url_from_request(self.request)
        return f"{where}#aanmelding-{self.registration.pk}" if where else super().back()


class SendAgainView(Deed):
    def do(self):
        posting.post_again(self.registration)
        return _("De mail wordt opnieuw gestuurd.")


class AcceptView(Deed):
    def do(self):
        desk.accept_offer(self.registration.pk)
        log(self.event, "agenda.accept_offer", user=self.request.user)
        return _("De plaats is aangenomen. Er gaat een bevestiging uit.")


class PersonForm(PersonScreen, FormView):
    """Asks what it takes to do something, and does it; a refusal is told beside the form."""

    template_name = "agenda/registrations/form.html"

    def form_valid(self, form):
        try:
            done = self.do(form.cleaned_data)
        except RegistrationRefused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, done)
        return redirect(url_of(self.registration))

    def do(self, given: dict) -> str:
        """Do it; what to tell of it."""
        raise NotImplementedError

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "explanation": self.explanation,
            "submit_button_label": self.verb,
            "back": url_of(self.registration),
        }


class CancelForm(forms.Form):
    message = forms.CharField(
        label=_("Bericht"),
        required=False,
        max_length=2_000,
        widget=AdminAutoHeightTextInput,
        help_text=_("Staat in de mail. Mag leeg blijven."),
    )


class CancelView(PersonForm):
    form_class = CancelForm
    header_icon = "cross"
    verb = _("Afmelden")
    explanation = _(
        "De plaats komt vrij en gaat naar de eerste op de wachtlijst. Wie u afmeldt krijgt daar een mail over."
    )

    def get_page_title(self):
        return _("%(name)s afmelden") % {"name": self.registration.name}

    def do(self, given):
        desk.cancel(self.registration.pk, by_organiser=True, message=given["message"])
        log(self.event, "agenda.cancel_registration", user=self.request.user)
        return _("De aanmelding is beëindigd. Er gaat een mail uit.")


class MoveForm(forms.Form):
    def __init__(self, *args, sessions, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(str(session.pk), session.title) for session in sessions]
        self.fields["session"] = session_field(choices, label=_("Andere sessie"))


class MoveView(PersonForm):
    form_class = MoveForm
    header_icon = "arrow-right"
    verb = _("Andere sessie geven")
    explanation = _("Er gaat een mail uit waarin de nieuwe sessie staat.")

    def get_page_title(self):
        return _("%(name)s een andere sessie geven") % {"name": self.registration.name}

    def get_form_kwargs(self):
        others = [session for session in self.event.sessions.all() if session.pk != self.registration.session_id]
        return super().get_form_kwargs() | {"sessions": others}

    def do(self, given):
        moved = desk.change_session(self.registration.pk, given["session"], by_organiser=True)
        log(self.event, "agenda.change_session", user=self.request.user)
        return _("De sessie is nu ‘%(session)s’. Er gaat een mail uit.") % {"session": moved.session}
