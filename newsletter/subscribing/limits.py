"""How often one client may ask something about subscriptions, and somebody for one address.

How often an address gets mail is for ``posting``; this stops programs that fill the database.
"""

from django.conf import settings
from django.http import HttpRequest

from cms.api.limiting import HOUR, TEN_MINUTES, Limit
from cms.client_address import client_address

from .addresses import hash_of


def count_request(request: HttpRequest, email: str) -> None:
    """Raises ``Refused`` when this client, or somebody for this e-mail address, asks too often."""
    count_action(request)
    Limit("subscriber", settings.REGISTRATIONS_PER_ADDRESS, HOUR).count(hash_of(email))


def count_action(request: HttpRequest) -> None:
    """Raises ``Refused`` when this client changes subscriptions too often."""
    Limit("subscriptions", settings.REGISTRATIONS_PER_CLIENT, TEN_MINUTES).count(client_address(request))
