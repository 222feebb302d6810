"""Giving mails to a mail server, one after another over a connection that stays open (RFC 5321).

What comes before a mail is said at once, where the server can listen so (PIPELINING, RFC 2920).
"""

import socket
import time
from collections.abc import Generator
from contextlib import suppress
from io import BufferedReader, RawIOBase
from smtplib import SMTPResponseException, SMTPServerDisconnected

from django.core.mail.backends.smtp import EmailBackend

from .message import Envelope, Recipient, RunMessage
from .outcomes import Kind, Outcome, Stage, outcome_of, unexpected

DONE, GO_ON, REFUSED = 200, 300, 400
"""What an answer says by its first digit; with ``REFUSED`` those begin that say no (RFC 5321, 4.2.1)."""
END = b".\r\n"
LINE_END = "\r\n"
LOOKING = 5 * 60
"""Seconds that a server may take to look at a mail before it answers; whoever gives up sooner sends it twice (RFC 5321,
4.5.3.2.6 and 6.1)."""
MOMENT = 0.01
GRACE = 1
"""Seconds after the time is over: for each piece of what is there by then, and for all of it."""
GOODBYE = 1
"""Seconds that a server has to answer when we leave."""
Talk = Generator[None, None, Outcome]
"""Giving one mail: it stops wherever the server has to answer, so that others can go on meanwhile."""


class SmtpConnection:
    """One connection, with the settings of Django's own: host, log-in, TLS, time-out."""

    def __init__(self, backend: EmailBackend):
        self._backend = backend
        self._said_at = 0.0

    @property
    def is_open(self) -> bool:
        return self._backend.connection is not None

    def open(self) -> None:
        """Connect, if that isn't so; raises ``OSError``, of which all errors of ``smtplib`` are."""
        if self._backend.open():
            self._listen()
        self._backend.connection.ehlo_or_helo_if_needed()  # Django itself says it only before it logs in

    def close(self) -> None:
        connection, self._backend.connection = self._backend.connection, None
        if connection and connection.sock:
            with suppress(OSError):
                self._ears.deadline = time.monotonic() + GOODBYE
                connection.quit()
            connection.close()

    def give(self, message: RunMessage, recipient: Recipient) -> Talk:
        """Give one mail; after anything but an answer about this mail alone the connection is closed."""
        try:
            outcome = yield from self._give(message.envelope(recipient))
        except UnicodeError as error:
            outcome = Outcome(Kind.NO_SUCH_ADDRESS, str(error))
        except Exception as error:  # whatever it is concerns this mail: the others of its round have gone out
            outcome = unexpected(recipient.delivery_id, error)
        if outcome.is_last:
            self.close()
        elif outcome.kind is not Kind.ACCEPTED:
            yield from self._reset()
        return outcome

    def _give(self, envelope: Envelope) -> Talk:
        if refused := (yield from self._announce(envelope)):
            return refused
        try:
            self._say(envelope.content + END)
            yield
            return outcome_of(Stage.CONTENT, *self._hear(LOOKING))
        except OSError as error:
            return Outcome(Kind.UNCERTAIN, type(error).__name__)

    def _announce(self, envelope: Envelope) -> Generator[None, None, Outcome | None]:
        """Tell from whom and for whom a mail is; what the server has against it."""
        commands = {
            Stage.SENDER: f"MAIL FROM:<{envelope.sender}>",
            Stage.RECIPIENT: f"RCPT TO:<{envelope.recipient}>",
            Stage.CONTENT: "DATA",
        }
        at_once = self._backend.connection.has_extn("pipelining")
        refused = None
        try:
            for stages in [list(commands)] if at_once else [[stage] for stage in commands]:
                self._say("".join(f"{commands[stage]}{LINE_END}" for stage in stages))
                yield
                for stage in stages:
                    code, words = self._hear(self._backend.timeout, DONE if stage is not Stage.CONTENT else GO_ON)
                    if code >= REFUSED:
                        refused = refused or outcome_of(stage, code, words)
                if refused:
                    break
            if refused and code < REFUSED:
                self._say(f".{LINE_END}")  # a server may be willing to take a mail for nobody (RFC 2920, 3.1)
                self._hear(self._backend.timeout)
        except OSError as error:
            return refused or Outcome(Kind.NOT_SENT, type(error).__name__)
        return refused

    def _listen(self) -> None:
        """Hear the server by our ``Ears`` from now on."""
        server = self._backend.connection
        # The end of a mail needn't wait until the server has acknowledged what came before (RFC 9293, 3.7.4).
        server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._ears = Ears(server.sock, self._backend.timeout)
        if server.file:  # there is none after STARTTLS
            server.file.close()
        server.file = BufferedReader(self._ears)

    def _say(self, words: str | bytes) -> None:
        server = self._backend.connection
        if server.sock is None:  # smtplib closes it by itself when something goes wrong
            raise SMTPServerDisconnected
        server.sock.settimeout(self._backend.timeout)
        server.send(words)
        self._said_at = time.monotonic()

    def _hear(self, patience: float, good: int = DONE) -> tuple[int, bytes]:
        """An answer, which may take so many seconds since something was said, and while others were heard.

        Raises ``OSError`` as well for what is neither ``good`` nor a refusal: whose answer would the next one be?
        """
        self._ears.deadline = self._said_at + patience
        server = self._backend.connection
        code, words = server.getreply()
        if code < REFUSED and not good <= code < good + 100:
            server.close()
            raise SMTPResponseException(code, words)
        return code, words

    def _reset(self) -> Generator[None, None, None]:
        """Take back what was said of a mail that was refused (RSET)."""
        try:
            self._say(f"RSET{LINE_END}")
            yield
            self._hear(self._backend.timeout)
        except OSError:
            self.close()


class Ears(RawIOBase):
    """What comes in over ``sock`` until a deadline, however little of it at a time; a time-out is for each piece only.

    Raises ``TimeoutError`` when it is over.
    """

    def __init__(self, sock: socket.socket, seconds: float):
        self._sock = sock
        self.deadline = time.monotonic() + seconds
        """By ``time.monotonic``."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        left = self.deadline - time.monotonic()
        if left < -GRACE:
            raise TimeoutError
        self._sock.settimeout(max(MOMENT, left))
        return self._sock.recv_into(buffer)
