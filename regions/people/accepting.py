"""The page behind the link of an invitation; it is outside of the admin, because who comes may have no account yet.

The link is a key: answers aren't kept, and the address isn't told to any other page. The policy ``strict-origin`` does
that; with ``no-referrer`` browsers would leave out their origin as well, and Django refuse the form.
"""

from http import HTTPStatus

from django import forms
from django.contrib.auth import get_user_model, login
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin import messages

from . import invitations

REFUSALS = {
    invitations.InvitationUnknown: (
        HTTPStatus.NOT_FOUND,
        _("Deze link klopt niet"),
        _(
            "Open de link uit de mail nog eens, of kopieer hem helemaal. Is de mail ouder dan drie maanden? Hebt u al "
            "een account, dan kunt u inloggen; vraag anders de landelijke redactie om een nieuwe uitnodiging."
        ),
    ),
    invitations.InvitationUsed: (
        HTTPStatus.GONE,
        _("Deze uitnodiging is al gebruikt"),
        _("Er hoeft niets meer te gebeuren. U kunt inloggen met uw e-mailadres en het wachtwoord dat u toen koos."),
    ),
    invitations.InvitationExpired: (
        HTTPStatus.GONE,
        _("Deze uitnodiging is verlopen"),
        _("Een uitnodiging werkt zeven dagen. Vraag de landelijke redactie om haar opnieuw te sturen."),
    ),
    invitations.InvitationWithdrawn: (
        HTTPStatus.GONE,
        _("Deze uitnodiging is ingetrokken"),
        _("Klopt dat niet? Neem contact op met de landelijke redactie."),
    ),
    invitations.RegionClosed: (
        HTTPStatus.GONE,
        _("Deze regio is er niet meer"),
        _("De regio is gesloten of opgegaan in een andere. Neem contact op met de landelijke redactie."),
    ),
    invitations.AccountSwitchedOff: (
        HTTPStatus.FORBIDDEN,
        _("Uw account staat uit"),
        _("Vraag de landelijke redactie om het weer aan te zetten. Daarna werkt deze link weer."),
    ),
    invitations.WrongPerson: (
        HTTPStatus.FORBIDDEN,
        _("Deze uitnodiging is voor iemand anders"),
        _("U bent ingelogd met een ander e-mailadres. Log uit en open de link uit de mail daarna nog eens."),
    ),
}


class NewcomerForm(SetPasswordForm):
    """Name and password of somebody who has no account yet; ``user`` is one that isn't saved."""

    first_name = forms.CharField(
        label=_("Voornaam"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Achternaam"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    field_order = ["first_name", "last_name", "new_password1", "new_password2"]

    def clean(self):
        # A password that looks like the name is refused.
        self.user.first_name = self.cleaned_data.get("first_name", "")
        self.user.last_name = self.cleaned_data.get("last_name", "")
        return super().clean()


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class InvitationView(View):
    """Asks a newcomer for a name and a password, and who has an account already to log in and confirm."""

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            response = super().dispatch(request, *args, **kwargs)
        except invitations.InvitationRefused as refusal:
            response = self.refuse(refusal)
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        invitation, person = self.look_up(token)
        if person is None:
            return self.ask(invitation, form=self.make_form(invitation))
        return self.ask(invitation, person=person)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        invitation, person = self.look_up(token)
        if person is None:
            return self.welcome_newcomer(invitation, token)
        if not request.user.is_authenticated:
            return self.ask(invitation, person=person)
        invitations.accept(token, person)
        return self.enter(invitation)

    def look_up(self, token: str):
        """The invitation, and the account of who was invited, if there is one."""
        invitation = invitations.find(token)
        person = invitations.account_with(invitation.email)
        if self.request.user.is_authenticated and self.request.user != person:
            raise invitations.WrongPerson
        return invitation, person

    def make_form(self, invitation, data=None) -> NewcomerForm:
        return NewcomerForm(get_user_model()(email=invitation.email), data)

    def welcome_newcomer(self, invitation, token: str) -> HttpResponse:
        form = self.make_form(invitation, self.request.POST)
        if not form.is_valid():
            return self.ask(invitation, form=form)
        names = {name: form.cleaned_data[name] for name in ("first_name", "last_name")}
        try:
            person = invitations.accept_as_newcomer(token, **names, password=form.cleaned_data["new_password1"])
        except invitations.AccountExists:
            return redirect(self.request.path)
        login(self.request, person, backend="django.contrib.auth.backends.ModelBackend")
        return self.enter(invitation)

    def enter(self, invitation) -> HttpResponse:
        region = invitation.region.title
        messages.success(self.request, _("U kunt nu de pagina's van %(region)s bijhouden.") % {"region": region})
        return redirect("wagtailadmin_home")

    def ask(self, invitation, **context) -> HttpResponse:
        return TemplateResponse(self.request, "regions/invitation.html", {"invitation": invitation, **context})

    def refuse(self, refusal: invitations.InvitationRefused) -> HttpResponse:
        status, title, text = REFUSALS[type(refusal)]
        context = {"title": title, "text": text, "is_other_person": isinstance(refusal, invitations.WrongPerson)}
        return TemplateResponse(self.request, "regions/invitation_refused.html", context, status=status)


urlpatterns = [path("<str:token>/", InvitationView.as_view(), name="invitation")]
