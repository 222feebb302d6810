"""Where old addresses lead now."""

from django.http import Http404
from wagtail.contrib.redirects.api import RedirectsAPIViewSet as WagtailRedirectsAPIViewSet
from wagtail.contrib.redirects.models import Redirect

from .errors import OutOfRangeIsBadRequest
from .pagination import BoundedPagination


class RedirectsAPIViewSet(OutOfRangeIsBadRequest, WagtailRedirectsAPIViewSet):
    """Wagtail's redirects endpoint without redirects to pages that aren't live, which would give their address away."""

    pagination_class = BoundedPagination

    def get_queryset(self):
        return super().get_queryset().exclude(redirect_page__live=False)

    def find_object(self, queryset, request):
        if path := request.GET.get("html_path"):
            found = queryset.filter(old_path=Redirect.normalise_path(path.replace("\x00", ""))).first()
        else:
            found = super().find_object(queryset, request)
        if found is None:
            raise Http404("not found")
        return found
