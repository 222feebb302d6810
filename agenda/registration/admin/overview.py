"""How many people have a place, wait or came: of an event, and of each of its sessions."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Count

from agenda.models import EventPage, EventSession, Registration

State = Registration.State


@dataclass
class Line:
    """The numbers of one session, or of the event when ``session`` is ``None``."""

    session: EventSession | None
    capacity: int | None
    people: Counter[str] = field(default_factory=Counter)
    """How many, by the state of their registration."""
    present: int = 0

    @property
    def taken(self) -> int:
        """A place that is offered to somebody is taken."""
        return sum(self.people[state] for state in Registration.HOLDING)

    @property
    def offered(self) -> int:
        return self.people[State.OFFERED]

    @property
    def waiting(self) -> int:
        return self.people[State.WAITING]

    @property
    def ended(self) -> int:
        """Those who cancelled, or let an offer pass."""
        return self.people[State.CANCELLED] + self.people[State.EXPIRED]

    @property
    def too_many(self) -> int:
        """How many more have a place than there are: an editor made it smaller, or added people all the same."""
        return 0 if self.capacity is None else max(0, self.taken - self.capacity)


class Overview(NamedTuple):
    total: Line
    sessions: list[Line]


def overview(event: EventPage) -> Overview:
    """Two queries, however many people there are."""
    sessions = EventSession.objects.filter(event=event.pk)
    total = Line(None, event.capacity)
    lines = {session.pk: Line(session, session.capacity) for session in sessions}
    rows = Registration.objects.filter(event=event.pk).order_by().values_list("session", "state")
    for session_id, state, number, present in rows.annotate(number=Count("pk"), present=Count("attended_at")):
        for line in [total, *([lines[session_id]] if session_id in lines else [])]:
            line.people[state] += number
            line.present += present
    return Overview(total, list(lines.values()))
