"""The doors to old addresses."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cms.json_schema import ADDRESS, ID, INTEGER, STRING, Named, array, shape

from .contract import FIND, contract, paging
from .doors import door
from .listing import read_part
from .redirects import RedirectsAPIViewSet
from .router import api

REDIRECT = Named(
    "Redirect",
    shape(id=ID, meta=shape(type=STRING, detail_url=ADDRESS), old_path=STRING, location=STRING),
    "Where an old path leads now.",
)
REDIRECTS = shape(meta=shape(total_count=INTEGER), items=array(REDIRECT))


def _view(action: str):
    return api.wrap_view(RedirectsAPIViewSet.as_view({"get": action, "head": action}))


@contract("redirects", REDIRECTS, paging(settings.WAGTAILAPI_LIMIT_MAX)[:2])
@door
def redirects(request: HttpRequest) -> HttpResponse:
    """All old addresses, in Wagtail's words; those of pages that aren't public are left out."""
    read_part(request.GET)
    return _view("listing_view")(request)


@contract("redirects", REDIRECT, not_found=True)
@door
def redirect_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One old address."""
    return _view("detail_view")(request, pk=pk)


@contract("redirects", parameters=FIND, not_found=True, redirects=True)
@door
def find_redirect(request: HttpRequest) -> HttpResponse:
    """Lead to the redirect with an ``id``, or of ``html_path``, as Wagtail's v2 does."""
    return _view("find_view")(request)
