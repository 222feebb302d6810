"""The doors of the CMS."""

from django.conf import settings
from django.conf.urls.static import static
from django.http import Http404
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.api.urls import nowhere
from cms.block_previews import block_preview
from cms.health import healthz, readyz
from cms.login.asking_again import guard_wagtails_own
from cms.security_txt import PATH as SECURITY_TXT
from cms.security_txt import security_txt

# The folders in MEDIA_ROOT that anybody may read; in production a web server gives them out. Documents are not among
# them: they go through their own door, which says how a browser has to treat them.
PUBLIC_FOLDERS = ("images", "original_images", "avatar_images")


def page_not_found(request, **kwargs):
    raise Http404


def public_files():
    for folder in PUBLIC_FOLDERS:
        yield from static(f"{settings.MEDIA_URL}{folder}/", document_root=f"{settings.MEDIA_ROOT}/{folder}")


urlpatterns = [
    # Read far more often than all others together.
    path("api/v2/", include("cms.api.urls")),
    path("api/v2/", include("regions.api")),
    path("api/v2/", include("agenda.api")),
    path("api/v2/", include("home.api")),
    path("api/v2/", include("newsletter.api")),
    path("api/v2/", include("search.api")),
    re_path("^api/", nowhere),
    path("healthz", healthz),
    path("readyz", readyz),
    path(SECURITY_TXT.removeprefix("/"), security_txt),
    path("admin/block-preview/", block_preview),
    # Before Wagtail's own, whose log-in knows no second factor.
    path("admin/", include("cms.login.urls")),
    path("admin/", include(decorate_urlpatterns(wagtailadmin_urls.urlpatterns, guard_wagtails_own))),
    path("documents/", include(wagtaildocs_urls)),
    # Wagtail's log-in for visitors, by a password alone; no page here asks visitors to log in.
    path("_util/login/", page_not_found),
    path("uitnodiging/", include("regions.people.accepting")),
    *([path("anymail/", include("newsletter.bounces.urls"))] if settings.ANYMAIL_PROVIDER else []),
    *public_files(),
    path("", include(wagtail_urls)),
]
