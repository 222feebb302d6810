"""The forms of logging in, in the words of the CMS."""

import time

from allauth.account.forms import LoginForm as AccountLoginForm
from allauth.account.forms import ReauthenticateForm as PasswordAgainForm
from allauth.core import context
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.utils.translation import gettext_lazy as _


class LoginForm(AccountLoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mailadres")
        self.fields["login"].widget = forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})
        _ask_password(self.fields["password"])


class PasswordForm(PasswordAgainForm):
    """Who is logged in gives her password once more."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask_password(self.fields["password"], autofocus=True)


class FirstCodeForm(ActivateTOTPForm):
    """Shows that the app on the phone gives the right codes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask_code(self.fields["code"], _("Code uit de app"))


class CodeOnce(forms.Form):
    """A code of the app, or a recovery code; each works once, and guessing is counted as it is for passwords."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask_code(self.fields["code"], _("Code uit de app, of een noodcode"))

    def clean_code(self) -> str:
        request = context.request
        if not AxesProxyHandler.is_allowed(request, {"email": self.user.email}):
            request.axes_locked_out = True
            raise get_adapter().validation_error("incorrect_code")
        code = super().clean_code()
        if _was_used_just_now(self.authenticator):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(CodeOnce, AuthenticateForm):
    """The second step of logging in."""


class CodeAgainForm(CodeOnce, ReauthenticateForm):
    """Who is logged in shows once more that she has her phone."""


def _was_used_just_now(authenticator: Authenticator) -> bool:
    """Whether the code that the app shows now was used already; each process of allauth remembers its own only."""
    if authenticator.type != Authenticator.Type.TOTP:
        return False
    stored = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    period = app_settings.TOTP_PERIOD
    return bool(stored.last_used_at) and stored.last_used_at.timestamp() // period == time.time() // period


def _ask_password(field: forms.Field, **attributes) -> None:
    field.label = _("Wachtwoord")
    field.help_text = ""
    field.widget = forms.PasswordInput(attrs={"autocomplete": "current-password", **attributes})


def _ask_code(field: forms.Field, label: str) -> None:
    field.label = label
    # Codes have digits only; this is how phones know which keyboard to show.
    field.widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True})
