"""Sending the mails that wait: at least once, and never twice without saying so.

A worker claims a row right before it sends the mail, by moving its next attempt on, in one UPDATE that only one worker
can win. When the worker dies in between, the row is due again after that; as nobody knows then whether the mail went
out, the next one begins by saying that it may be the second (``again`` in its content).
"""

import datetime
import logging
from collections.abc import Callable
from typing import Any, NamedTuple

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils import timezone

from .mail_failures import is_interrupted, is_of_the_server, is_refused_for_good, reason_of
from .models import QueuedMail

State = QueuedMail.State
BACK_OFF = [
    datetime.timedelta(minutes=1),
    datetime.timedelta(minutes=5),
    datetime.timedelta(minutes=30),
    datetime.timedelta(hours=2),
    datetime.timedelta(hours=8),
    datetime.timedelta(hours=24),
]
"""How long after each failed attempt the next one comes; after the last there is none, if the server isn't at fault."""
LEASE = datetime.timedelta(minutes=5)
"""Far longer than one mail takes: each word to the mail server has ``EMAIL_TIMEOUT``."""
BATCH = 50
logger = logging.getLogger(__name__)


class MailServerAway(Exception):
    """Sending failed for a reason that the next mail would meet too."""


class Outbox(NamedTuple):
    """The mails of one model of ``QueuedMail``."""

    name: str
    """For the log."""
    due_mails: Callable[[int], list]
    """At most so many of those that are due, the oldest first, with all that they tell of."""
    compose: Callable[[Any], EmailMessage]
    why_outdated: Callable[[Any], str]
    """Why a mail isn't sent any more, in Dutch; empty when it is."""

    def send_due(self) -> None:
        """Send all that is due.

        While the mail server can't be reached everything waits, without an attempt counted.
        """
        try:
            while mails := self.due_mails(BATCH):
                with get_connection() as connection:
                    self._send_until_one_fails(mails, connection)
        except (MailServerAway, OSError) as error:
            # What servers say may hold an address.
            logger.warning("%s wait for the mail server: %s", self.name, type(error.__cause__ or error).__name__)

    def _send_until_one_fails(self, mails: list, connection: BaseEmailBackend) -> None:
        """After a failure the connection may be of no use; raises ``MailServerAway`` when a new one wouldn't either."""
        for mail in mails:
            if not claim(mail):
                continue
            if reason := self.why_outdated(mail):
                record(mail, state=State.OUTDATED, last_error=reason)
                continue
            try:
                connection.send_messages([self.compose(mail)])
            except Exception as error:
                record_failure(mail, error)
                if is_of_the_server(error):
                    raise MailServerAway from error
                return
            record(mail, state=State.SENT, sent_at=timezone.now())


def claim(mail: QueuedMail) -> bool:
    """Whether ``mail`` is for us alone to send; it then knows whether it may have gone out before."""
    if mail.attempts and not mail.last_error:
        mail.content = {**mail.content, "again": True}
    unchanged = type(mail).objects.due().filter(pk=mail.pk, attempts=mail.attempts)
    is_ours = unchanged.update(
        attempts=F("attempts") + 1, next_attempt_at=timezone.now() + LEASE, last_error="", content=mail.content
    )
    mail.attempts += is_ours
    return bool(is_ours)


def record(mail: QueuedMail, **changes) -> None:
    """Write down what came of an attempt, unless another worker has begun a new one meanwhile."""
    type(mail).objects.filter(pk=mail.pk, attempts=mail.attempts, state=State.WAITING).update(**changes)


def record_failure(mail: QueuedMail, error: Exception) -> None:
    """Write down why, and when it is tried again, if it is."""
    changes: dict[str, Any] = {"last_error": reason_of(error)}
    if is_interrupted(error):
        changes["content"] = {**mail.content, "again": True}
    has_had_all = mail.attempts > len(BACK_OFF) and not is_of_the_server(error)
    if has_had_all or is_refused_for_good(error):
        changes["state"] = State.GIVEN_UP
    else:
        changes["next_attempt_at"] = timezone.now() + BACK_OFF[min(mail.attempts, len(BACK_OFF)) - 1]
    record(mail, **changes)
