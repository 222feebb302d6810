"""When two e-mail addresses are the same one, and what is kept of one that nobody may read."""

import hmac
from hashlib import sha256

from django.conf import settings


def hash_of(email: str) -> str:
    """HMAC-SHA-256 of the address, in hexadecimal; upper and lower case, and space around it, make no difference."""
    return hmac.new(settings.ADDRESS_HASH_KEY.encode(), email.strip().lower().encode(), sha256).hexdigest()
