"""Connections that send: each a thread of its own, with the mails that it holds."""

import logging
from collections import deque
from smtplib import SMTPAuthenticationError
from threading import Event, Lock, Thread
from traceback import format_tb

from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.db import Error as DatabaseError
from django.db import close_old_connections, connection
from django.utils.translation import gettext as _

from newsletter.models import SendRun, Subscriber
from newsletter.subscribing import suppression

from . import desk, throttle
from .backend import BackendTransport
from .message import RunMessage
from .outcomes import Kind, Outcome
from .queue import Claimed, Lease
from .smtp import SmtpTransport

IDLE = 1
"""Seconds after which one looks again for something to send."""
SOON = 0.02
"""Seconds; whoever has to wait longer for their turn writes down first that the mail before was accepted."""
LONGEST_WAIT = 60
"""Seconds between two attempts to reach the mail server."""
PERMANENT = 500
"""From this code on a mail server says that trying again doesn't help (RFC 5321, 4.2.1)."""
LAST = 200
MOST_REFUSED = 0.05
"""Of the ``LAST`` mails; when more are refused for good, something else is wrong than their addresses."""
logger = logging.getLogger(__name__)


class Record:
    """What became of the last mails of each run, over all connections of this process."""

    def __init__(self):
        self._refused: dict[int, deque[bool]] = {}
        self._lock = Lock()

    def note(self, run_id: int, is_refused: bool) -> bool:
        """Whether too many have been refused now."""
        with self._lock:
            last = self._refused.setdefault(run_id, deque(maxlen=LAST))
            last.append(is_refused)
            if sum(last) <= LAST * MOST_REFUSED:
                return False
            del self._refused[run_id]
            return True


class ConnectionLost(OSError):
    """The mail server has to be reached anew."""


class Sender(Thread):
    """One connection; it sends until ``stop`` is set, and then finishes the mail that it is at."""

    def __init__(self, name: str, stop: Event, record: Record):
        super().__init__(name=name)
        self._stop_sending = stop
        self._record = record
        self._pace = throttle.Pace()
        self._transport = make_transport()
        self._messages: dict[int, RunMessage] = {}
        self._last_run = 0
        self._failures = 0
        """In succession, without a mail that was accepted."""

    def run(self) -> None:
        try:
            while not self._stop_sending.is_set():
                close_old_connections()
                self._send_or_wait()
        finally:
            self._transport.close()
            connection.close()

    def _send_or_wait(self) -> None:
        try:
            if not self.send_some():
                self._stop_sending.wait(IDLE)
        except (OSError, DatabaseError) as error:
            # What servers say may hold an address.
            logger.warning("%s waits to send newsletters: %s", self.name, type(error).__name__)
            self._stop_sending.wait(min(LONGEST_WAIT, 2**self._failures))
            self._failures += 1

    def send_some(self) -> bool:
        """Send what one can hold at once, each time of another run; whether there was anything.

        Raises ``OSError`` and ``DatabaseError`` when a server can't be reached; what was held then waits again.
        """
        for run in self._runs():
            lease = Lease(run, self.name)
            if claims := lease.claim():
                self._last_run = run.pk
                try:
                    self._send(lease, claims)
                except SMTPAuthenticationError as error:
                    if error.smtp_code < PERMANENT:
                        raise
                    desk.hold(run, _("De mailserver laat ons niet inloggen. Vraag de beheerder om dat na te zien."))
                finally:
                    lease.release()
                return True
        return False

    def _runs(self) -> list[SendRun]:
        """Those that are being sent, beginning with the one after that of the last time: a small one needn't wait."""
        runs = list(SendRun.objects.filter(state=SendRun.State.SENDING).order_by("pk"))
        return [run for run in runs if run.pk > self._last_run] + [run for run in runs if run.pk <= self._last_run]

    def _send(self, lease: Lease, claims: list[Claimed]) -> None:
        message = self._message_of(lease.run)
        if message is None:
            desk.hold(lease.run, _("De mail is niet samen te stellen. Vraag de beheerder om dat na te zien."))
            return
        self._transport.open()
        for claim in claims:
            lease.renew()
            if not self._wait_for_turn(lease):
                return
            if not lease.begin(claim):
                if lease.skip_if_left(claim):
                    continue
                return
            if self._pace.is_late and not self._wait_for_turn(lease):
                lease.put_back(claim)
                return
            self._act_on(lease, claim, self._give(message, claim))

    def _wait_for_turn(self, lease: Lease) -> bool:
        """Wait until one more mail may leave; whether one is to go on then."""
        seconds = self._pace.next()
        if seconds > SOON:
            lease.write_down()
        return not self._stop_sending.wait(max(0, seconds))

    def _give(self, message: RunMessage, claim: Claimed) -> Outcome:
        try:
            return self._transport.send(message, claim.recipient)
        except Exception as error:
            # Not what it says, which may hold the address.
            where = "".join(format_tb(error.__traceback__))
            logger.error(
                "mail %s of a newsletter couldn't be sent: %s\n%s",
                claim.recipient.delivery_id,
                type(error).__name__,
                where,
            )
            return Outcome(Kind.UNCERTAIN, type(error).__name__)

    def _act_on(self, lease: Lease, claim: Claimed, outcome: Outcome) -> None:
        """Write down what became of a mail; raises ``ConnectionLost`` when no other can be sent after it."""
        match outcome.kind:
            case Kind.ACCEPTED:
                self._failures = 0
                lease.accept(claim, outcome.reply, outcome.provider_id)
            case Kind.DEFERRED:
                lease.defer(claim, outcome.reply)
            case Kind.NO_SUCH_ADDRESS:
                lease.reject(claim, outcome.reply)
                self._count_hard_bounce(claim)
            case Kind.REFUSED:
                lease.reject(claim, outcome.reply)
            case Kind.BLOCKED:
                self._act_on_block(lease, claim, outcome)
            case Kind.SENDER_REFUSED:
                lease.put_back(claim)
                desk.hold(
                    lease.run, _("De mailserver laat ons niet versturen. Meld dit bij de beheerder: %s") % outcome.reply
                )
            case Kind.SLOW_DOWN:
                lease.put_back(claim)
                throttle.slow_down()
                raise ConnectionLost
            case Kind.NOT_SENT:
                lease.try_again(claim, outcome.reply)
                raise ConnectionLost
            case Kind.UNCERTAIN:
                lease.doubt(claim, outcome.reply)
                raise ConnectionLost
        if self._record.note(lease.run.pk, outcome.is_permanent):
            desk.hold(
                lease.run, _("Meer dan 5 procent van de laatste 200 mails is geweigerd. Bij ‘Alle mails’ staat waarom.")
            )

    def _act_on_block(self, lease: Lease, claim: Claimed, outcome: Outcome) -> None:
        """The first time it may be us, and it can be sent when that is mended; the second time it is only this mail."""
        if claim.attempts:
            lease.reject(claim, outcome.reply)
        else:
            lease.defer(claim, outcome.reply)
            desk.hold(
                lease.run, _("De mailserver vertrouwt onze mail niet. Meld dit bij de beheerder: %s") % outcome.reply
            )

    def _count_hard_bounce(self, claim: Claimed) -> None:
        subscriber = Subscriber.objects.filter(deliveries=claim.recipient.delivery_id).first()
        if subscriber:
            suppression.count_hard_bounce(subscriber)

    def _message_of(self, run: SendRun) -> RunMessage | None:
        """``None`` when no mail can be made of it; other runs needn't suffer from that."""
        if run.pk not in self._messages:
            try:
                self._messages = {run.pk: RunMessage(run)}
            except DatabaseError:
                raise
            except Exception:
                logger.exception("the mail of run %d can't be made", run.pk)
                return None
        return self._messages[run.pk]


def make_transport() -> SmtpTransport | BackendTransport:
    backend = get_connection()
    return SmtpTransport(backend) if isinstance(backend, EmailBackend) else BackendTransport(backend)
