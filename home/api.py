"""What the API says of the site as a whole."""

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

from .models import SiteSettings
from .site import represent_site


@require_safe
def site(request: HttpRequest) -> JsonResponse:
    return JsonResponse(represent_site(SiteSettings.published()))


urlpatterns = [path("", site)]
