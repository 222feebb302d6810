"""Who needs a second factor, and that nothing of the admin opens before it is there."""

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
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_logout",
        "wagtailadmin_sprite",
    }
)
"""Names of the addresses that somebody needs to set up a second factor, or to leave."""


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


class RequireSecondFactor:
    """Leads who has no second factor yet, and needs one, from anywhere in the admin to setting it up."""

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
        if not request.user.is_authenticated or not is_required_of(request.user) or is_set_up(request.user):
            return None
        if _asks_for_a_page(request):
            return redirect("mfa_activate_totp")
        raise PermissionDenied


def _asks_for_a_page(request: HttpRequest) -> bool:
    return request.accepts("text/html") and request.headers.get("X-Requested-With") != "XMLHttpRequest"
