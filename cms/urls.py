"""The doors of the CMS."""

from django.conf import settings
from django.conf.urls.static import static
from django.http import Http404, JsonResponse
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms import feeds
from cms.api.router import api
from cms.health import healthz, readyz
from cms.sitemap import sitemap


def page_not_found(request, **kwargs):
    raise Http404


def endpoint_not_found(request, **kwargs):
    return JsonResponse({"message": "not found"}, status=404)


urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    # Nothing here uses the page actions of the admin's own API, and they publish and revert past the page form.
    path("admin/api/main/pages/<int:pk>/action/<path:action>", page_not_found),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v2/feeds/atom/", feeds.atom),
    path("api/v2/feeds/rss/", feeds.rss),
    path("api/v2/sitemap.xml", sitemap),
    path("api/v2/", include("agenda.urls")),
    path("api/v2/", api.urls),
    path("api/<path:rest>", endpoint_not_found),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("", include(wagtail_urls)),
]
