"""The settings that go with the address of an OpenSearch."""

import re
from importlib.util import find_spec
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SECONDS = 30
"""That the server may take to index some hundreds of pages."""
# Of which the names of indexes may be (https://docs.opensearch.org/latest/api-reference/index-apis/create-index/).
PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]{0,50}", re.ASCII)
HOST = re.compile(r"[\w.:-]+", re.ASCII)
DEFAULT_PREFIX = "cms"
# Without accents before the stemmer sees it, as the words of questions are.
DUTCH = {
    "analyzer": {
        "default": {
            "type": "custom",
            "tokenizer": "standard",
            "filter": ["lowercase", "asciifolding", "dutch_stems"],
        }
    },
    "filter": {"dutch_stems": {"type": "stemmer", "language": "dutch"}},
}


def backend_at(url: str) -> dict[str, Any]:
    """The entry of ``WAGTAILSEARCH_BACKENDS`` for the server at ``url``: ``https://user:password@host:9200/prefix``.

    User and password are percent-encoded, and may be left out together. The names of all indexes begin with the prefix.
    Raises ``ImproperlyConfigured``, which doesn't repeat the password.
    """
    host, prefix = _read(url)
    if not find_spec("opensearchpy"):
        raise ImproperlyConfigured("SEARCH_URL needs the package opensearch-py, which isn't installed.")
    return {
        "BACKEND": "modelsearch.backends.opensearch3",
        "HOSTS": [host],
        "INDEX_PREFIX": f"{prefix}_",
        "TIMEOUT": SECONDS,
        "OPTIONS": {"max_retries": 0},
        "INDEX_SETTINGS": {"settings": {"analysis": DUTCH}},
        # What changes is told by ``search.tasks``, after the transaction of the change.
        "AUTO_UPDATE": False,
    }


def _read(url: str) -> tuple[dict[str, Any], str]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = SplitResult("", "", "", "", ""), None
    prefix = parts.path.strip("/") or DEFAULT_PREFIX
    is_whole = parts.scheme in ("http", "https") and HOST.fullmatch(parts.hostname or "") and PREFIX.fullmatch(prefix)
    if not is_whole or bool(parts.username) != bool(parts.password) or parts.query or parts.fragment:
        raise ImproperlyConfigured(
            "SEARCH_URL must be an address as https://user:password@host:9200/prefix, "
            "with a prefix of small letters, digits, - and _."
        )
    is_secure = parts.scheme == "https"
    host: dict[str, Any] = {"host": parts.hostname, "port": port or (443 if is_secure else 80), "use_ssl": is_secure}
    if parts.username and parts.password:
        host["http_auth"] = (unquote(parts.username), unquote(parts.password))
    return host, prefix
