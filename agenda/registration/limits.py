"""How often one client may register, or change something.

A whole school may sit behind one address, so these are wide; what they stop is a program that fills an event.
"""

from django.conf import settings
from django.http import HttpRequest

from cms.api.limiting import HOUR, TEN_MINUTES, Limit
from cms.client_address import client_address


def count_registration(request: HttpRequest, email: str) -> None:
    """Raises ``Refused`` when this client, or somebody for this e-mail address, registers too often."""
    Limit("registrations", settings.REGISTRATIONS_PER_CLIENT, TEN_MINUTES).count(client_address(request))
    Limit("e-mail address", settings.REGISTRATIONS_PER_ADDRESS, HOUR).count(email.lower())


def count_action(request: HttpRequest) -> None:
    """Raises ``Refused`` when this client changes registrations too often."""
    Limit("actions", settings.REGISTRATIONS_PER_CLIENT, TEN_MINUTES).count(client_address(request))
