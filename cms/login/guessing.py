"""Whose failures are counted together: django-axes closes an account, or an address, after too many of them.

What it counts stays in the database until the quarter of an hour is over. Of the account it holds no more than a hash:
people type addresses of others, and passwords, where their own address should be.
"""

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

SHARED_BY_ONE_SUBSCRIBER = 64
"""Bits of an IPv6 address; whoever has one network of that size can take any address in it (RFC 6177)."""


def account_key(request: HttpRequest | None, credentials: dict | None) -> str:
    """What stands for the account that somebody tries, whether there is such an account or not."""
    email = (credentials or {}).get("email") or ""
    return salted_hmac("cms.login.guessing", email.strip().lower(), algorithm="sha256").hexdigest()


def client_address(request: HttpRequest) -> str | None:
    """The IP address of the client, or of its network with IPv6; ``None`` when the server doesn't know it.

    Each proxy adds at the right of ``X-Forwarded-For`` from whom it had the request. So with ``TRUSTED_PROXIES`` of our
    own, that many from the right stands the last one that isn't ours; what is left of it anybody may have made up.
    """
    address = request.META.get("REMOTE_ADDR", "")
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    if 0 < settings.TRUSTED_PROXIES <= len(hops):
        address = hops[-settings.TRUSTED_PROXIES].strip() or address
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return None
    if known.version == 6:
        known = ipaddress.ip_network((known, SHARED_BY_ONE_SUBSCRIBER), strict=False).network_address
    return str(known)
