"""Asking again who it is: before screens about people, and before a list leaves the house.

The password, or a code of the second factor, holds for ``ACCOUNT_REAUTHENTICATION_TIMEOUT`` seconds; logging in counts
too (``cms.login.log``).
"""

from functools import wraps

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import suspend_request
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from wagtail.log_actions import log


def ask_password(request: HttpRequest) -> HttpResponse:
    """Lead to where the password is given; thereafter ``request`` is done as it was sent."""
    return suspend_request(request, reverse("account_reauthenticate"))


class PasswordRequired:
    """For views; to be named before the view that it guards."""

    @method_decorator(reauthentication_required)
    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return super().dispatch(request, *args, **kwargs)


def guard_exports(view):
    """For every view of the admin: Wagtail makes a spreadsheet of any list that is asked for with ``export=``."""
    asking = reauthentication_required(view, enabled=_is_export)

    @wraps(view)
    def wrapper(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = asking(request, *args, **kwargs)
        if _is_export(request) and "attachment" in response.get("Content-Disposition", ""):
            log(request.user, "cms.export", user=request.user, data={"list": request.path})
        return response

    return wrapper


def _is_export(request: HttpRequest) -> bool:
    return "export" in request.GET and request.user.is_authenticated
