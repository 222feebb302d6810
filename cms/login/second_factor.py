"""Who needs a second factor, and that nothing of the admin opens without it."""

from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from cms.models.pages import MANAGE_STRUCTURE

from .sessions import end_sessions

OPEN_BEFORE = frozenset(
    {
        "account_login",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_reauthenticate",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_logout",
        "wagtailadmin_sprite",
    }
)
"""Names of the addresses that somebody needs to set up a second factor, to show it, or to leave."""
METHOD = "mfa"
"""What allauth calls it where it notes in the session how somebody came in."""


class NoSecondFactor(Exception):
    """There is nothing to take away."""


def is_required_of(person) -> bool:
    if settings.TWO_FACTOR == "national":
        return person.has_perm(MANAGE_STRUCTURE)
    return settings.TWO_FACTOR == "all"


def is_set_up(person) -> bool:
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()


def reset(person) -> None:
    """Take away the second factor and the recovery codes of ``person``, and log her out everywhere.

    Raises ``NoSecondFactor``.
    """
    if not is_set_up(person):
        raise NoSecondFactor
    Authenticator.objects.filter(user=person).delete()
    end_sessions(person)


def prove(request: HttpRequest, person) -> None:
    """Note in the session that ``person`` has shown her second factor, as logging in with a code does."""
    record_authentication(request, person, method=METHOD)


def is_proven(request: HttpRequest) -> bool:
    return any(record["method"] == METHOD for record in get_authentication_records(request, request.user))


class RequireSecondFactor:
    """Nothing of the admin opens to who needs a second factor and has none, or has one and didn't show it.

    However the session began: not every door that logs somebody in has to know of it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    @cached_property
    def admin(self) -> str:
        return reverse("wagtailadmin_home")

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        # Elsewhere nobody is asked for a session: what everybody may read would no longer be kept by proxies.
        if not request.path.startswith(self.admin) or request.resolver_match.view_name in OPEN_BEFORE:
            return None
        where = request.user.is_authenticated and _what_is_missing(request)
        if not where:
            return None
        if _asks_for_a_page(request):
            return redirect(where)
        raise PermissionDenied


def _what_is_missing(request: HttpRequest) -> str | None:
    """Where to go for it."""
    if is_set_up(request.user):
        if is_proven(request):
            return None
        return f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}"
    return reverse("mfa_activate_totp") if is_required_of(request.user) else None


def _asks_for_a_page(request: HttpRequest) -> bool:
    return request.accepts("text/html") and request.headers.get("X-Requested-With") != "XMLHttpRequest"
