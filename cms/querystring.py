"""What the doors beside the listings of the pages API share: feeds, calendars and the sitemap.

They are plain views, which read their query string and answer what is wrong with it as the pages API does.
"""

from functools import wraps

from django.http import Http404, JsonResponse
from django.views.decorators.http import require_safe
from wagtail.api.v2.utils import BadRequestError
from wagtail.models import Page

from .api.errors import is_id
from .region import find_region


def explains_errors(view):
    """Have ``view``, for GET and HEAD only, answer ``BadRequestError`` and ``Http404`` with ``{"message"}``."""

    @require_safe
    @wraps(view)
    def explaining(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except BadRequestError as error:
            return JsonResponse({"message": str(error)}, status=400)
        except Http404:
            return JsonResponse({"message": "not found"}, status=404)

    return explaining


def allow_parameters(request, *names: str) -> None:
    """Raise ``BadRequestError`` for any parameter but ``names``: a typing error must not give another list."""
    if unknown := sorted(set(request.GET) - set(names)):
        raise BadRequestError(f"query parameter is not an operation or a recognised field: {', '.join(unknown)}")


def requested_region(request) -> Page | None:
    """The region that ``region=`` names by slug or id, or ``None`` without it; raises ``BadRequestError``."""
    value = request.GET.get("region")
    if value is None:
        return None
    region = None
    if "\x00" not in value:
        region = find_region(slug=value) or (find_region(pk=int(value)) if is_id(value) else None)
    if region is None:
        raise BadRequestError(f"region '{value}' doesn't exist")
    return region
