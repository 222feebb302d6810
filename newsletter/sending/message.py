"""The mail of a run: put together once, and filled in for each recipient.

Making MIME is what takes time, so that is done once, with a mark wherever something differs, and it is cut there. A
mark stands on a line of its own between two soft line breaks of quoted-printable (RFC 2045, 6.7), so that what comes in
its place can be encoded by itself.
"""

import datetime
import re
import uuid
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.quoprimime import body_encode
from email.utils import format_datetime, formataddr
from secrets import token_hex
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from newsletter.models import FrozenIssue, NewsletterIndexPage, SendRun
from newsletter.rendering import UNSUBSCRIBE_URL
from newsletter.subscribing import links, tokens

from . import return_path

LINE = 76
"""The longest line of quoted-printable, in characters."""
CRLF = "\r\n"
DOT_AT_THE_BEGINNING = re.compile(rb"(?m)^\.")


class Recipient(NamedTuple):
    delivery_id: int
    email: str
    subscription: uuid.UUID
    """What the link by which they leave is made of."""


class Envelope(NamedTuple):
    """What the mail server needs of one mail."""

    sender: str
    recipient: str
    content: bytes
    """As it goes over the line after DATA: a dot at the beginning of a line is doubled (RFC 5321, 4.5.2)."""


class RunMessage:
    """The mail of ``run`` for whoever it is."""

    def __init__(self, run: SendRun):
        self.headers = headers_of(run)
        self.text, self.html = run.frozen.text, run.frozen.html
        self.sender = ascii_address(run.newsletter.sender_address)
        # An encoded name with a comma in it comes apart when it is written as it stands (Python 3.11).
        name = Address(run.newsletter.sender_title, addr_spec=self.sender)
        self._pieces = compile_body(run.frozen, {**self.headers, "From": name})

    def envelope(self, recipient: Recipient) -> Envelope:
        """Raises ``UnicodeError`` when the address can't be written in ASCII."""
        address = ascii_address(recipient.email)
        token = tokens.unsubscribe_token(recipient.subscription)
        own = own_headers(recipient, address, token, timezone.now())
        head = "".join(f"{name}: {value}{CRLF}" for name, value in own.items()).encode("ascii")
        link = as_sent(body_encode(links.unsubscribe_page(token), LINE, CRLF).encode("ascii"))
        sender = return_path.address_for(recipient.delivery_id) or self.sender
        return Envelope(sender, address, head + link.join(self._pieces))


def headers_of(run: SendRun) -> dict[str, str]:
    """Those that are the same for everybody; raises ``UnicodeError`` when an address can't be written in ASCII."""
    newsletter = run.newsletter
    headers = {
        "Subject": run.frozen.subject,
        "From": formataddr((newsletter.sender_title, ascii_address(newsletter.sender_address))),
        "List-Id": list_id(newsletter),
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
        "Feedback-ID": f"{run.pk}:{newsletter.pk}:nieuwsbrief:{host()}",
        # No out-of-office reply to a program (RFC 3834).
        "Auto-Submitted": "auto-generated",
    }
    return headers | ({"Reply-To": ascii_address(newsletter.reply_to)} if newsletter.reply_to else {})


def own_headers(recipient: Recipient, address: str, token: str, at: datetime.datetime) -> dict[str, str]:
    """Those of one mail; its reader leaves by ``token``. Each fits in a line of 998 characters as it is."""
    return {
        "To": address,
        "Date": format_datetime(at),
        "Message-ID": message_id(recipient.delivery_id),
        "List-Unsubscribe": f"<{links.one_click_url(token)}>",
    }


def message_id(delivery_id: int) -> str:
    """The same whenever it is sent, so that a mailbox can tell when it comes twice; signed, for what comes back."""
    return f"<nieuwsbrief-{return_path.mark_of(delivery_id)}@{host()}>"


def list_id(newsletter: NewsletterIndexPage) -> str:
    """RFC 2919; mailboxes sort by it."""
    return f"<nieuwsbrief-{newsletter.pk}.{host()}>"


def host() -> str:
    return urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"


def ascii_address(email: str) -> str:
    """The address with its domain as mail servers know it, in one line; raises ``UnicodeError``."""
    local, _at, domain = email.rpartition("@")
    local.encode("ascii")
    if not local.isprintable():
        raise UnicodeError("An address is on one line.")
    return f"{local}@{domain.encode('idna').decode()}"


def compile_body(frozen: FrozenIssue, headers: dict[str, str | Address]) -> list[bytes]:
    """What follows the headers of one reader, cut where the address stands by which its reader leaves."""
    mark = f"mark{token_hex(16)}"
    message = EmailMessage(policy.SMTP)
    for name, value in headers.items():
        message[name] = value
    message["MIME-Version"] = "1.0"
    message["Content-Type"] = "multipart/alternative"
    for subtype, content in (("plain", frozen.text), ("html", frozen.html)):
        message.attach(part(subtype, content, mark))
    return as_sent(message.as_bytes()).split(mark.encode())


def as_sent(lines: bytes) -> bytes:
    return DOT_AT_THE_BEGINNING.sub(b"..", lines)


def part(subtype: str, content: str, mark: str) -> EmailMessage:
    """One form of the text, with ``mark`` for the address by which one leaves."""
    message = EmailMessage(policy.SMTP)
    message["Content-Type"] = f'text/{subtype}; charset="utf-8"'
    message["Content-Transfer-Encoding"] = "quoted-printable"
    soft_break = f"={CRLF}"
    encoded = (body_encode(piece.encode().decode("latin-1"), LINE, CRLF) for piece in content.split(UNSUBSCRIBE_URL))
    message.set_payload(f"{soft_break}{mark}{soft_break}".join(encoded))
    return message
