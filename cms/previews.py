"""Showing editors on the front end what they are writing.

The CMS keeps what the API would say of it, under a token (``cms.models.Preview``), and leads the browser to the front
end, which asks for it by that token (``cms.api.preview_views``). Without a front end Wagtail's own previews remain.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect

ROOT = "/voorbeeld/"


def client_url(kind: str) -> str:
    """Where the front end shows previews of a ``kind``: ``pagina``, ``site`` or ``blok``."""
    return f"{settings.FRONTEND_URL}{ROOT}{kind}/"


def lead_to_preview(kind: str, token: str) -> HttpResponse:
    """Have the browser go and see what is kept under ``token``."""
    return redirect(f"{client_url(kind)}?{urlencode({'token': token})}")
