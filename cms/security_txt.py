"""Whom to tell of a weakness: ``/.well-known/security.txt`` (RFC 9116)."""

import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PATH = "/.well-known/security.txt"
# Until when somebody is sure to read what is sent there. Renew it for less than a year, after asking whether that is
# still so; a test begins to fail two months before.
EXPIRES = datetime.datetime(2027, 10, 31, tzinfo=datetime.UTC)


def security_txt(request: HttpRequest) -> HttpResponse:
    """The site leads here from its own address, so that address is named too."""
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {EXPIRES:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        *(f"Canonical: {origin}{PATH}" for origin in (settings.WAGTAILADMIN_BASE_URL, settings.FRONTEND_URL) if origin),
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
