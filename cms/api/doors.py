"""What all doors of the API have in common: which questions they take, how answers are labelled for caches."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote_plus

from compression_middleware.middleware import CompressionMiddleware
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils.cache import get_conditional_response
from django.utils.decorators import decorator_from_middleware
from wagtail.api.v2.utils import BadRequestError

from cms.compact_json import as_json

from .answers import entity_tag, keep
from .errors import Refused, problem

API_VERSION = "2.0.0"
METHODS = ("GET", "HEAD", "OPTIONS")
MAX_QUERY = 4_000

# Seconds that shared caches may keep an answer, and go on showing it while they ask for a new one.
MAX_AGE, STALE = 60, 600
CACHEABLE = f"public, max-age={MAX_AGE}, stale-while-revalidate={STALE}"
# For errors (what isn't there may be there in a moment), and for what is another thing each time.
NOT_CACHEABLE = "no-store"

# Nothing is loaded but the style of the contract as a page, and no answer belongs in a frame:
# https://cheatsheetseries.owasp.org/cheatsheets/REST_Security_Cheat_Sheet.html
HEADERS = {
    "API-Version": API_VERSION,
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}

compressed = decorator_from_middleware(CompressionMiddleware)


def door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make ``view`` a door of the API: for reading only, by anybody, cacheable, with errors that say what was wrong.

    ``view`` returns an ``Answer``, or another response for what changes without the documents, or raises
    ``BadRequestError``, ``Http404`` or ``Refused``.
    """

    @compressed
    def compose(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = refuse(request) or call(view, request, *args, **kwargs)
        return _label(refuse_type(request, response) or response)

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return _unless_known(request, keep(request, lambda: compose(request, *args, **kwargs)))

    answer.csrf_exempt = True
    answer.operations = {"get": answer}
    return answer


def personal(answer: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    """An answer for one person, which nobody keeps."""
    headers = {"Cache-Control": NOT_CACHEABLE, "X-Robots-Tag": "noindex, nofollow"}
    return HttpResponse(as_json(answer), "application/json", status, headers=headers)


def refuse(request: HttpRequest, methods: tuple[str, ...] = METHODS) -> HttpResponse | None:
    """The answer to a request that no door with ``methods`` can take; ``None`` when it is fine."""
    if request.method == "OPTIONS":
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": ", ".join(methods)})
    if request.method not in methods:
        response = problem(HTTPStatus.METHOD_NOT_ALLOWED, f"method {request.method} is not allowed here")
        response["Allow"] = ", ".join(methods)
        return response
    query = request.META["QUERY_STRING"]
    if len(query) > MAX_QUERY:
        return problem(HTTPStatus.BAD_REQUEST, f"the query string cannot be longer than {MAX_QUERY} characters")
    if not _is_text(query):
        return problem(HTTPStatus.BAD_REQUEST, "the query string is not valid UTF-8")
    for name, values in request.GET.lists():
        if any("\x00" in text for text in (name, *values)):
            return problem(HTTPStatus.BAD_REQUEST, f"null characters are not allowed in {name!r}")
    return None


def _label(response: HttpResponse) -> HttpResponse:
    """``response`` with what caches and browsers want to know."""
    if response.status_code >= HTTPStatus.BAD_REQUEST:
        response.setdefault("Cache-Control", NOT_CACHEABLE)
    elif "Cache-Control" not in response:
        response["Cache-Control"] = CACHEABLE
        if response.status_code == HTTPStatus.OK and "ETag" not in response:
            response["ETag"] = entity_tag(response.content)
    return sign(response)


def sign(response: HttpResponse) -> HttpResponse:
    """``response`` with what every answer of the API says."""
    for name, value in HEADERS.items():
        response[name] = value
    return response


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """``response``; a 304 when the reader has it already, a 412 when the reader asked for another one."""
    if "ETag" not in response:
        return response
    checked = get_conditional_response(request, etag=response["ETag"], response=response)
    if checked.status_code == HTTPStatus.PRECONDITION_FAILED:
        return _label(problem(HTTPStatus.PRECONDITION_FAILED, f"what is here now has the ETag {response['ETag']}"))
    return checked if checked is response else sign(checked)


def refuse_type(request: HttpRequest, response: HttpResponse) -> HttpResponse | None:
    """The answer to a request whose ``Accept`` leaves out the type of a good ``response``; ``None`` when it is fine."""
    given = response.get("Content-Type", "").partition(";")[0]
    if response.status_code != HTTPStatus.OK or not request.headers.get("Accept") or _accepts(request, given):
        return None
    return problem(HTTPStatus.NOT_ACCEPTABLE, f"this is given as {given} only, which Accept leaves out")


def call(view: Callable[..., HttpResponse], request: HttpRequest, *args, **kwargs) -> HttpResponse:
    """What ``view`` returns, or the answer that says what it raised."""
    try:
        response = view(request, *args, **kwargs)
        return response.render() if isinstance(response, SimpleTemplateResponse) else response
    except BadRequestError as error:
        return problem(HTTPStatus.BAD_REQUEST, str(error))
    except Http404:
        return problem(HTTPStatus.NOT_FOUND, "not found")
    except Refused as refusal:
        return refusal.respond()
    except (DataError, OverflowError):
        return problem(HTTPStatus.BAD_REQUEST, "a value is out of range")


def _accepts(request: HttpRequest, media_type: str) -> bool:
    try:
        return request.accepts(media_type)
    except ValueError:  # parameters in an encoding that doesn't exist
        return False


def _is_text(query: str) -> bool:
    try:
        unquote_plus(query, errors="strict")
    except UnicodeDecodeError:
        return False
    return True
