"""Giving mails to a mail server, one after another over a connection that stays open (RFC 5321)."""

import socket
from contextlib import suppress

from django.core.mail.backends.smtp import EmailBackend

from .message import Envelope, Recipient, RunMessage
from .outcomes import Kind, Outcome, Stage, outcome_of

GO_ON = 354
END = b".\r\n"
LOOKING = 5 * 60
"""Seconds that a server may take to look at a mail before it answers; whoever gives up sooner sends it twice (RFC 5321,
4.5.3.2.6 and 6.1)."""


class SmtpTransport:
    """One connection, with the settings of Django's own: host, log-in, TLS, time-out."""

    def __init__(self, backend: EmailBackend):
        self._backend = backend

    def open(self) -> None:
        """Connect, if that isn't so; raises ``OSError``, of which all errors of ``smtplib`` are."""
        if self._backend.open():
            # The end of a mail needn't wait until the server has acknowledged what came before (RFC 9293, 3.7.4).
            self._backend.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def close(self) -> None:
        connection, self._backend.connection = self._backend.connection, None
        if connection:
            with suppress(OSError):
                connection.quit()
            connection.close()

    def send(self, message: RunMessage, recipient: Recipient) -> Outcome:
        """Give one mail; after anything but an answer about this mail alone the connection is closed."""
        try:
            envelope = message.envelope(recipient)
        except UnicodeError as error:
            return Outcome(Kind.NO_SUCH_ADDRESS, str(error))
        outcome = self._give(envelope)
        if outcome.kind in (Kind.SLOW_DOWN, Kind.NOT_SENT, Kind.UNCERTAIN):
            self.close()
        elif outcome.kind is not Kind.ACCEPTED:
            self._reset()
        return outcome

    def _give(self, envelope: Envelope) -> Outcome:
        server = self._backend.connection
        try:
            for stage, command in (
                (Stage.SENDER, lambda: server.mail(envelope.sender)),
                (Stage.RECIPIENT, lambda: server.rcpt(envelope.recipient)),
                (Stage.CONTENT, lambda: server.docmd("DATA")),
            ):
                code, words = command()
                if not (200 <= code < 300 or code == GO_ON):
                    return outcome_of(stage, code, words)
        except OSError as error:
            return Outcome(Kind.NOT_SENT, type(error).__name__)
        try:
            server.send(envelope.content + END)
            server.sock.settimeout(LOOKING)
            code, words = server.getreply()
            server.sock.settimeout(self._backend.timeout)
            return outcome_of(Stage.CONTENT, code, words)
        except OSError as error:
            return Outcome(Kind.UNCERTAIN, type(error).__name__)

    def _reset(self) -> None:
        """Take back what was said of a mail that was refused (RSET)."""
        try:
            self._backend.connection.rset()
        except OSError:
            self.close()
