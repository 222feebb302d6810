"""The address that each mail comes back to when it can't be delivered (variable envelope return path).

It names the delivery, and a signature proves that we wrote it: whoever makes up a report about somebody else's mail
can't make up the address that it would have to come to.
"""

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "newsletter.sending.return_path"
SIGNATURE_LENGTH = 16
"""Hexadecimal digits: 64 bits. Part of the address before the @ may be 64 characters long (RFC 5321, 4.5.3.1.1)."""
DETAIL = re.compile(r"([1-9][0-9]{0,18})-([0-9a-f]{16})")


def address_for(delivery_id: int) -> str:
    """For MAIL FROM of that delivery, as ``bounces+12-0123456789abcdef@example.nl``.

    Empty when ``NEWSLETTER_BOUNCE_ADDRESS`` is: then there is nobody to come back to.
    """
    if not settings.NEWSLETTER_BOUNCE_ADDRESS:
        return ""
    name, _at, domain = settings.NEWSLETTER_BOUNCE_ADDRESS.partition("@")
    return f"{name}+{delivery_id}-{_signature(delivery_id)}@{domain}"


def delivery_of(address: str) -> int | None:
    """The id of the delivery that ``address`` was made for; ``None`` for any address that we didn't make.

    Upper and lower case make no difference: some servers change it on the way.
    """
    name, _at, domain = settings.NEWSLETTER_BOUNCE_ADDRESS.lower().partition("@")
    given, _at, given_domain = address.strip().lower().rpartition("@")
    given_name, _plus, detail = given.partition("+")
    parts = DETAIL.fullmatch(detail)
    if not name or (given_name, given_domain) != (name, domain) or not parts:
        return None
    delivery_id = int(parts[1])
    return delivery_id if constant_time_compare(parts[2], _signature(delivery_id)) else None


def _signature(delivery_id: int) -> str:
    return salted_hmac(SALT, str(delivery_id), algorithm="sha256").hexdigest()[:SIGNATURE_LENGTH]
