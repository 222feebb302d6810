"""The address that each mail comes back to when it can't be delivered (variable envelope return path).

It names the delivery, and a signature proves that we wrote it: whoever makes up a report about somebody else's mail
can't make up the address that it would have to come to. The same mark can stand wherever else a mail is reported by.
"""

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "newsletter.sending.return_path"
SIGNATURE_LENGTH = 16
"""Hexadecimal digits: 64 bits. Part of the address before the @ may be 64 characters long (RFC 5321, 4.5.3.1.1)."""
MARK = re.compile(r"([1-9][0-9]{0,18})-([0-9a-f]{16})")

METADATA = "delivery"
"""Under this name a mail that goes by a provider takes its mark along, and the provider's reports of it too."""


def mark_of(delivery_id: int) -> str:
    """The signed name of a delivery, as ``12-0123456789abcdef``: nothing in it has to be escaped in mails."""
    signature = salted_hmac(SALT, str(delivery_id), algorithm="sha256").hexdigest()[:SIGNATURE_LENGTH]
    return f"{delivery_id}-{signature}"


def delivery_marked(mark: str) -> int | None:
    """The id of the delivery that ``mark`` was made for; ``None`` for any text that we didn't make.

    Upper and lower case make no difference: some servers change it on the way.
    """
    parts = MARK.fullmatch(mark.lower())
    if not parts or not constant_time_compare(mark.lower(), mark_of(int(parts[1]))):
        return None
    return int(parts[1])


def address_for(delivery_id: int) -> str:
    """For MAIL FROM of that delivery, as ``bounces+12-0123456789abcdef@example.nl``.

    Empty when ``NEWSLETTER_BOUNCE_ADDRESS`` is: then there is nobody to come back to.
    """
    if not settings.NEWSLETTER_BOUNCE_ADDRESS:
        return ""
    name, _at, domain = settings.NEWSLETTER_BOUNCE_ADDRESS.partition("@")
    return f"{name}+{mark_of(delivery_id)}@{domain}"


def delivery_of(address: str) -> int | None:
    """The id of the delivery that ``address`` was made for; ``None`` for any address that we didn't make."""
    name, _at, domain = settings.NEWSLETTER_BOUNCE_ADDRESS.lower().partition("@")
    given, _at, given_domain = address.strip().lower().rpartition("@")
    given_name, _plus, mark = given.partition("+")
    if not name or (given_name, given_domain) != (name, domain):
        return None
    return delivery_marked(mark)
