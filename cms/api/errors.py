"""What a reader is told when there is no answer: RFC 9457 problem details, with Wagtail's ``message`` beside them."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import Form
from django.http import JsonResponse
from django.utils.translation import gettext as _

from cms.json_schema import STRING, Named, Schema, array, extended, shape

MAX_ID = 2**63 - 1
WHAT_WENT_WRONG = shape(
    status={"type": "integer", "minimum": 400, "maximum": 599}, title=STRING, detail=STRING, message=STRING
)
ERRORS: Schema = {
    "type": "object",
    "additionalProperties": array(STRING),
    "description": "Sentences in Dutch by the name of the field; of the whole form by an empty name.",
}
PROBLEM = Named(
    "Problem",
    WHAT_WENT_WRONG,
    "Why there is no answer (RFC 9457). `message` is what Wagtail's clients read; it is the same as `detail`.",
)
REFUSAL = Named(
    "Refusal",
    {**extended(WHAT_WENT_WRONG, code=STRING, errors=ERRORS), "required": [*WHAT_WENT_WRONG["required"], "code"]},
    "Why something wasn't done: `code` for programs, `detail` as a sentence in Dutch for whoever asked.",
)


class Refused(Exception):
    """Something that the API doesn't do.

    ``code`` is for programs, ``message`` for people. ``details`` are more members of the answer, ``retry_after`` the
    seconds after which asking again makes sense.
    """

    def __init__(self, status: HTTPStatus, message: str, *, retry_after: int | None = None, **details: Any):
        super().__init__(message)
        self.status = status
        self.details = details
        self.retry_after = retry_after

    def respond(self) -> JsonResponse:
        response = problem(self.status, str(self), **self.details)
        if self.retry_after is not None:
            response["Retry-After"] = str(self.retry_after)
        return response


def invalid(errors: dict[str, list[str]]) -> Refused:
    """``errors`` are sentences by the name of the field."""
    sentence = _("Er klopt iets niet aan wat u hebt ingevuld.")
    return Refused(HTTPStatus.UNPROCESSABLE_ENTITY, sentence, code="invalid", errors=errors)


def errors_of(form: Form) -> dict[str, list[str]]:
    """By the name of the field; those of the whole form by an empty name."""
    return {"" if name == NON_FIELD_ERRORS else name: list(found) for name, found in form.errors.items()}


def is_id(value: str) -> bool:
    """Whether ``value`` can be the id of a row."""
    return value.isascii() and value.isdecimal() and len(value) < len(str(MAX_ID))


def problem(status: HTTPStatus, message: str, **details: Any) -> JsonResponse:
    """``{status, title, detail, message, **details}``; Wagtail's clients read ``message``, others ``detail``."""
    content = {"status": status, "title": status.phrase, "detail": message, "message": message, **details}
    return JsonResponse(content, status=status, content_type="application/problem+json")
