"""Where old addresses lead now."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.api.v2.utils import BadRequestError
from wagtail.contrib.redirects.api import RedirectsAPIViewSet as WagtailRedirectsAPIViewSet
from wagtail.contrib.redirects.models import Redirect

from cms.json_schema import ADDRESS, ID, INTEGER, STRING, Named, array, shape

from .contract import FIND, contract, paging
from .doors import door
from .errors import is_id
from .listing import read_part
from .paths import site_path

REDIRECT = Named(
    "Redirect",
    shape(id=ID, meta=shape(type=STRING, detail_url=ADDRESS), old_path=STRING, location=STRING),
    "Where an old path leads now.",
)
REDIRECTS = shape(meta=shape(total_count=INTEGER), items=array(REDIRECT))


class RedirectsAPIViewSet(WagtailRedirectsAPIViewSet):
    """Wagtail's redirects endpoint without redirects to pages that aren't public, which would give them away."""

    def get_queryset(self):
        hidden = {"redirect_page__isnull": False, "redirect_page__basepage__document": None}
        return super().get_queryset().exclude(**hidden)

    def find_object(self, queryset, request):
        if path := request.GET.get("html_path"):
            found = queryset.filter(old_path=Redirect.normalise_path(site_path(path))).first()
        elif is_id(request.GET.get("id", "")):
            found = super().find_object(queryset, request)
        else:
            raise BadRequestError("id must be a positive integer, or html_path given")
        if found is None:
            raise Http404
        return found

    def perform_content_negotiation(self, request, force=False):
        """JSON; whether the reader takes that, the door asks."""
        renderer = self.get_renderers()[0]
        return renderer, renderer.media_type

    def handle_exception(self, exc):
        """Leaves it to the door to say what was wrong."""
        raise exc


def _view(action: str):
    from .router import api

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
