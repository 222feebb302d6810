"""How many queries an answer takes, counted in this process."""

import json
import sys
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from .load import NUMBER, numbers
from .wsgi import application


def main() -> None:
    """Reads a list of ``[path, headers]``, prints a list of numbers."""
    counts = []
    for path, headers in json.load(sys.stdin):
        ask(path, headers)  # fills the caches
        with CaptureQueriesContext(connection) as queries:
            ask(path, headers)
        counts.append(len(queries))
    print(json.dumps(counts))


def ask(path: str, headers: dict[str, str] | None = None) -> bytes:
    """The body that the application answers with."""
    address = urlsplit(path.replace(NUMBER, str(next(numbers))))
    environ = {
        "PATH_INFO": address.path,
        "QUERY_STRING": address.query,
        "HTTP_HOST": urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc,
        "HTTP_ACCEPT": "application/json",
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in (headers or {}).items()},
    }
    setup_testing_defaults(environ)
    response = application(environ, lambda *_: None)
    body = b"".join(response)
    response.close()
    return body
