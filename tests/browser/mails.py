"""The mails that the CMS sent, as Django's ``filebased`` backend writes them to a folder."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

END = b"\n" + b"-" * 79 + b"\n"


def newest_mail(folder: Path, address: str, text: str) -> EmailMessage | None:
    """To ``address``, with ``text`` in its plain text."""
    mails = (mail for mail in _newest_first(folder) if address in mail["To"])
    return next((mail for mail in mails if text in mail.get_body(("plain",)).get_content()), None)


def _newest_first(folder: Path) -> Iterator[EmailMessage]:
    for file in sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True):
        *whole, _unfinished = file.read_bytes().split(END)
        for mail in reversed(whole):
            yield message_from_bytes(mail, policy=policy.default)
