"""What a reader is told when there is no answer: RFC 9457 problem details, with Wagtail's ``message`` beside them."""

from http import HTTPStatus

from django.http import JsonResponse

MAX_ID = 2**63 - 1


def is_id(value: str) -> bool:
    """Whether ``value`` can be the id of a row."""
    return value.isascii() and value.isdecimal() and len(value) < len(str(MAX_ID))


def problem(status: HTTPStatus, message: str) -> JsonResponse:
    """``{status, title, detail, message}``; Wagtail's clients read ``message``, others ``detail``."""
    content = {"status": status, "title": status.phrase, "detail": message, "message": message}
    return JsonResponse(content, status=status, content_type="application/problem+json")
