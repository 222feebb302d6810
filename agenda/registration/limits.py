"""How often one client may register, change something, or try a link that is none.

A whole school may sit behind one address, so these are wide; what they stop is a program that fills an event.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import Http404, HttpRequest

from cms.api.limiting import Limit
from cms.client_address import client_address

TEN_MINUTES = datetime.timedelta(minutes=10)
HOUR = datetime.timedelta(hours=1)
WRONG_LINKS = Limit("wrong links", 30, TEN_MINUTES)


def count_registration(request: HttpRequest, email: str) -> None:
    """Raises ``Refused`` when this client, or somebody for this e-mail address, registers too often."""
    Limit("registrations", settings.REGISTRATIONS_PER_CLIENT, TEN_MINUTES).count(client_address(request))
    Limit("e-mail address", settings.REGISTRATIONS_PER_ADDRESS, HOUR).count(email.lower())


def count_action(request: HttpRequest) -> None:
    """Raises ``Refused`` when this client changes registrations too often."""
    Limit("actions", settings.REGISTRATIONS_PER_CLIENT, TEN_MINUTES).count(client_address(request))


@contextmanager
def guessing(request: HttpRequest) -> Iterator[None]:
    """Count it when within ``Http404`` is raised; raises ``Refused`` once that happened too often."""
    client = client_address(request)
    WRONG_LINKS.check(client)
    try:
        yield
    except Http404:
        WRONG_LINKS.count(client)
        raise
