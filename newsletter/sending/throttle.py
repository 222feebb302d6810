"""How fast mails leave, over all connections of all machines together.

Whoever wants to send takes moments for some mails from one row in the database, where they follow each other at a fixed
distance. A moment that has passed by more than ``LATE`` isn't used any more. So mails that arrive within one second had
their moments in it or shortly before it (``SPREAD``), and the distance is such that these are never too many.

The clocks of the machines have to agree to within a fraction of a second (NTP).
"""

import time
from collections import deque

from django.conf import settings
from django.db import transaction

from newsletter.models import Throttle

LATE = 0.2
"""Seconds."""
SPREAD = 0.25
"""Seconds by which mails can arrive after their moments, differently: ``LATE``, and what the way takes."""
BLOCK = 0.25
"""Seconds for which a connection takes moments at once at most, where more than one mail fits in."""
SLOWEST = 64
"""The most by which the distance grows when the mail server asks for less."""
RECOVERY = 60
"""Seconds after which half of that is taken back."""
ROW = 1


class Pace:
    """The moments of one connection.

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

    def _take(self) -> None:
        self._moments.extend(reserve(self._taken // 2 if self._has_missed else 2 * self._taken))
        self._taken, self._has_missed = len(self._moments), False

    @property
    def is_late(self) -> bool:
        """Whether the moment that ``next`` gave can't be used any more."""
        return self._current < time.time() - LATE


def distance() -> float:
    """Seconds between two mails, so that neither a second nor a minute holds too many."""
    a_second = settings.NEWSLETTER_RATE // 60
    in_a_minute = (60 + SPREAD) / settings.NEWSLETTER_RATE
    return max((1 + SPREAD) / a_second, in_a_minute) if a_second else in_a_minute


@transaction.atomic
def reserve(most: int) -> list[float]:
    """Take the next free moments: at least one, and at most as many as there are in ``BLOCK``."""
    row = _row()
    now = time.time()
    if row.slowed > 1 and now - row.slowed_at > RECOVERY:
        row.slowed, row.slowed_at = max(1, row.slowed / 2), now
    between = distance() * row.slowed
    first = max(row.next_at, now)
    number = max(1, min(most, int(BLOCK / between)))
    row.next_at = first + number * between
    row.save()
    return [first + place * between for place in range(number)]


@transaction.atomic
def slow_down() -> None:
    """Leave twice the time between mails, because the mail server said that it has too many."""
    row = _row()
    row.slowed, row.slowed_at = min(SLOWEST, row.slowed * 2), time.time()
    row.save()


def _row() -> Throttle:
    """The row, for this transaction alone."""
    locked = Throttle.objects.select_for_update()
    row = locked.filter(pk=ROW).first()
    if row is None:
        Throttle.objects.bulk_create([Throttle(pk=ROW)], ignore_conflicts=True)
        row = locked.get(pk=ROW)
    return row
