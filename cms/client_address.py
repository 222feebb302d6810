"""From which address a request comes, for counting what one client asks."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

SHARED_BY_ONE_SUBSCRIBER = 64
"""Bits of an IPv6 address; whoever has one network of that size can take any address in it (RFC 6177)."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def client_address(request: HttpRequest) -> str | None:
    """The IP address of the client, or of its network with IPv6; ``None`` when the server doesn't know it.

    Each proxy adds at the right of ``X-Forwarded-For`` from whom it had the request. So with ``TRUSTED_PROXIES`` of our
    own, that many from the right stands the last one that isn't ours; what is left of it anybody may have made up.
    Only when that one is the site (``SITE_ADDRESSES``), which asks for its visitors, what it says of them is believed.
    """
    connection = request.META.get("REMOTE_ADDR", "")
    chain = [*request.headers.get("X-Forwarded-For", "").split(","), connection]
    hop = len(chain) - 1 - settings.TRUSTED_PROXIES
    address = (_read(chain[hop]) if hop >= 0 else None) or _read(connection)
    if address and hop > 0 and any(address in network for network in settings.SITE_ADDRESSES):
        address = _read(chain[hop - 1]) or address
    return str(_network_of(address)) if address else None


def _read(text: str) -> Address | None:
    try:
        return ipaddress.ip_address(text.strip())
    except ValueError:
        return None


def _network_of(address: Address) -> Address:
    if address.version == 4:
        return address
    return ipaddress.ip_network((address, SHARED_BY_ONE_SUBSCRIBER), strict=False).network_address
