"""What a reader is told when there is no answer: RFC 9457 problem details, with Wagtail's ``message`` beside them."""

from http import HTTPStatus

from django.http import JsonResponse

from cms.json_schema import STRING, Named, shape

MAX_ID = 2**63 - 1
PROBLEM = Named(
    "Problem",
    shape(status={"type": "integer", "minimum": 400, "maximum": 599}, title=STRING, detail=STRING, message=STRING),
    "Why there is no answer (RFC 9457). `message` is what Wagtail's clients read; it is the same as `detail`.",
)


def is_id(value: str) -> bool:
    """Whether ``value`` can be the id of a row."""
    return value.isascii() and value.isdecimal() and len(value) < len(str(MAX_ID))


def problem(status: HTTPStatus, message: str) -> JsonResponse:
    """``{status, title, detail, message}``; Wagtail's clients read ``message``, others ``detail``."""
    content = {"status": status, "title": status.phrase, "detail": message, "message": message}
    return JsonResponse(content, status=status, content_type="application/problem+json")
