"""What is counted over all documents, kept until one of them changes.

Each process keeps its own; the token in ``DocumentState`` tells when that is out of date, so nothing has to be told
to the other processes and a lost cache costs a count, not a wrong answer.
"""

import hashlib
from collections.abc import Callable, Hashable
from typing import TypeVar

from django.core.cache import caches
from django.db import connection

Value = TypeVar("Value")


def current_token() -> str | None:
    """Another one after every change to any document; ``None`` before the first."""
    with connection.cursor() as cursor:  # asked at every request: building a queryset takes longer than the answer
        cursor.execute("SELECT token FROM cms_documentstate")
        row = cursor.fetchone()
    return row and row[0]


def kept(name: Hashable, compute: Callable[[], Value], token: str | None) -> Value:
    """What ``compute`` returns, or returned before if nothing changed since.

    ``token`` was read before or together with what ``name`` stands for: a change that comes after it can then only
    make the kept value too new for a token that is gone.
    """
    if token is None:
        return compute()
    key = hashlib.blake2b(repr((token, name)).encode(), digest_size=16).hexdigest()
    return caches["documents"].get_or_set(key, compute, timeout=None)
