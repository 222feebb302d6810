"""Absolute addresses on the national site."""

from django.conf import settings
from wagtail.models import Page


def on_site(path: str) -> str:
    """The address of ``path`` (as in ``html_path``) on the site that shows the pages, or on the CMS without one."""
    return (settings.FRONTEND_URL or settings.WAGTAILADMIN_BASE_URL) + path


def address_of(page: Page, request=None) -> str | None:
    """The address of ``page``, or ``None`` when it lies outside the site; ``request`` saves looking up its root."""
    parts = page.get_url_parts(request)
    return parts and on_site(parts[2])
