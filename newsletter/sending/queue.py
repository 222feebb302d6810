"""Which sender sends which mail: the rows of a run, as any number of workers share them.

A sender claims some rows at once, and holds them for a while. Each round of mails, one for each of its connections,
then takes one statement: it writes down what became of those before, and that these are now being sent. So whatever
happens to a program, at most one mail of each of its connections has an unknown fate.
"""

import datetime
import time
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import Error as DatabaseError
from django.db import connection
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone

from newsletter.models import Delivery, SendRun, Subscription, Suppression

from .advancing import Accepted, advance
from .claiming import claim
from .message import Recipient

State = Delivery.State
LEASE = datetime.timedelta(minutes=10)
"""Longer than a round takes: the server may look at a mail for half of that (``smtp.LOOKING``)."""
RENEWED_AFTER = datetime.timedelta(minutes=1)
BACK_OFF = [datetime.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]
"""How long after each attempt the next one comes; after the last as long as that each time."""
LONGEST = datetime.timedelta(hours=48)
"""How long a mail is tried that the server doesn't want now."""
MOST_OF_ID = Delivery._meta.get_field("provider_id").max_length
MOST_DOUBTS = 3
"""How many times a mail is sent of which nobody knows, each time, whether it arrived."""


class Claimed(NamedTuple):
    recipient: Recipient
    attempts: int
    """Those before."""
    first_attempt_at: datetime.datetime | None


class Lease:
    """What one sender, called ``name``, holds of ``run``; only what it holds can it change."""

    def __init__(self, run: SendRun, name: str):
        self.run = run
        self.name = name
        self._renewed_at = timezone.now()
        self._not_begun: set[int] = set()
        self._accepted: list[Accepted] = []
        """What the server took and nobody else knows of yet."""

    def claim(self) -> list[Claimed]:
        """Hold some mails that are due, while the run is being sent."""
        self._renewed_at = timezone.now()
        found = claim(self.run, self.name, LEASE)
        self._not_begun = {due.id for due in found}
        claims = []
        for due in found:
            if due.email is None or due.subscription is None:
                self._close(due.id, State.SKIPPED, skipped=Delivery.Skipped.LEFT)
            else:
                recipient = Recipient(due.id, due.email, due.subscription)
                claims.append(Claimed(recipient, due.attempts, due.first_attempt_at))
        return claims

    def renew(self) -> None:
        """Go on holding what was claimed, when that takes long."""
        now = timezone.now()
        if now - self._renewed_at > RENEWED_AFTER:
            self._renewed_at = now
            self._held().filter(state=State.LEASED).update(leased_until=now + LEASE)

    def begin(self, claims: Sequence[Claimed]) -> list[Claimed]:
        """Write down that these are now being sent, with what became of those before; at most ``MOST_AT_ONCE``.

        Those that may be: not when the run stands still, their reader left, or another sender took them over.
        """
        states = self._advance([claim.recipient.delivery_id for claim in claims])
        begun = [claim for claim in claims if states.get(claim.recipient.delivery_id) == State.SENDING]
        self._not_begun.difference_update(claim.recipient.delivery_id for claim in begun)
        return begun

    def accept(self, claim: Claimed, reply: str, provider_id: str) -> None:
        """The server took it; the next statement writes that down."""
        self._accepted.append(Accepted(claim.recipient.delivery_id, reply, provider_id[:MOST_OF_ID]))

    def write_down(self) -> None:
        """Write down what was accepted; as long as the database is away it is tried again, for nobody else knows."""
        deadline = timezone.now() + LEASE
        while self._accepted:
            try:
                self._advance([])
            except DatabaseError:
                if timezone.now() > deadline:
                    raise
                connection.close()
                time.sleep(1)

    def _advance(self, following: list[int]) -> dict[int, str]:
        """The states of the rows that changed, by their ids."""
        states = advance(self.run, self.name, self._accepted, following, LEASE)
        for accepted in self._accepted:
            if accepted.id not in states:
                settle(accepted)
        self._accepted = []
        return states

    def skip_if_left(self, claim: Claimed) -> bool:
        """Close a mail that ``begin`` didn't let through, if that was because its reader isn't to have it any more."""
        delivery_id = claim.recipient.delivery_id
        delivery = self._held().filter(pk=delivery_id, state=State.LEASED).first()
        if delivery is None:
            return False
        if Suppression.objects.filter(address_hash=delivery.address_hash).exists():
            self._close(delivery_id, State.SKIPPED, skipped=Delivery.Skipped.SUPPRESSED)
            return True
        subscriptions = Subscription.objects.active().filter(newsletter=self.run.newsletter_id)
        if subscriptions.filter(subscriber=delivery.subscriber_id).exists():
            return False
        self._close(delivery_id, State.SKIPPED, skipped=Delivery.Skipped.LEFT)
        return True

    def defer(self, claim: Claimed, reply: str) -> None:
        """Try again later; when it was tried for ``LONGEST`` it is over."""
        now = timezone.now()
        if now - (claim.first_attempt_at or now) >= LONGEST:
            self.reject(claim, reply)
            return
        due_at = now + BACK_OFF[min(claim.attempts, len(BACK_OFF) - 1)]
        self._change(claim, state=State.DEFERRED, due_at=due_at, reply=reply)

    def reject(self, claim: Claimed, reply: str) -> None:
        self._close(claim.recipient.delivery_id, State.REJECTED, reply=reply)

    def put_back(self, claim: Claimed) -> None:
        """It wasn't sent, and somebody else may do so, after those that weren't tried: it may be this one's fault."""
        before = {"attempts": claim.attempts, "first_attempt_at": claim.first_attempt_at}
        self._change(claim, state=State.PENDING, due_at=timezone.now(), **before)

    def try_again(self, claim: Claimed, reply: str) -> None:
        """The connection broke before it was given: at once, over another one; or later, when that is no help."""
        if claim.attempts:
            self.defer(claim, reply)
        else:
            self._change(claim, state=State.PENDING, due_at=timezone.now(), reply=reply)

    def doubt(self, claim: Claimed, reply: str) -> None:
        """It may have been sent or not; the run says what then."""
        due_at = timezone.now() + BACK_OFF[0]
        self._held().filter(pk=claim.recipient.delivery_id).update(**in_doubt(), due_at=due_at, reply=reply)

    def release(self) -> None:
        """Give back what was held and not begun."""
        self.write_down()
        if not self._not_begun:
            return
        self._held().filter(state=State.LEASED).update(state=State.PENDING, leased_by="", leased_until=None)

    def _held(self):
        return Delivery.objects.filter(leased_by=self.name, state__in=Delivery.HELD)

    def _change(self, claim: Claimed, **changes) -> None:
        held = self._held().filter(pk=claim.recipient.delivery_id)
        held.update(**changes, leased_by="", leased_until=None)

    def _close(self, delivery_id: int, state: State, **changes) -> None:
        held = self._held().filter(pk=delivery_id)
        held.update(state=state, closed_at=timezone.now(), leased_by="", leased_until=None, **changes)


def recover() -> None:
    """Take over what was held by senders that are gone: what they hadn't begun waits again."""
    over = Delivery.objects.filter(state__in=Delivery.HELD, leased_until__lte=timezone.now())
    over.filter(state=State.LEASED).update(state=State.PENDING, leased_by="", leased_until=None)
    over.filter(state=State.SENDING).update(**in_doubt())


def in_doubt() -> dict[str, Any]:
    """What a mail becomes of which nobody knows whether it went out: as ``SendRun.on_doubt`` says, but not for ever."""
    is_held = Q(Exists(SendRun.objects.filter(pk=OuterRef("run"), on_doubt=SendRun.OnDoubt.HOLD)))
    is_held |= Q(attempts__gte=MOST_DOUBTS)
    return {
        "state": Case(When(is_held, then=Value(State.UNCERTAIN)), default=Value(State.PENDING)),
        "closed_at": Case(When(is_held, then=Value(timezone.now()))),
        "was_uncertain": True,
        "leased_by": "",
        "leased_until": None,
    }


def settle(accepted: Accepted) -> None:
    """Write down that a mail was accepted although its lease was over, so that nobody sends it again.

    Unless that is happening at this moment.
    """
    rows = Delivery.objects.filter(pk=accepted.id).exclude(state__in=(State.SENDING, State.ACCEPTED))
    rows.update(
        state=State.ACCEPTED,
        closed_at=timezone.now(),
        reply=accepted.reply,
        provider_id=accepted.provider_id,
        leased_by="",
        leased_until=None,
    )
