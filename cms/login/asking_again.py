"""Asking again who it is: before screens about people, and before a list leaves the house.

The password, or a code of the second factor, holds for ``ACCOUNT_REAUTHENTICATION_TIMEOUT`` seconds; logging in counts
too (``cms.login.log``).
"""

from functools import wraps
from urllib.parse import urlencode

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import suspend_request
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from wagtail.log_actions import log

WAGTAILS_PEOPLE = frozenset({"wagtailusers_users", "wagtailusers_groups"})


def ask_password(request: HttpRequest) -> HttpResponse:
    """Lead to where the password is given; thereafter ``request`` is done as it was sent.

    It is kept in the session until then. What has a password in it is not kept, and has to be filled in again.
    """
    where = reverse("account_reauthenticate")
    if any("password" in name for name in request.POST):
        return redirect(f"{where}?{urlencode({'next': request.path})}")
    return suspend_request(request, where)


class PasswordRequired:
    """For views; to be named before the view that it guards."""

    @method_decorator(reauthentication_required)
    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return super().dispatch(request, *args, **kwargs)


def guard_wagtails_own(view):
    """For every view of Wagtail's admin: those about users and groups ask, and so does any list as a spreadsheet."""
    asking = reauthentication_required(view, enabled=lambda request: _is_about_people(request) or _is_export(request))

    @wraps(view)
    def wrapper(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = asking(request, *args, **kwargs)
        if _is_export(request) and "attachment" in response.get("Content-Disposition", ""):
            log(request.user, "cms.export", user=request.user, data={"list": request.path})
        return response

    return wrapper


def _is_about_people(request: HttpRequest) -> bool:
    return bool(WAGTAILS_PEOPLE.intersection(request.resolver_match.namespaces)) and request.user.is_authenticated


def _is_export(request: HttpRequest) -> bool:
    """Wagtail's lists know ``export=csv`` and ``export=xlsx``."""
    return "export" in request.GET and request.user.is_authenticated
