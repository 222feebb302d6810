"""What every request passes through."""

from functools import lru_cache

from allauth.core.exceptions import ReauthenticationRequired
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from cms.login.asking_again import ask_password

# Looking for a door takes as long as reading its kept answer.
door_at = lru_cache(maxsize=1_000)(resolve)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class AtomicWrites:
    """Run the view of every request that may write in one transaction.

    Wagtail saves a new page, its revision and its publication one after the other; an error in between would
    leave half of it. Django's own ``ATOMIC_REQUESTS`` would also open a transaction for every read, which under
    SQLite's ``IMMEDIATE`` makes readers wait for writers.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method in SAFE_METHODS:
            return None
        try:
            return transaction.atomic(view)(request, *args, **kwargs)
        except ReauthenticationRequired:  # Django tells other middleware of errors in views, and this isn't one to it.
            return ask_password(request)


class PublicDoors:
    """Answers the API without the middleware that comes after it: no session, no message, no CSRF, no transaction.

    Who is logged in makes no difference there, and it takes half the time. What writes begins its own transactions.
    """

    prefix = "/api/v2/"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(self.prefix):
            return self.get_response(request)
        request.get_host()  # refuses a host that isn't ours, as what is skipped would
        match = request.resolver_match = door_at(request.path_info)
        response = match.func(request, *match.args, **match.kwargs)
        response.setdefault("Content-Length", str(len(response.content)))
        return response
