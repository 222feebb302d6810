"""Programs send by some threads: each has connections to the mail server, and holds mails for them."""

import logging
import math
import socket
from collections import deque
from secrets import token_hex
from smtplib import SMTPAuthenticationError
from threading import Event, Lock, Thread

from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.db import Error as DatabaseError
from django.db import close_old_connections, connection
from django.utils.translation import gettext as _

from newsletter.models import SendRun, Subscriber
from newsletter.subscribing import suppression

from . import desk, throttle
from .advancing import MOST_AT_ONCE
from .backend import BackendTransport
from .message import RunMessage
from .outcomes import Kind, Outcome
from .queue import Claimed, Lease
from .side_by_side import SmtpTransport
from .smtp import SmtpConnection

IDLE = 1
"""Seconds after which one looks again for something to send."""
SOON = 0.02
"""Seconds; whoever has to wait longer for their turn writes down first that the mail before was accepted."""
MOST_HELD = 5
"""Seconds that a mail which is said to be on its way waits for another turn: its lease doesn't last for ever."""
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
    """Sends over some connections until ``stop`` is set, and then finishes the mails that it is at."""

    def __init__(self, name: str, stop: Event, record: Record, connections: int = 1):
        super().__init__(name=name)
        self._stop_sending = stop
        self._record = record
        self._pace = throttle.Pace()
        self._transport = make_transport(connections)
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
        waiting = deque(claims)
        while waiting:
            lease.renew()
            if not self._wait_for_turn(lease):
                return
            turn = self._next_of(waiting)
            begun = lease.begin(turn)
            if self._pace.is_late and not all(self._wait_for_turn(lease, MOST_HELD) for _claim in begun):
                for claim in begun:
                    lease.put_back(claim)
                return
            outcomes = self._transport.send(message, [claim.recipient for claim in begun])
            self._act_on_all(lease, begun, outcomes)
            if not all(lease.skip_if_left(claim) for claim in turn if claim not in begun):
                return

    def _wait_for_turn(self, lease: Lease, most: float = math.inf) -> bool:
        """Wait until one more mail may leave, unless that takes more than ``most`` seconds; whether one is to go on."""
        seconds = self._pace.next()
        if seconds > most:
            return False
        if seconds > SOON:
            lease.write_down()
        return not self._stop_sending.wait(max(0, seconds))

    def _next_of(self, waiting: deque[Claimed]) -> list[Claimed]:
        """The first, and as many others as may leave together with it."""
        turn = [waiting.popleft()]
        while waiting and len(turn) < self._transport.width and self._pace.one_more():
            turn.append(waiting.popleft())
        return turn

    def _act_on_all(self, lease: Lease, claims: list[Claimed], outcomes: list[Outcome]) -> None:
        """Write down what became of some mails; raises ``ConnectionLost`` when others can't be sent after them."""
        # Those that were accepted come first: that needs no database, which may be away for the others.
        mails = sorted(zip(claims, outcomes, strict=True), key=lambda mail: mail[1].kind is not Kind.ACCEPTED)
        for claim, outcome in mails:
            self._act_on(lease, claim, outcome)
        if any(outcome.kind is Kind.SLOW_DOWN for outcome in outcomes):
            throttle.slow_down()
        if any(outcome.is_last for outcome in outcomes) or not self._transport.width:
            raise ConnectionLost

    def _act_on(self, lease: Lease, claim: Claimed, outcome: Outcome) -> None:
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
            case Kind.SLOW_DOWN:
                lease.put_back(claim)
            case Kind.SENDER_REFUSED:
                lease.put_back(claim)
                desk.hold(
                    lease.run, _("De mailserver laat ons niet versturen. Meld dit bij de beheerder: %s") % outcome.reply
                )
            case Kind.NOT_SENT:
                lease.try_again(claim, outcome.reply)
            case Kind.UNCERTAIN:
                lease.doubt(claim, outcome.reply)
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


def make_transport(connections: int) -> SmtpTransport | BackendTransport:
    """Whatever isn't a mail server has one connection."""
    if is_over_smtp():
        return SmtpTransport([SmtpConnection(get_connection()) for _number in range(connections)])
    return BackendTransport(get_connection())


def start(connections: int, stop: Event) -> list[Sender]:
    """Begin to send over so many connections, until ``stop`` is set."""
    record = Record()
    # Another name each time: what a process before held is not held by this one.
    process = f"{socket.gethostname()[:20]}-{token_hex(4)}"
    together = MOST_AT_ONCE if is_over_smtp() else 1
    numbers = [min(together, connections - begun) for begun in range(0, connections, together)]
    senders = [Sender(f"{process}-{place}", stop, record, number) for place, number in enumerate(numbers)]
    for sender in senders:
        sender.start()
    return senders


def is_over_smtp() -> bool:
    return isinstance(get_connection(), EmailBackend)
