"""Doors by which anybody has something done: JSON comes in by POST, and no cache keeps what goes out.

Nobody is logged in here, so nothing is done in another's name: no cookie counts. A page of another site can't send JSON
without asking first, and gets no leave (``CORS_ALLOW_METHODS``).
"""

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext as _
from wagtail.api.v2.utils import BadRequestError

from .doors import METHODS as READING
from .doors import NOT_CACHEABLE, call, refuse, sign
from .errors import Refused
from .listing import allow_parameters

WRITING = ("POST", "OPTIONS")
MEDIA_TYPE = "application/json"
MAX_BODY = 64 * 1024
"""Bytes."""
BUSY_SECONDS = 60


def writing_door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make ``view`` a door of the API by which anybody may have something done.

    ``view`` gets the request, the JSON object that came with it, and what the address holds; no transaction has begun.
    It returns a response, or raises ``Refused``, ``BadRequestError`` or ``Http404``.
    """

    @wraps(view)
    def read(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        allow_parameters(request.GET)
        return view(request, read_object(request), *args, **kwargs)

    return posting_door(read)


def posting_door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """As ``writing_door``, for what is done by the POST itself: whatever comes with it isn't looked at."""

    def act(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except OperationalError as error:  # others held the database for too long
            raise busy() from error

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = refuse(request, WRITING) or call(act, request, *args, **kwargs)
        response["Cache-Control"] = NOT_CACHEABLE
        return sign(response)

    answer.csrf_exempt = True
    answer.operations = {"post": answer}
    return answer


def either(reading: Callable[..., HttpResponse], writing: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """One address: what is posted there goes to the door ``writing``, all else to the door ``reading``."""

    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method == "POST":
            return writing(request, *args, **kwargs)
        refusal = refuse(request, (*READING, "POST")) if request.method not in ("GET", "HEAD") else None
        return sign(refusal) if refusal else reading(request, *args, **kwargs)

    answer.csrf_exempt = True
    answer.operations = reading.operations | writing.operations
    return answer


def read_object(request: HttpRequest) -> dict[str, Any]:
    """The JSON object in the body; raises ``Refused`` and ``BadRequestError``.

    All text in it can be encoded: half a surrogate pair, which JSON can hold, is refused.
    """
    if request.content_type != MEDIA_TYPE:
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"the body has to be {MEDIA_TYPE}")
    try:
        body = request.read(MAX_BODY + 1)
    except UnreadablePostError as error:
        raise BadRequestError("the body broke off") from error
    if len(body) > MAX_BODY:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the body cannot be larger than {MAX_BODY} bytes")
    try:
        given = json.loads(body.decode(), parse_constant=_no_number)
        json.dumps(given, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise BadRequestError("the body is not valid JSON in UTF-8") from error
    if not isinstance(given, dict):
        raise BadRequestError("the body has to be a JSON object")
    return given


def busy() -> Refused:
    sentence = _("Het is op dit moment erg druk. Probeer het over een minuut opnieuw.")
    return Refused(HTTPStatus.SERVICE_UNAVAILABLE, sentence, code="busy", retry_after=BUSY_SECONDS)


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
