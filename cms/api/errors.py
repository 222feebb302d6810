"""Bad input that only the database notices."""

from django.db import DataError
from rest_framework.response import Response
from wagtail.api.v2.utils import BadRequestError

MAX_ID = 2**63 - 1


def is_id(value: str) -> bool:
    """Whether ``value`` can be the id of a row."""
    return value.isascii() and value.isdecimal() and len(value) < len(str(MAX_ID))


class OutOfRangeIsBadRequest:
    """For viewsets: a value that no column can hold gives 400 instead of a crash."""

    def handle_exception(self, exc):
        if isinstance(exc, OverflowError | DataError):
            return Response({"message": "a value is out of range"}, status=400)
        return super().handle_exception(exc)

    def find_object(self, queryset, request):
        if not is_id(request.GET.get("id", "0")):
            raise BadRequestError("id must be a positive integer")
        return super().find_object(queryset, request)
