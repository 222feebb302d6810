"""A mail server on this machine (SMTP, RFC 5321), well-behaved or not."""

import socketserver
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread

ACCEPT = "250 OK"
HANG_UP = ""
"""Closes the connection instead of answering."""


class Session(socketserver.StreamRequestHandler):
    """One connection, with one mail after another."""

    def handle(self):
        self.server.connections += 1
        self.server.on_connection()
        self.say("220 mail.test")
        while line := self.rfile.readline():
            verb, _, rest = line.decode().strip().partition(" ")
            if not self.answer(verb.upper(), rest):
                return

    def answer(self, verb, rest):
        server = self.server
        match verb:
            case "EHLO":
                return self.say("250-mail.test\r\n250 AUTH PLAIN")
            case "AUTH":
                return self.say(server.on_log_in())
            case "QUIT":
                self.say("221 Bye")
                return False
            case "MAIL":
                return self.say(server.on_sender(rest))
            case "RCPT":
                self.recipient = rest[rest.index("<") + 1 : rest.index(">")]
                return self.say(server.on_recipient(self.recipient))
            case "DATA":
                self.say("354 Go on")
                content = self.read_mail()
                return content is not None and self.say(server.take(self.recipient, content))
            case _:
                return self.say(ACCEPT)

    def read_mail(self):
        """``None`` when the connection broke before its end."""
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return None
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def say(self, words):
        if not words:
            return False
        self.wfile.write(f"{words}\r\n".encode())
        return True


class MailServer(socketserver.ThreadingTCPServer):
    """``received`` are the mails that came, as ``(recipient, message)``; the functions decide what is answered."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int = 0):
        super().__init__(("127.0.0.1", port), Session)
        self.received: list[tuple[str, EmailMessage]] = []
        self.connections = 0
        self.on_connection: Callable[[], object] = lambda: None
        self.on_log_in: Callable[[], str] = lambda: "235 2.7.0 Welcome"
        self.on_sender: Callable[[str], str] = lambda sender: ACCEPT
        self.on_recipient: Callable[[str], str] = lambda recipient: ACCEPT
        self.on_mail: Callable[[str], str] = lambda recipient: ACCEPT

    @property
    def port(self):
        return self.server_address[1]

    def take(self, recipient, content):
        self.received.append((recipient, message_from_bytes(content, policy=policy.default)))
        return self.on_mail(recipient)

    def __enter__(self):
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *exception):
        self.shutdown()
        self.server_close()
