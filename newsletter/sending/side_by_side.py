"""Several connections to a mail server, each of which gives a mail at the same time.

They go on in turns, step by step, in one thread: that takes less of the processor than a thread for each, and their
mails are written down together.
"""

import time

from .message import Recipient, RunMessage
from .outcomes import Outcome
from .smtp import SmtpConnection, Talk

PATIENCE = 60
"""Seconds until a server is asked again for more connections than it wanted to have."""


class SmtpTransport:
    def __init__(self, connections: list[SmtpConnection]):
        self._connections = connections
        self._ask_again_at = 0.0

    @property
    def width(self) -> int:
        """How many mails it gives at once."""
        return len(self._open)

    def open(self) -> None:
        """Connect as far as the server lets us; raises ``OSError`` when it doesn't at all."""
        if self._open and time.monotonic() < self._ask_again_at:
            return
        for connection in self._connections:
            try:
                connection.open()
            except OSError:
                connection.close()
                if not self._open:
                    raise
                self._ask_again_at = time.monotonic() + PATIENCE
                return

    def close(self) -> None:
        for connection in self._connections:
            connection.close()

    def send(self, message: RunMessage, recipients: list[Recipient]) -> list[Outcome]:
        """Give at most ``width`` mails; what became of each."""
        talks = [connection.give(message, to) for connection, to in zip(self._open, recipients, strict=False)]
        return finish(talks)

    @property
    def _open(self) -> list[SmtpConnection]:
        return [connection for connection in self._connections if connection.is_open]


def finish(talks: list[Talk]) -> list[Outcome]:
    """Go on with all of them in turns until each is over; what became of their mails."""
    outcomes: dict[int, Outcome] = {}
    while len(outcomes) < len(talks):
        for number, talk in enumerate(talks):
            if number not in outcomes:
                try:
                    next(talk)
                except StopIteration as end:
                    outcomes[number] = end.value
    return [outcomes[number] for number in range(len(talks))]
