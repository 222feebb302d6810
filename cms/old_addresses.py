"""Redirects from where a page was to where it is.

One for the page itself is enough: ``cms.api.paths`` finds what lies below it by the part of the path that stayed the
same. Wagtail would make one for every page below, after the transaction.
"""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from wagtail.contrib.redirects.models import Redirect

from .api.paths import destination, site_path
from .models import PageDocument

LONGEST = Redirect._meta.get_field("old_path").max_length


def address_of(page_id: int) -> str | None:
    """The path on the site of a page that is public."""
    return PageDocument.objects.filter(pk=page_id).values_list("html_path", flat=True).first()


def remember(page_id: int, before: str | None, after: str | None) -> None:
    """A public page went from one path to another."""
    if before is None or after is None or before == after:
        return
    Redirect.objects.filter(old_path=Redirect.normalise_path(after), automatically_created=True).delete()
    lead(before, page_id)


def lead(path: str, page_id: int) -> None:
    """Lead from ``path`` to a page from now on."""
    old_path = Redirect.normalise_path(path)
    if len(old_path) <= LONGEST:
        target = {"redirect_page_id": page_id, "automatically_created": True}
        Redirect.objects.update_or_create(old_path=old_path, site=None, defaults=target)


class OldAddresses:
    """Leads visitors of the reading view from an old path to the new one; nothing of the admin was ever a page."""

    admin = "/admin/"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.path_info.startswith(self.admin):
            return response
        try:
            target = destination(site_path(request.path_info.replace("\x00", "")))
        except Http404:
            return response
        redirect = HttpResponsePermanentRedirect if target.is_permanent else HttpResponseRedirect
        return redirect(target.path)
