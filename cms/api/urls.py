"""The doors of the API that show pages of every kind; features add their own in ``cms.urls``."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import path, resolve

from cms import feeds
from cms.sitemap import sitemap

from . import preview_views, redirect_views, terms, views
from .doors import door
from .openapi.views import docs, openapi
from .router import api


@door
def nowhere(request: HttpRequest) -> HttpResponse:
    """Nothing is here; the door whose address lacks its last slash is there, as elsewhere in Django."""
    if request.path.endswith("/") or resolve(f"{request.path_info}/").func is nowhere:
        raise Http404
    return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))


urlpatterns = [
    path("pages/", views.pages),
    path("pages/find/", views.find),
    path("pages/<int:pk>/", views.page),
    path("resolve/", views.resolve),
    path("preview/", preview_views.preview),
    path("preview/userbar/", preview_views.userbar),
    path("feeds/atom/", feeds.atom),
    path("feeds/rss/", feeds.rss),
    path("sitemap.xml", sitemap),
    path("themes/", terms.themes),
    path("openapi.json", openapi),
    path("docs/", docs),
    path("redirects/", redirect_views.redirects),
    path("redirects/find/", redirect_views.find_redirect),
    path("redirects/<int:pk>/", redirect_views.redirect_detail),
    # Names the addresses of pages and redirects for Wagtail's serializers; the doors above answer them all.
    path("", api.urls),
]
