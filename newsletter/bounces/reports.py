"""Mails that tell what became of another mail: bounces (RFC 3464) and complaints (ARF, RFC 5965).

Anybody can send such a mail. It counts only when it holds our signature (``newsletter.sending.return_path``): in the
address that it comes to, or in what it brings back of the mail that it is about.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes, message_from_string
from email.message import Message
from email.utils import getaddresses

from newsletter.models import Feedback
from newsletter.sending.return_path import delivery_marked, delivery_of
from newsletter.sending.status import code_in, is_of_the_address

from .inbox import Report

Kind = Feedback.Kind
RECIPIENT_FIELDS = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
"""Where mail servers write down whom a mail came in for, besides its own field."""
MARK = re.compile(r"[0-9]+-[0-9a-f]+(?=@)", re.IGNORECASE)
"""In a Message-ID of ours."""
FAILED = ("failed",)
ARRIVED = ("delivered", "relayed", "expanded")
COMPLAINTS = ("abuse", "fraud")


def read(content: bytes) -> Report | None:
    """What a mail tells of one of ours; ``None`` when it tells nothing, or when we can't be sure that it is ours."""
    mail = message_from_bytes(content)
    if mail.get_content_type() != "multipart/report" or not mail.is_multipart():
        return None
    delivery_id = next((found for found in _deliveries(mail) if found), None)
    if delivery_id is None:
        return None
    return _bounce(mail, delivery_id) or _complaint(mail, delivery_id)


def _bounce(mail: Message, delivery_id: int) -> Report | None:
    recipients = [block for block in _blocks(mail, "message/delivery-status") if "Action" in block]
    if not recipients:
        return None
    actions = [_word(block, "Action") for block in recipients]
    if all(action in ARRIVED for action in actions):
        return None
    words = " ".join(_text(block, "Diagnostic-Code") for block in recipients)
    statuses = [code_in(f"{_text(block, 'Status')} {_text(block, 'Diagnostic-Code')}") for block in recipients]
    # A forwarding address has more than one behind it: while one of them takes the mail, it isn't for good.
    is_for_good = all(action in FAILED for action in actions) and all(map(is_of_the_address, statuses))
    kind = Kind.HARD_BOUNCE if is_for_good else Kind.SOFT_BOUNCE
    return Report(kind, about=f"delivery {delivery_id}", delivery_id=delivery_id, status=statuses[0], words=words)


def _complaint(mail: Message, delivery_id: int) -> Report | None:
    for block in _blocks(mail, "message/feedback-report"):
        word = _word(block, "Feedback-Type")
        kind = Kind.COMPLAINT if word in COMPLAINTS else Kind.OTHER
        return Report(kind, about=f"delivery {delivery_id}", delivery_id=delivery_id, words=word)
    return None


def _deliveries(mail: Message) -> Iterator[int | None]:
    """Which deliveries ``mail`` names; ``None`` for each address that isn't one of ours."""
    yield from _named_by_addresses(mail, *RECIPIENT_FIELDS)
    for block in _blocks(mail, "message/feedback-report"):
        yield from _named_by_addresses(block, "Original-Mail-From")
    for returned in _returned(mail):
        yield from _named_by_addresses(returned, "Return-Path")
        yield from (delivery_marked(mark) for mark in MARK.findall(_text(returned, "Message-ID")))


def _named_by_addresses(message: Message, *fields: str) -> Iterator[int | None]:
    given = [str(value) for field in fields for value in message.get_all(field, [])]
    yield from (delivery_of(address) for _name, address in getaddresses(given))


def _blocks(mail: Message, content_type: str) -> Iterator[Message]:
    """The groups of fields in the parts of that type."""
    for part in mail.get_payload():
        if isinstance(part, Message) and part.get_content_type() == content_type and part.is_multipart():
            yield from part.get_payload()


def _returned(mail: Message) -> Iterator[Message]:
    """The mail that it is about, or its head alone."""
    yield from _blocks(mail, "message/rfc822")
    for part in mail.get_payload():
        if isinstance(part, Message) and part.get_content_type() == "text/rfc822-headers":
            yield message_from_string(part.get_payload(decode=True).decode(errors="replace"))


def _word(block: Message, field: str) -> str:
    """Without comments, and what follows a semicolon."""
    return re.split(r"[\s;(]", _text(block, field).lower(), maxsplit=1)[0]


def _text(block: Message, field: str) -> str:
    return " ".join(str(block.get(field, "")).split())
