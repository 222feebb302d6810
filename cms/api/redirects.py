"""Where old addresses lead now."""

from django.http import Http404
from wagtail.contrib.redirects.api import RedirectsAPIViewSet as WagtailRedirectsAPIViewSet


class RedirectsAPIViewSet(WagtailRedirectsAPIViewSet):
    """Wagtail's redirects endpoint without redirects to pages that aren't live, which would give their address away."""

    def get_queryset(self):
        return super().get_queryset().exclude(redirect_page__live=False)

    def find_object(self, queryset, request):
        found = super().find_object(queryset, request)
        if found and not queryset.filter(pk=found.pk).exists():
            raise Http404("not found")
        return found
