"""Whole answers, kept in the memory of the process for as long as nothing changes.

Whether something changed is asked of the database at every request, in one small query (``DocumentState``), so that a
kept answer is never an old one, whichever process the change came through.
"""

import datetime
import hashlib
from collections.abc import Callable, Iterable

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from cms.kept import current_token

# Bytes as they go out; what is larger is asked for seldom, and hundreds of them would fill the memory.
LARGEST = 256 * 1024


class Answer(HttpResponse):
    """What holds for as long as no document changes, or until ``valid_until``.

    ``tags`` tell shared caches what is in it.
    """

    def __init__(
        self,
        content: str | bytes,
        tags: Iterable[str] = (),
        valid_until: datetime.datetime | None = None,
        content_type: str = "application/json",
    ):
        super().__init__(content, content_type=content_type)
        self.valid_until = valid_until
        self["Surrogate-Key"] = " ".join(sorted(tags))
        self["ETag"] = entity_tag(self.content)


def entity_tag(content: bytes) -> str:
    """A strong one (RFC 9110 §8.8.3): the same for the same bytes only."""
    return f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'


def keep(request: HttpRequest, ask: Callable[[], HttpResponse]) -> HttpResponse:
    """The ``Answer`` to ``request`` that was kept, or else the response that ``ask`` gives.

    It is kept as it goes out, compressed and with its headers. ``request.token`` is that of the documents before
    they are asked.
    """
    token = request.token = current_token()
    key = _key(request)
    kept_for, answer = caches["answers"].get(key, (None, None))
    if token and kept_for == token and (answer.valid_until is None or answer.valid_until > timezone.now()):
        return answer
    response = ask()
    # ``_`` is how clients ask for an answer of their own; nobody asks for the same one again.
    if token and isinstance(response, Answer) and len(response.content) <= LARGEST and "_" not in request.GET:
        caches["answers"].set(key, (token, response), timeout=None)
    return response


def _key(request: HttpRequest) -> str:
    """Stands for all that an answer depends on."""
    headers = (request.META.get(name) for name in ("HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING"))
    asked = repr((request.method in ("GET", "HEAD"), request.path_info, request.META["QUERY_STRING"], *headers))
    return hashlib.blake2b(asked.encode(), digest_size=16).hexdigest()
