"""Asking a name server what a domain says of itself, within a limited time."""

import time
from collections.abc import Callable

from dns.exception import DNSException
from dns.resolver import NXDOMAIN, NoAnswer, Resolver

Lookup = Callable[[str, str], list[str]]
"""The records that a name has of a type (``TXT`` or ``MX``), as text; raises ``NotAnswered``."""
SECONDS = 4
SHORTEST = 0.01


class NotAnswered(Exception):
    """The name server didn't answer in time, or not in a way that says anything."""


def lookup_within(seconds: float, resolver: Resolver | None = None) -> Lookup:
    """A lookup that ends at most ``seconds`` from now, however much it is asked, by however many threads."""
    deadline = time.monotonic() + seconds

    def lookup(name: str, kind: str) -> list[str]:
        left = max(deadline - time.monotonic(), SHORTEST)
        try:
            answer = (resolver or Resolver()).resolve(name, kind, lifetime=left, search=False)
        except (NXDOMAIN, NoAnswer):
            return []
        except (DNSException, OSError, UnicodeError) as error:
            raise NotAnswered from error
        return [_text(record) for record in answer]

    return lookup


def _text(record) -> str:
    """A TXT record may come in pieces, which belong together without space (RFC 7208, 3.3)."""
    strings = getattr(record, "strings", None)
    return b"".join(strings).decode(errors="replace") if strings else record.exchange.to_text()
