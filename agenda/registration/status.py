"""Whether one can register for an event, and why not: computed from the time and the places, never typed."""

import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .places import Places, count_places

EXACT_UP_TO = 10
"""Of more places than this is only said that there are more, so that the page need not follow every visitor."""


class Status(NamedTuple):
    """``state`` is ``none``, ``not_yet``, ``open``, ``waiting_list``, ``full``, ``closed``, ``past`` or ``cancelled``;
    ``reason`` is a sentence for readers, empty when there is nothing to explain."""

    state: str
    reason: str = ""
    places: Places | None = None
    """``None`` unless one registers here."""

    @property
    def takes_registrations(self) -> bool:
        return self.state in ("open", "waiting_list")


def status_of(event, moment: datetime.datetime) -> Status:
    """The status at ``moment`` (aware) of a live event with the places that it has now."""
    state = _state_by_time(event, moment)
    places = count_places(event) if event.registers_here else None
    if state == "open" and places and not places.are_left:
        state = "waiting_list" if event.waiting_list else "full"
    return Status(state, _reason(event, state, moment), places)


def session_state(status: Status, event, session_id: int) -> str:
    """The state of one session; that of the event, unless only this session is full."""
    if status.state == "open" and status.places and not status.places.has_one_for(session_id):
        return "waiting_list" if event.waiting_list else "full"
    return status.state


def coarse(left: int | None) -> dict | None:
    """``{count, exact}``: the number of places, or that there are more than ``count``; ``None`` without a limit."""
    if left is None:
        return None
    return {"count": min(left, EXACT_UP_TO), "exact": left <= EXACT_UP_TO}


def closes_at(event) -> datetime.datetime | None:
    """When registering ends: at the latest when the event begins."""
    return min(filter(None, (event.registration_closes_at, event.start)), default=None)


def _state_by_time(event, moment: datetime.datetime) -> str:
    if event.cancelled:
        return "cancelled"
    if event.ends_at and event.ends_at <= moment:
        return "past"
    if event.registration_mode == event.RegistrationMode.NONE:
        return "none"
    end = closes_at(event)
    if end and end <= moment:
        return "closed"
    if event.registration_opens_at and event.registration_opens_at > moment:
        return "not_yet"
    return "open"


def _reason(event, state: str, moment: datetime.datetime) -> str:
    if state == "not_yet":
        return _("Aanmelden kan vanaf %(moment)s.") % {"moment": in_words(event.registration_opens_at)}
    if state == "closed" and event.start and event.start <= moment:
        return _("Aanmelden is niet meer mogelijk: de bijeenkomst is al begonnen.")
    reasons = {
        "full": _("Aanmelden is niet meer mogelijk: alle plaatsen zijn bezet."),
        "waiting_list": _("Alle plaatsen zijn bezet. U kunt zich nog aanmelden voor de wachtlijst."),
        "closed": _("Aanmelden is niet meer mogelijk."),
        "past": _("Deze bijeenkomst is geweest."),
        "cancelled": _("Deze bijeenkomst gaat niet door."),
    }
    return reasons.get(state, "")


def in_words(moment: datetime.datetime) -> str:
    """As ``donderdag 12 maart 2026, 13.30 uur`` in Europe/Amsterdam."""
    return _("%(moment)s uur") % {"moment": date_format(timezone.localtime(moment), "l j F Y, G.i")}
