"""Giving mails to a mail server, one after another over a connection that stays open (RFC 5321).

What comes before a mail is said at once, where the server can listen so (PIPELINING, RFC 2920).
"""

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
        is_new = self._backend.open()
        server = self._backend.connection
        server.ehlo_or_helo_if_needed()  # Django itself says it only before it logs in
        if is_new:
            # The end of a mail needn't wait until the server has acknowledged what came before (RFC 9293, 3.7.4).
            server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

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
        if refused := self._announce(envelope):
            return refused
        try:
            server.send(envelope.content + END)
            server.sock.settimeout(LOOKING)
            code, words = server.getreply()
            server.sock.settimeout(self._backend.timeout)
            return outcome_of(Stage.CONTENT, code, words)
        except OSError as error:
            return Outcome(Kind.UNCERTAIN, type(error).__name__)

    def _announce(self, envelope: Envelope) -> Outcome | None:
        """Tell from whom and for whom a mail is; what the server has against it."""
        commands = {
            Stage.SENDER: f"MAIL FROM:<{envelope.sender}>",
            Stage.RECIPIENT: f"RCPT TO:<{envelope.recipient}>",
            Stage.CONTENT: "DATA",
        }
        server = self._backend.connection
        at_once = server.has_extn("pipelining")
        refused = None
        try:
            if at_once:
                server.send("".join(f"{command}\r\n" for command in commands.values()))
            for stage, command in commands.items():
                code, words = server.getreply() if at_once else server.docmd(command)
                if not (200 <= code < 300 or code == GO_ON):
                    refused = refused or outcome_of(stage, code, words)
                    if not at_once:
                        break
            if refused and code == GO_ON:
                server.docmd(".")  # a server may be willing to take a mail for nobody (RFC 2920, 3.1)
        except OSError as error:
            return refused or Outcome(Kind.NOT_SENT, type(error).__name__)
        return refused

    def _reset(self) -> None:
        """Take back what was said of a mail that was refused (RSET)."""
        try:
            self._backend.connection.rset()
        except OSError:
            self.close()
