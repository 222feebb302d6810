"""What is written down of logging in, in the history of the account (Wagtail's audit log).

Of an address that belongs to nobody nothing is kept: whoever mistypes may well have typed a password.
"""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from axes.signals import user_locked_out
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

ACTIONS = {
    "cms.login": (_("Inloggen"), _("Ingelogd")),
    "cms.logout": (_("Uitloggen"), _("Uitgelogd")),
    "cms.login_failed": (_("Inloggen mislukt"), _("Inloggen mislukt")),
    "cms.locked_out": (_("Account op slot"), _("Na te veel mislukte pogingen een kwartier op slot")),
    "cms.export": (_("Lijst downloaden"), _("Lijst gedownload")),
    "cms.second_factor_added": (_("Tweede stap instellen"), _("Inloggen in twee stappen ingesteld")),
    "cms.second_factor_removed": (_("Tweede stap uitzetten"), _("Inloggen in twee stappen uitgezet")),
    "cms.second_factor_reset": (_("Tweede stap wissen"), _("Inloggen in twee stappen gewist; alle sessies beëindigd")),
    "cms.recovery_codes_made": (_("Noodcodes maken"), _("Nieuwe noodcodes gemaakt")),
}


def register_log_actions(actions) -> None:
    for action, (label, message) in ACTIONS.items():
        actions.register_action(action, label, message)


def connect() -> None:
    """django-axes connected when it was imported above, so it has counted before anything is noted here."""
    for signal, receiver in (
        (user_logged_in, note_login),
        (user_logged_out, note_logout),
        (user_login_failed, note_failure),
        (user_locked_out, note_lock),
        (authentication_failed, count_wrong_code),
        (authenticator_added, note_second_factor),
        (authenticator_removed, note_removal),
        (authenticator_reset, note_new_codes),
    ):
        signal.connect(receiver, dispatch_uid=f"cms.login.{receiver.__name__}")


def note_login(request, user, **kwargs):
    """Whoever just logged in isn't asked for the password again at once."""
    record_authentication(request, user, method="password", reauthenticated=True)
    log(user, "cms.login", user=user)


def note_logout(user, **kwargs):
    if user is not None:
        log(user, "cms.logout", user=user)


def note_failure(credentials, request, **kwargs):
    if _was_compared(request):
        _log_if_known(credentials, "cms.login_failed")


def note_lock(request, **kwargs):
    """Once, at the failure that closes the account; django-axes tells of every try thereafter too."""
    if _was_compared(request):
        _log_if_known(request.axes_credentials, "cms.locked_out")


def count_wrong_code(request, user, **kwargs):
    """Codes of the second factor are counted along with passwords."""
    user_login_failed.send(sender=__name__, credentials={"email": user.email}, request=request)


def note_second_factor(user, authenticator, **kwargs):
    if authenticator.type == Authenticator.Type.TOTP:
        log(user, "cms.second_factor_added", user=user)


def note_removal(user, authenticator, **kwargs):
    if authenticator.type == Authenticator.Type.TOTP:
        log(user, "cms.second_factor_removed", user=user)


def note_new_codes(user, **kwargs):
    log(user, "cms.recovery_codes_made", user=user)


def _was_compared(request) -> bool:
    """Whether it was a wrong password or code, and not a try at what is closed."""
    return request.axes_failures_since_start is not None


def _log_if_known(credentials: dict, action: str) -> None:
    email = (credentials or {}).get("email") or ""
    user = get_user_model().objects.filter(email__iexact=email).first()
    if user:
        log(user, action)
