"""How many places there are, and how many of them are left: counted from the registrations, never from a counter."""

from collections import Counter
from typing import NamedTuple

from django.apps import apps
from django.db.models import Count


class Places(NamedTuple):
    """The places of an event; those of its sessions by the id of the session. ``None`` is as many as you like."""

    left: int | None
    left_in_session: dict[int, int | None]
    has_line: bool
    """Whether somebody waits."""

    def left_for(self, session_id: int | None) -> int | None:
        """The places for somebody who chooses this session, which are never more than those of the event."""
        return least(self.left, self.left_in_session.get(session_id) if session_id else None)

    def has_one_for(self, session_id: int | None) -> bool:
        return self.left_for(session_id) != 0

    def without_one_for(self, session_id: int | None) -> "Places":
        """What is left once somebody more has a place in this session."""
        in_sessions = dict(self.left_in_session)
        if session_id in in_sessions:
            in_sessions[session_id] = _one_less(in_sessions[session_id])
        return self._replace(left=_one_less(self.left), left_in_session=in_sessions)

    @property
    def are_left(self) -> bool:
        """Whether somebody can have a place, in any session."""
        if not self.left_in_session:
            return self.left != 0
        return any(self.has_one_for(session_id) for session_id in self.left_in_session)

    @property
    def left_to_choose(self) -> int | None:
        """How many people can still have a place."""
        in_sessions = list(self.left_in_session.values())
        return least(self.left, sum(in_sessions) if in_sessions and None not in in_sessions else None)


def least(*numbers: int | None) -> int | None:
    return min((number for number in numbers if number is not None), default=None)


def count_places(event) -> Places:
    """The places of ``event`` as they are now."""
    taken: Counter = Counter()
    waiting = 0
    model = apps.get_model("agenda.Registration")
    rows = model.objects.active().filter(event=event.pk).values_list("session", "state").annotate(number=Count("pk"))
    for session_id, state, number in rows.order_by():
        if state in model.HOLDING:
            taken[session_id] += number
        else:
            waiting += number
    return Places(
        _left(event.capacity, taken.total()),
        {session.pk: _left(session.capacity, taken[session.pk]) for session in event.sessions.all()},
        waiting > 0,
    )


def _left(capacity: int | None, taken: int) -> int | None:
    """More may be taken than there are, when an editor made the event smaller."""
    return None if capacity is None else max(0, capacity - taken)


def _one_less(left: int | None) -> int | None:
    return None if left is None else max(0, left - 1)
