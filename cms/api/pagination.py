"""Pages of a listing."""

from wagtail.api.v2.pagination import WagtailPagination
from wagtail.api.v2.utils import BadRequestError

MAX_OFFSET = 1_000_000


class BoundedPagination(WagtailPagination):
    """Wagtail's ``limit`` and ``offset``; an offset no listing can have is a bad request, not a database error."""

    def paginate_queryset(self, queryset, request, view=None):
        offset = request.GET.get("offset", "0")
        if not offset.isascii() or (offset.isdecimal() and int(offset) > MAX_OFFSET):
            raise BadRequestError(f"offset must be a number that is not higher than {MAX_OFFSET}")
        return super().paginate_queryset(queryset, request, view)
