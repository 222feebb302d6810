"""Giving mails to whatever else Django can send by: a provider's API (django-anymail), or files on a laptop.

Each mail is a call of its own, so that its state is known as exactly as over SMTP.
"""

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from newsletter.rendering import UNSUBSCRIBE_URL
from newsletter.subscribing import links, tokens

from . import return_path
from .message import Recipient, RunMessage, ascii_address, own_headers
from .outcomes import Kind, Outcome, unexpected

TOO_MANY = 429
NOT_ALLOWED = (401, 402, 403)
NEVER_TAKEN = {"invalid": Kind.NO_SUCH_ADDRESS, "rejected": Kind.REFUSED, "failed": Kind.REFUSED}
"""What a provider says of a recipient at once (https://anymail.dev/en/stable/sending/anymail_additions/)."""


class BackendTransport:
    width = 1
    """How many mails it gives at once."""

    def __init__(self, backend: BaseEmailBackend):
        self._backend = backend

    def open(self) -> None:
        self._backend.open()

    def close(self) -> None:
        self._backend.close()

    def send(self, message: RunMessage, recipients: list[Recipient]) -> list[Outcome]:
        return [self._give(message, recipient) for recipient in recipients]

    def _give(self, message: RunMessage, recipient: Recipient) -> Outcome:
        try:
            return self._ask(message, recipient)
        except Exception as error:  # backends of others may fail in any way, and the mail may have gone out
            return unexpected(recipient.delivery_id, error)

    def _ask(self, message: RunMessage, recipient: Recipient) -> Outcome:
        try:
            mail = self._compose(message, recipient)
        except UnicodeError as error:
            return Outcome(Kind.NO_SUCH_ADDRESS, str(error))
        try:
            self._backend.send_messages([mail])
        except AnymailRecipientsRefused:
            return _told_by_provider(mail) or Outcome(Kind.REFUSED)
        except AnymailAPIError as error:
            return _told_by_status(error)
        except (AnymailError, ImproperlyConfigured) as error:  # nothing was sent: a setting is wrong
            return Outcome(Kind.SENDER_REFUSED, type(error).__name__)
        except OSError as error:
            return Outcome(Kind.UNCERTAIN, type(error).__name__)
        return _told_by_provider(mail) or Outcome(Kind.ACCEPTED)

    def _compose(self, message: RunMessage, recipient: Recipient) -> EmailMultiAlternatives:
        address = ascii_address(recipient.email)
        token = tokens.unsubscribe_token(recipient.subscription)
        own = own_headers(recipient, address, token, timezone.now())
        named = {name: value for name, value in message.headers.items() if name not in ("Subject", "From")}
        link = links.unsubscribe_page(token)
        mail = EmailMultiAlternatives(
            subject=message.headers["Subject"],
            body=message.text.replace(UNSUBSCRIBE_URL, link),
            from_email=message.headers["From"],
            to=[address],
            headers=named | {name: value for name, value in own.items() if name != "To"},
        )
        mail.attach_alternative(message.html.replace(UNSUBSCRIBE_URL, link), "text/html")
        mail.metadata = {return_path.METADATA: return_path.mark_of(recipient.delivery_id)}
        return mail


def _told_by_provider(mail: EmailMultiAlternatives) -> Outcome | None:
    """What a provider made of the mail; ``None`` when it wasn't one."""
    status = getattr(mail, "anymail_status", None)
    if status is None or not status.recipients:
        return None
    one = next(iter(status.recipients.values()))
    return Outcome(NEVER_TAKEN.get(one.status, Kind.ACCEPTED), one.status or "", str(one.message_id or ""))


def _told_by_status(error: AnymailAPIError) -> Outcome:
    """What an answer of the provider that isn't a success means (RFC 9110, 15)."""
    status = error.status_code
    words = str(status or type(error).__name__)
    if status is None:  # no answer came
        return Outcome(Kind.UNCERTAIN, words)
    if status == TOO_MANY:
        return Outcome(Kind.SLOW_DOWN, words)
    if status >= 500:
        return Outcome(Kind.UNCERTAIN, words)
    return Outcome(Kind.SENDER_REFUSED if status in NOT_ALLOWED else Kind.REFUSED, words)
