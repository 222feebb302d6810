"""The doors of the project, Wagtail's own pages API on the same rows, and views that do nothing."""

from functools import cache

from django.conf import settings
from django.http import HttpResponse
from django.urls import path
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

from cms.urls import urlpatterns as project_urlpatterns

stock = WagtailAPIRouter("stock")
stock.register_endpoint("pages", PagesAPIViewSet)


@cache
def kept_answer(name: str) -> bytes:
    return (settings.FLOOR_ROOT / name).read_bytes()


def floor(request, name):
    """The bytes of an answer, without asking anything of anybody; ``benchmarks.wsgi`` serves it bare."""
    return HttpResponse(kept_answer(name), content_type="application/json")


urlpatterns = [
    path("stock/api/v2/", stock.urls),
    path("floor/<str:name>/", floor),
    *project_urlpatterns,
]
