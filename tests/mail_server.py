"""A mail server on this machine (SMTP, RFC 5321), well-behaved or not."""

import socketserver
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event, Thread

ACCEPT = "250 OK"
FOR_NOBODY = "554 5.5.1 No valid recipients"
HANG_UP = ""
"""Closes the connection instead of answering."""


class LastWords(str):
    """An answer after which it closes the connection."""


class Trickle(str):
    """An answer that comes a letter at a time."""


class Session(socketserver.StreamRequestHandler):
    """One connection, with one mail after another."""

    # Else several answers in a row wait for one another, 40 milliseconds a mail.
    disable_nagle_algorithm = True

    def handle(self):
        self.server.connections += 1
        self.server.on_connection()
        self.say("220 mail.test")
        self.is_greeted = False
        while line := self.rfile.readline():
            verb, _, rest = line.decode().strip().partition(" ")
            if not self.answer(verb.upper(), rest):
                return

    def answer(self, verb, rest):
        server = self.server
        match verb:
            case "EHLO" | "HELO" if server.greets_nobody:
                return self.say("554 5.7.1 No")
            case "EHLO":
                self.is_greeted = True
                extensions = ["mail.test", *server.extensions, "AUTH PLAIN"]
                return self.say("".join(f"250-{name}\r\n" for name in extensions[:-1]) + f"250 {extensions[-1]}")
            case "AUTH":
                return self.say(server.on_log_in())
            case "QUIT":
                self.say("221 Bye")
                return False
            case "MAIL" if not self.is_greeted:
                return self.say("503 5.5.1 Say EHLO first")
            case "MAIL":
                self.recipient = ""
                return self.say(server.on_sender(rest))
            case "RCPT":
                recipient = rest[rest.index("<") + 1 : rest.index(">")]
                answer = server.on_recipient(recipient)
                self.recipient = recipient if answer == ACCEPT else ""
                return self.say(answer)
            case "DATA":
                return self.take_mail() if self.recipient or server.takes_mail_for_nobody else self.say(FOR_NOBODY)
            case _:
                return self.say(ACCEPT)

    def take_mail(self):
        self.say("354 Go on")
        content = self.read_mail()
        if content is None:
            return False
        return self.say(self.server.take(self.recipient, content) if self.recipient else FOR_NOBODY)

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
        letters = [f"{words}\r\n"] if not isinstance(words, Trickle) else f"{words}\r\n"
        for letter in letters:
            self.wfile.write(letter.encode())
            if isinstance(words, Trickle):
                Event().wait(0.1)
        return not isinstance(words, LastWords)


class MailServer(socketserver.ThreadingTCPServer):
    """``received`` are the mails that came, as ``(recipient, message)``; the functions decide what is answered."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int = 0):
        super().__init__(("127.0.0.1", port), Session)
        self.received: list[tuple[str, EmailMessage]] = []
        self.connections = 0
        self.extensions: list[str] = []
        """What it says of itself that it can (RFC 5321, 2.2)."""
        self.takes_mail_for_nobody = False
        self.greets_nobody = False
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
