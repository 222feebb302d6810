"""What became of one mail, told by what the mail server said (RFC 5321, RFC 3463)."""

import logging
import re
from enum import Enum
from traceback import format_tb
from typing import NamedTuple

from cms.plain_text import one_line

from .status import OF_THE_SENDER, is_of_the_address

MOST_WORDS = 300
ENHANCED = re.compile(r"([245]\.\d{1,3}\.\d{1,3})\b")
"""The enhanced status code at the beginning of a reply (RFC 2034)."""
ADDRESS = re.compile(r"<?[^\s<>]+@[^\s<>]+>?")
NO_SUCH_MAILBOX = (550, 551, 553)
"""What these say of a recipient when no enhanced code says it better."""
GOING_DOWN = 421
logger = logging.getLogger(__name__)


class Kind(Enum):
    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    """This mail can be tried again later."""
    NO_SUCH_ADDRESS = "no such address"
    REFUSED = "refused"
    """For good, for another reason than the address."""
    BLOCKED = "blocked"
    """Perhaps it is us that isn't trusted, and all others would be refused too (5.7.x)."""
    SENDER_REFUSED = "sender refused"
    """It certainly is us: this mail hasn't been tried."""
    SLOW_DOWN = "slow down"
    """The server takes no more for now; this mail hasn't been tried."""
    NOT_SENT = "not sent"
    """The connection broke before the mail was given."""
    UNCERTAIN = "uncertain"
    """The connection broke after that: it may have been taken."""


class Outcome(NamedTuple):
    kind: Kind
    reply: str = ""
    """In the words of the server, without the addresses in them."""
    provider_id: str = ""

    @property
    def is_permanent(self) -> bool:
        return self.kind in (Kind.NO_SUCH_ADDRESS, Kind.REFUSED, Kind.BLOCKED)

    @property
    def is_last(self) -> bool:
        """Whether no other mail can be given over the same connection."""
        return self.kind in (Kind.SLOW_DOWN, Kind.NOT_SENT, Kind.UNCERTAIN)


class Stage(Enum):
    """Where in the conversation the server answered."""

    SENDER = "MAIL"
    RECIPIENT = "RCPT"
    CONTENT = "DATA"


def outcome_of(stage: Stage, code: int, words: bytes | str) -> Outcome:
    """What a reply with ``code`` at ``stage`` means for the mail."""
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return Outcome(_kind_of(stage, code, _enhanced(text)), without_addresses(f"{code} {text}"))


def unexpected(delivery_id: int, error: Exception) -> Outcome:
    """What became of a mail when something failed that nobody thought of."""
    # Not what it says, which may hold the address.
    where = "".join(format_tb(error.__traceback__))
    logger.error("mail %s of a newsletter couldn't be sent: %s\n%s", delivery_id, type(error).__name__, where)
    return Outcome(Kind.UNCERTAIN, type(error).__name__)


def without_addresses(text: str) -> str:
    """At most ``MOST_WORDS`` characters in one line that tell of nobody, and that a database takes."""
    return ADDRESS.sub("…", one_line(text))[:MOST_WORDS]


def _kind_of(stage: Stage, code: int, enhanced: str) -> Kind:
    if 200 <= code < 300:
        return Kind.ACCEPTED
    if code == GOING_DOWN:
        return Kind.SLOW_DOWN
    if 400 <= code < 500:
        return Kind.DEFERRED
    if stage is Stage.SENDER or enhanced in OF_THE_SENDER:  # many servers say so only when they hear the recipient
        return Kind.SENDER_REFUSED
    if enhanced.startswith("5.7."):
        return Kind.BLOCKED
    is_about_the_mailbox = is_of_the_address(enhanced) or (not enhanced and code in NO_SUCH_MAILBOX)
    return Kind.NO_SUCH_ADDRESS if stage is Stage.RECIPIENT and is_about_the_mailbox else Kind.REFUSED


def _enhanced(text: str) -> str:
    found = ENHANCED.match(text)
    return found[1] if found else ""
