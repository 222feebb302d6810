"""Whose failures are counted together: django-axes closes an account, or an address, after too many of them.

What it counts stays in the database until the quarter of an hour is over. Of the account it holds no more than a hash:
people type addresses of others, and passwords, where their own address should be. The address is that of
``cms.client_address``.
"""

from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def account_key(request: HttpRequest | None, credentials: dict | None) -> str:
    """What stands for the account that somebody tries, whether there is such an account or not."""
    email = (credentials or {}).get("email") or ""
    return salted_hmac("cms.login.guessing", email.strip().lower(), algorithm="sha256").hexdigest()
