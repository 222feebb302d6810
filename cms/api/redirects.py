"""Where old addresses lead now, as Wagtail's v2 says it."""

from django.http import Http404
from wagtail.api.v2.utils import BadRequestError
from wagtail.contrib.redirects.api import RedirectsAPIViewSet as WagtailRedirectsAPIViewSet
from wagtail.contrib.redirects.models import Redirect

from .errors import is_id
from .paths import site_path


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
