"""How far a run is, in numbers, and when it may be done."""

import datetime
from collections import Counter
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils import timezone

from newsletter.models import Delivery, SendRun

State = Delivery.State
LATELY = datetime.timedelta(minutes=5)
GOING_ON = (SendRun.State.SCHEDULED, SendRun.State.PREPARING, SendRun.State.READY, SendRun.State.SENDING)
"""States that pass by themselves once the time has come, as long as ``send_newsletters`` runs."""


class Progress(NamedTuple):
    states: Counter[str]
    """How many mails, by state."""
    skipped: Counter[str]
    """How many of those that are skipped, by reason."""
    doubled: int
    """Of those sent: how many may have come twice."""
    bounced: int
    complained: int
    minutes: int | None
    """Until the last one leaves, as it went in the last minutes; ``None`` when that can't be said."""

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def left(self) -> int:
        """What waits for its first attempt, or is being sent."""
        return self.states[State.PENDING] + sum(self.states[state] for state in Delivery.HELD)

    @property
    def deferred(self) -> int:
        return self.states[State.DEFERRED]

    @property
    def closed(self) -> int:
        return self.total - self.left - self.deferred

    @property
    def percentage(self) -> int:
        """Rounded down: it is 100 when all is done."""
        return 100 * self.closed // self.total if self.total else 0

    @property
    def accepted(self) -> int:
        return self.states[State.ACCEPTED]

    @property
    def rejected(self) -> int:
        return self.states[State.REJECTED]

    @property
    def uncertain(self) -> int:
        return self.states[State.UNCERTAIN]

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Why mails were skipped, in words."""
        return [(label, self.skipped[value]) for value, label in Delivery.Skipped.choices if self.skipped[value]]


def progress_of(run: SendRun) -> Progress:
    """One query, which reads every row of the run."""
    now = timezone.now()
    since = max(now - LATELY, run.running_since or now)
    # Those that are skipped while the rows are made say nothing of how fast mails leave.
    left_lately = Q(closed_at__gte=since, attempts__gt=0)
    rows = run.deliveries.order_by().values_list("state", "skipped")
    rows = rows.annotate(
        number=Count("pk"),
        lately=Count("pk", filter=left_lately),
        doubled=Count("pk", filter=Q(state=State.ACCEPTED, was_uncertain=True)),
        bounced=Count("bounced_at"),
        complained=Count("complained_at"),
    )
    states: Counter[str] = Counter()
    skipped: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    for state, reason, number, lately, doubled, bounced, complained in rows:
        states[state] += number
        skipped[reason] += number if reason else 0
        sums.update(lately=lately, doubled=doubled, bounced=bounced, complained=complained)
    found = Progress(states, skipped, sums["doubled"], sums["bounced"], sums["complained"], None)
    if run.state != SendRun.State.SENDING:
        return found
    return found._replace(minutes=minutes_left(found.left, sums["lately"], (now - since).total_seconds()))


def stands_still(run: SendRun) -> bool:
    """Whether a run should be going on, and nobody has done anything about it for ``LATELY``."""
    since = timezone.now() - LATELY
    moments = (run.send_at, run.approved_at, run.confirmed_until, run.running_since)
    if run.state not in GOING_ON or max(filter(None, moments)) > since:
        return False
    return run.state != SendRun.State.SENDING or _is_neglected(run, since)


def _is_neglected(run: SendRun, since: datetime.datetime) -> bool:
    """Whether mails should have left before ``since``, and none did after it or is held by a connection."""
    waiting = Q(state__in=Delivery.WAITING, due_at__lte=since) | Q(state__in=Delivery.HELD, leased_until__lte=since)
    seen_to = Q(state__in=Delivery.HELD, leased_until__gt=since) | Q(closed_at__gte=since, attempts__gt=0)
    return run.deliveries.filter(waiting).exists() and not run.deliveries.filter(seen_to).exists()


def minutes_left(mails: int, lately: int, seconds: float) -> int | None:
    """At least one; ``lately`` is how many left in the last ``seconds``."""
    if not mails or not lately:
        return None
    return max(1, round(mails * seconds / lately / 60))
