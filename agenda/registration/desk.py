"""Registering, cancelling, changing, and passing freed places on: one transaction each, alone at its event.

Two of them at the same moment come to the same as one after the other. The mails are rows of the same transaction.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from agenda.models import Answer, EventPage, OutgoingMail, Registration
from agenda.signals import newsletter_wanted

from . import refusals
from .following import follow_soon, shown_places
from .locking import locked
from .offering import is_expired, offer_places
from .places import Places, count_places
from .posting import post
from .status import status_of

State = Registration.State
Kind = OutgoingMail.Kind
KNOWN_AGAIN = datetime.timedelta(days=1)
"""How often somebody who is registered already is told so, at most."""


class Entry(NamedTuple):
    """What somebody filled in, checked by ``form``."""

    name: str
    email: str
    organisation: str = ""
    audience_id: int | None = None
    session_id: int | None = None
    reserve_id: int | None = None
    answers: dict[int, str] = {}
    """By the id of the question; what isn't answered isn't there."""
    wants_newsletter: bool = False
    key: str = ""


class Outcome(NamedTuple):
    """What the visitor is told: the same whether or not the address was known."""

    state: State
    """``CONFIRMED`` or ``WAITING``."""
    session_id: int | None


def register(event_id: int, entry: Entry) -> Outcome:
    """Give a visitor a place, or one in the waiting line.

    An address that stands already gets a mail that says so, and the answer that a new one would get. Raises
    ``EventPage.DoesNotExist``, and of ``refusals``: those by state, ``SessionUnknown``, ``SessionFull``, ``Busy``.
    """
    with _desk(event_id, entry.session_id, entry.reserve_id) as event:
        if again := _sent_before(event, entry):
            return again
        if not (event.live and event.registers_here):
            raise refusals.NotHere
        offer_places(event)
        outcome = foresee(event, entry)
        if known := _standing(event, entry.email):
            _remind(known)
        else:
            _write(event, entry, outcome)
        _pass_wish_on(event, entry)
        return outcome


def foresee(event: EventPage, entry: Entry) -> Outcome:
    """What ``register`` comes to for a new visitor, without doing it.

    Raises what ``register`` does, but for ``Busy``.
    """
    status = status_of(event, timezone.now())
    if not status.takes_registrations:
        raise refusals.REFUSALS_BY_STATE[status.state]
    return _place_for(event, entry, status.places)


def add_by_hand(event_id: int, entry: Entry, *, over_capacity: bool = False) -> Registration:
    """Give somebody a place for the organiser, when visitors can't any more too; ``over_capacity`` also when full.

    Raises ``EventPage.DoesNotExist``, and of ``refusals``: ``NotHere``, ``EventCancelled``, ``AlreadyRegistered``,
    ``SessionUnknown``, ``SessionFull``, ``EventFull``, ``Busy``.
    """
    with _desk(event_id, entry.session_id) as event:
        if not event.registers_here:
            raise refusals.NotHere
        if event.cancelled:
            raise refusals.EventCancelled
        if _standing(event, entry.email):
            raise refusals.AlreadyRegistered
        places = count_places(event)
        _check_session(places, entry.session_id)
        if not over_capacity and not places.has_one_for(entry.session_id):
            raise refusals.SessionFull if places.left != 0 else refusals.EventFull
        registration = _write(event, entry, Outcome(State.CONFIRMED, entry.session_id))
        _pass_wish_on(event, entry)
        return registration


def cancel(registration_id: int, *, by_organiser: bool = False, message: str = "") -> None:
    """End a registration and pass its place on; whoever has cancelled already may do so again.

    Raises ``Registration.DoesNotExist``, ``RegistrationClosed`` for a visitor once the event has begun, ``Busy``.
    """
    with _one(registration_id) as (event, registration):
        if not registration.is_active:
            return
        if not by_organiser:
            _check_not_begun(event)
        _end(registration, State.CANCELLED)
        post(registration, Kind.CANCELLED, by_organiser=by_organiser, message=message)
        offer_places(event)


def erase(registration_id: int) -> None:
    """Delete a registration with its answers and mails, and pass its place on.

    Raises ``Registration.DoesNotExist`` and ``Busy``.
    """
    with _one(registration_id) as (event, registration):
        registration.delete()
        offer_places(event)


def change_session(registration_id: int, session_id: int, *, by_organiser: bool = False) -> Registration:
    """Move a registration to another session; somebody who waits then waits for that one.

    Raises ``Registration.DoesNotExist``, and of ``refusals``: ``NotRegistered``, ``OfferPending``,
    ``RegistrationClosed``, ``EventCancelled``, ``SessionUnknown``, ``SessionFull``, ``Busy``.
    """
    with _one(registration_id, session_id) as (event, registration):
        if not by_organiser:
            _check_not_begun(event)
        if event.cancelled:
            raise refusals.EventCancelled
        if not registration.is_active:
            raise refusals.NotRegistered
        if registration.state == State.OFFERED:
            raise refusals.OfferPending
        places = count_places(event)
        _check_session(places, session_id)
        if registration.session_id == session_id:
            return registration
        if registration.state == State.CONFIRMED and places.left_in_session[session_id] == 0:
            raise refusals.SessionFull
        before = registration.session.title if registration.session else ""
        registration.change(session_id=session_id)
        post(registration, Kind.CHANGED, before=before)
        offer_places(event)
        return registration


def promote_waiting(event_id: int) -> None:
    """Offer the places that are free to those who wait, the first in line first.

    Raises ``EventPage.DoesNotExist`` and ``Busy``.
    """
    with _desk(event_id) as event:
        offer_places(event)


def accept_offer(registration_id: int) -> None:
    """Take the place that was offered; doing so twice is fine.

    Raises ``Registration.DoesNotExist``, ``OfferExpired``, ``NothingOffered``, ``EventCancelled``, ``Busy``.
    """
    with _one(registration_id) as (event, registration):
        if registration.state == State.CONFIRMED:
            return
        if registration.state == State.EXPIRED or is_expired(registration):
            raise refusals.OfferExpired
        if registration.state != State.OFFERED:
            raise refusals.NothingOffered
        if event.cancelled:
            raise refusals.EventCancelled
        registration.change(state=State.CONFIRMED, offer_expires_at=None)
        post(registration, Kind.PROMOTED)


def expire_offers() -> None:
    """End the offers whose time is over, and pass the places on; an event that is busy has its turn next time."""
    over = Registration.objects.filter(state=State.OFFERED, offer_expires_at__lte=timezone.now())
    for event_id in over.order_by("event").values_list("event", flat=True).distinct():
        with suppress(refusals.Busy, EventPage.DoesNotExist), _desk(event_id) as event:
            for registration in over.filter(event=event_id):
                _end(registration, State.EXPIRED)
            offer_places(event)


def offer_free_places() -> None:
    """Pass on what became free though nobody left, as when an editor made the event larger; as ``expire_offers``."""
    waiting = Registration.objects.filter(state=State.WAITING, event__live=True, event__start__gt=timezone.now())
    for event_id in waiting.order_by("event").values_list("event", flat=True).distinct():
        with suppress(refusals.Busy, EventPage.DoesNotExist):
            promote_waiting(event_id)


def has_begun(event: EventPage) -> bool:
    """From then on visitors change nothing any more."""
    return event.start is not None and event.start <= timezone.now()


@contextmanager
def _desk(event_id: int, *session_ids: int | None) -> Iterator[EventPage]:
    """The event, for us alone; when readers see other places afterwards, its document follows."""
    with locked(event_id, *session_ids) as event:
        before = shown_places(event)
        yield event
        if shown_places(event) != before:
            transaction.on_commit(partial(follow_soon, event_id))


@contextmanager
def _one(registration_id: int, *session_ids: int) -> Iterator[tuple[EventPage, Registration]]:
    seen = Registration.objects.get(pk=registration_id)
    with _desk(seen.event_id, seen.session_id, *session_ids) as event:
        registration = Registration.objects.select_related("session").get(pk=registration_id)
        registration.event = event
        yield event, registration


def _sent_before(event: EventPage, entry: Entry) -> Outcome | None:
    """The outcome of the same form, sent twice."""
    key = _key_of(entry)
    before = event.registrations.active().filter(idempotency_key=key).first() if key else None
    if before is None:
        return None
    return Outcome(State.WAITING if before.waiting_since else State.CONFIRMED, before.session_id)


def _key_of(entry: Entry) -> str:
    """Stands for all that was filled in, under its key.

    A key alone would tell whether an address is known: only who is new leaves it behind.
    """
    return salted_hmac("agenda.registration.desk", repr(entry), algorithm="sha256").hexdigest() if entry.key else ""


def _standing(event: EventPage, email: str) -> Registration | None:
    return event.registrations.active().of_address(email).first()


def _place_for(event: EventPage, entry: Entry, places: Places) -> Outcome:
    """In the session of choice, else in the one of reserve, else in the line for the first."""
    _check_session(places, entry.session_id)
    choices = [entry.session_id]
    if entry.reserve_id in places.left_in_session:
        choices.append(entry.reserve_id)
    for session_id in choices:
        if places.has_one_for(session_id):
            return Outcome(State.CONFIRMED, session_id)
    if not event.waiting_list:
        raise refusals.SessionFull
    return Outcome(State.WAITING, entry.session_id)


def _check_session(places: Places, session_id: int | None) -> None:
    """At an event with sessions one chooses one of them; at another one, none."""
    is_known = session_id in places.left_in_session if places.left_in_session else session_id is None
    if not is_known:
        raise refusals.SessionUnknown


def _write(event: EventPage, entry: Entry, outcome: Outcome) -> Registration:
    now = timezone.now()
    registration = Registration.objects.create(
        event=event,
        session_id=outcome.session_id,
        reserve_id=entry.reserve_id if outcome.state == State.WAITING else None,
        name=entry.name,
        email=entry.email,
        organisation=entry.organisation,
        audience_id=entry.audience_id,
        wants_newsletter=entry.wants_newsletter,
        state=outcome.state,
        created_at=now,
        waiting_since=now if outcome.state == State.WAITING else None,
        idempotency_key=_key_of(entry),
    )
    answers = [Answer(registration=registration, question_id=pk, text=text) for pk, text in entry.answers.items()]
    Answer.objects.bulk_create(answers)
    post(registration, Kind.WAITING if outcome.state == State.WAITING else Kind.CONFIRMED)
    return registration


def _pass_wish_on(event: EventPage, entry: Entry) -> None:
    if entry.wants_newsletter:
        newsletter_wanted.send(EventPage, event=event, email=entry.email)


def _remind(known: Registration) -> None:
    told = known.mails.filter(kind=Kind.KNOWN, created_at__gt=timezone.now() - KNOWN_AGAIN)
    if not told.exists():
        post(known, Kind.KNOWN)


def _check_not_begun(event: EventPage) -> None:
    if has_begun(event):
        raise refusals.RegistrationClosed


def _end(registration: Registration, state: State) -> None:
    registration.change(state=state, offer_expires_at=None, ended_at=timezone.now())
