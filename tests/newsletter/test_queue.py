"""Who holds which mail of a run."""

import datetime
from collections import Counter

import pytest
import time_machine
from django.utils import timezone

from newsletter.models import Delivery, SendRun, Subscription
from newsletter.sending import queue
from newsletter.sending.queue import Lease

from .runs import make_run

State = Delivery.State


@pytest.fixture
def run(newsletter):
    return make_run(newsletter, 4)


def states(run):
    return Counter(run.deliveries.values_list("state", flat=True))


def later(time=queue.LEASE):
    return time_machine.travel(timezone.now() + time + datetime.timedelta(seconds=1), tick=True)


def test_what_one_holds_another_does_not_get(run):
    assert len(Lease(run, "een").claim()) == 4
    assert Lease(run, "twee").claim() == []


def test_whoever_leaves_after_the_claim_is_not_sent_to(run):
    lease = Lease(run, "een")
    first, second, *_rest = lease.claim()
    Subscription.objects.filter(public_id=first.recipient.subscription).update(state=Subscription.State.ENDED)

    assert lease.begin([first]) == []
    assert lease.skip_if_left(first)
    assert lease.begin([second]) == [second]
    assert run.deliveries.get(pk=first.recipient.delivery_id).skipped == Delivery.Skipped.LEFT


@pytest.mark.parametrize("state", [SendRun.State.PAUSED, SendRun.State.CANCELLED])
def test_run_that_stands_still_stops_the_very_next_mail(run, state):
    lease = Lease(run, "een")
    first, second, *_rest = lease.claim()
    assert lease.begin([first]) == [first]
    lease.accept(first, "250 OK", "")
    SendRun.objects.update(state=state)

    assert lease.begin([second]) == []
    assert not lease.skip_if_left(second)
    lease.release()
    assert states(run) == {State.ACCEPTED: 1, State.PENDING: 3}


def test_of_a_connection_that_died_one_mail_is_in_doubt(run):
    lease = Lease(run, "een")
    lease.begin(lease.claim()[:1])

    queue.recover()
    assert states(run) == {State.SENDING: 1, State.LEASED: 3}
    with later():
        queue.recover()

    assert states(run) == {State.PENDING: 4}
    assert run.deliveries.filter(was_uncertain=True).count() == 1


def test_doubt_is_held_when_the_run_says_so(run):
    SendRun.objects.update(on_doubt=SendRun.OnDoubt.HOLD)
    lease = Lease(run, "een")
    lease.begin(lease.claim()[:1])

    with later():
        queue.recover()

    assert states(run) == {State.UNCERTAIN: 1, State.PENDING: 3}


def test_slow_connection_goes_on_holding(run):
    lease = Lease(run, "een")
    first, *_rest = lease.claim()
    with later(queue.LEASE / 2):
        lease.renew()
        lease.begin([first])
    with later():
        queue.recover()

    assert states(run) == {State.SENDING: 1, State.LEASED: 3}


def test_connection_that_slept_too_long_sends_nothing_that_another_took_over(run):
    asleep = Lease(run, "een")
    first, *_rest = asleep.claim()
    with later():
        queue.recover()
        awake = Lease(run, "twee")
        assert len(awake.claim()) == 4

        assert asleep.begin([first]) == []
        assert not asleep.skip_if_left(first)
        asleep.release()

        assert awake.begin([first]) == [first]


def test_mail_accepted_after_all_is_not_sent_again(run):
    asleep = Lease(run, "een")
    first, *_rest = asleep.claim()
    asleep.begin([first])
    with later():
        queue.recover()
        assert run.deliveries.get(pk=first.recipient.delivery_id).state == State.PENDING

        asleep.accept(first, "250 OK", "")
        asleep.release()

    assert run.deliveries.get(pk=first.recipient.delivery_id).state == State.ACCEPTED
    assert first.recipient.delivery_id not in [claim.recipient.delivery_id for claim in Lease(run, "twee").claim()]


def test_names_of_providers_are_kept(run):
    lease = Lease(run, "een")
    first, *_rest = lease.claim()
    lease.begin([first])
    lease.accept(first, "queued", "abc-123")
    lease.release()

    delivery = run.deliveries.get(pk=first.recipient.delivery_id)
    assert (delivery.provider_id, delivery.reply) == ("abc-123", "queued")
