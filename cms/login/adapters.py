"""How django-allauth is set up here (https://docs.allauth.org/en/latest/account/adapter.html)."""

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathImage

from cms.client_address import client_address

from . import second_factor


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("Dit e-mailadres en wachtwoord horen niet bij elkaar. Probeer het nog eens."),
        "incorrect_password": _("Dit is niet uw wachtwoord. Probeer het nog eens."),
    }

    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request):
        return client_address(request)

    def add_message(self, *args, **kwargs):
        """Nothing: the next screen says it."""


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "Deze code klopt niet. Wacht op de volgende code in de app, of kijk of de klok van uw telefoon gelijkloopt."
        ),
        "cannot_delete_authenticator": _(
            "Voor uw werk is inloggen in twee stappen verplicht. Hebt u een andere telefoon? Vraag een collega van de "
            "landelijke redactie om de tweede stap te wissen; daarna stelt u hem opnieuw in."
        ),
        "cannot_generate_recovery_codes": _("Stel eerst inloggen in twee stappen in."),
    }

    def can_delete_authenticator(self, authenticator):
        return not second_factor.is_required_of(authenticator.user)

    def build_totp_svg(self, url):
        """As it goes into the page; allauth's is a file of its own, with a prologue."""
        return qrcode.make(url, image_factory=SvgPathImage).to_string(encoding="unicode")
