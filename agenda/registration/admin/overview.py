"""How many people have a place, wait or came: of an event, and of each of its sessions."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count

from agenda.models import EventPage, EventSession, Registration

State = Registration.State


@dataclass
class Line:
    """The numbers of one session, or of the event when ``session`` is ``None``."""

    session: EventSession | None
    capacity: int | None
    confirmed: int = 0
    offered: int = 0
    waiting: int = 0
    present: int = 0

    @property
    def taken(self) -> int:
        """A place that is offered to somebody is taken."""
        return self.confirmed + self.offered

    @property
    def too_many(self) -> int:
        """How many more have a place than there are: an editor made it smaller, or added people all the same."""
        return 0 if self.capacity is None else max(0, self.taken - self.capacity)

    def count(self, state: str, number: int, present: int) -> None:
        self.present += present
        if state in Registration.ACTIVE:
            setattr(self, state, getattr(self, state) + number)


@dataclass(frozen=True)
class Overview:
    total: Line
    sessions: list[Line]
    ended: int
    """Those who cancelled, or let an offer pass."""


def overview(event: EventPage) -> Overview:
    """Three queries, however many people there are."""
    sessions = EventSession.objects.filter(event=event.pk)
    total, ended = Line(None, event.capacity), 0
    lines: dict[int | None, Line] = defaultdict(lambda: Line(None, None))
    lines |= {session.pk: Line(session, session.capacity) for session in sessions}
    rows = Registration.objects.filter(event=event.pk).order_by().values_list("session", "state")
    for session_id, state, number, present in rows.annotate(number=Count("pk"), present=Count("attended_at")):
        for line in (total, lines[session_id]):
            line.count(state, number, present)
        ended += number if state not in Registration.ACTIVE else 0
    return Overview(total, [line for line in lines.values() if line.session], ended)
