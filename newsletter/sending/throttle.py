"""How fast mails leave, over all connections of all machines together.

Whoever wants to send takes moments for some mails from one row in the database, where they follow each other at a fixed
distance. A moment that has passed by more than ``LATE`` isn't used any more. So mails that arrive within one second had
their moments in it or shortly before it (``SPREAD``), and the distance is such that these are never too many.

The clocks of the machines have to agree to within a fraction of a second (NTP).
"""

import time
from collections import deque
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from newsletter.models import Throttle

LATE = 0.2
"""Seconds."""
SPREAD = 0.25
"""Seconds by which mails can arrive after their moments, differently: ``LATE``, and what the way takes."""
BLOCK = 0.25
"""Seconds for which a sender takes moments at once at most, where more than one mail fits in."""
SLOWEST = 64
"""The most by which the distance grows when the mail server asks for less."""
RECOVERY = 60
"""Seconds after which half of that is taken back."""
ROW = 1
# One statement, which all senders share; both databases do such a thing one after the other.
TAKE = """
UPDATE newsletter_throttle SET next_at = (CASE WHEN next_at > %s THEN next_at ELSE %s END) + %s * slowed
WHERE id = %s RETURNING id, next_at, slowed, slowed_at
"""


class Block(NamedTuple):
    """Moments that one sender took, in seconds since 1970."""

    moments: list[float]
    slowed: float
    """By how much all are slowed down at the request of the mail server."""


class Pace:
    """The moments of one sender.

    It takes more at once as long as it uses them all, and fewer when some have passed by: whoever takes more than it
    can use keeps them from the others.
    """

    def __init__(self):
        self._moments: deque[float] = deque()
        self._current = 0.0
        self._taken = 0
        """How many at once the last time."""
        self._has_missed = False
        """Whether some of those passed by."""
        self._slowed = 1.0
        """By how much we were slowed down then."""

    def next(self) -> float:
        """Seconds until the next mail may leave, or less than none; takes new moments when there are none left."""
        while not self._moments or self._moments[0] < time.time() - LATE:
            if self._moments:
                self._moments.popleft()
                self._has_missed = True
            else:
                self._take()
        self._current = self._moments.popleft()
        return self._current - time.time()

    def one_more(self) -> bool:
        """Whether another mail may leave together with the one before; its moment is taken then."""
        may_leave = bool(self._moments) and self._moments[0] <= time.time()
        if may_leave:
            self._moments.popleft()
        return may_leave

    def _take(self) -> None:
        wanted = self._taken // 2 if self._has_missed else 2 * self._taken
        block = reserve(wanted, self._slowed)
        self._moments.extend(block.moments)
        self._taken, self._slowed, self._has_missed = len(block.moments), block.slowed, False

    @property
    def is_late(self) -> bool:
        """Whether the moment that ``next`` gave can't be used any more."""
        return self._current < time.time() - LATE


def distance() -> float:
    """Seconds between two mails, so that neither a second nor a minute holds too many."""
    a_second = settings.NEWSLETTER_RATE // 60
    in_a_minute = (60 + SPREAD) / settings.NEWSLETTER_RATE
    return max((1 + SPREAD) / a_second, in_a_minute) if a_second else in_a_minute


def reserve(most: int, slowed: float = 1) -> Block:
    """Take the next free moments: at least one, and at most as many as there are in ``BLOCK`` seconds.

    ``slowed`` is by how much we were slowed down the last time.
    """
    between = distance()
    number = max(1, min(most, int(BLOCK / (between * slowed))))
    row = _take(number * between)
    if row.slowed > 1 and row.slowed_at < time.time() - RECOVERY:
        _speed_up(row)
    first = row.next_at - number * between * row.slowed
    return Block([first + place * between * row.slowed for place in range(number)], row.slowed)


@transaction.atomic
def slow_down() -> None:
    """Leave twice the time between mails, because the mail server said that it has too many."""
    Throttle.objects.bulk_create([Throttle(pk=ROW)], ignore_conflicts=True)
    row = Throttle.objects.select_for_update().get(pk=ROW)
    row.slowed, row.slowed_at = min(SLOWEST, row.slowed * 2), time.time()
    row.save(update_fields=["slowed", "slowed_at"])


def _take(seconds: float) -> Throttle:
    """Move the next free moment on by so much time, longer when we are slowed down; the row as it is then."""
    now = time.time()
    taken = list(Throttle.objects.raw(TAKE, [now, now, seconds, ROW]))
    if taken:
        return taken[0]
    Throttle.objects.bulk_create([Throttle(pk=ROW)], ignore_conflicts=True)
    return _take(seconds)


def _speed_up(row: Throttle) -> None:
    same = Throttle.objects.filter(pk=ROW, slowed_at=row.slowed_at)
    same.update(slowed=max(1, row.slowed / 2), slowed_at=time.time())
