"""The rows of a run: one for everybody on the list, however often making them breaks off."""

import datetime

import pytest
from django.db import IntegrityError
from django.utils import timezone

from newsletter.freezing import freeze
from newsletter.models import Delivery, SendRun, Subscription, Suppression
from newsletter.sending import preparing
from newsletter.subscribing.addresses import hash_of
from tests.factories import make_issue

from .blocks import text
from .subscribers import put_on

State = SendRun.State


@pytest.fixture
def run(newsletter, national, monkeypatch):
    monkeypatch.setattr(preparing, "CHUNK", 2)
    for _ in range(5):
        put_on(newsletter)
    return make_run(newsletter, national)


def make_run(newsletter, national):
    frozen = freeze(make_issue(newsletter, [text("<p>Dag.</p>")]), national)
    return SendRun.objects.create(
        frozen=frozen, newsletter=newsletter, state=State.PREPARING, confirmed_until=timezone.now()
    )


def addresses(run):
    return sorted(run.deliveries.values_list("subscriber__email", flat=True))


def on_list(newsletter):
    return sorted(newsletter.subscriptions.active().values_list("subscriber__email", flat=True))


def test_everybody_gets_a_row(run, newsletter):
    preparing.prepare(run.pk)
    run.refresh_from_db()
    assert (run.state, run.candidates) == (State.READY, 5)
    assert addresses(run) == on_list(newsletter)
    row = run.deliveries.first()
    assert (row.state, row.skipped, row.attempts, row.reply) == (Delivery.State.PENDING, "", 0, "")
    assert row.address_hash == row.subscriber.address_hash
    assert abs(timezone.now() - row.due_at) < datetime.timedelta(minutes=1)


def test_blocked_address_has_a_row_that_says_so(run, newsletter):
    put_on(newsletter, "weg@example.org", confirmed_at=run.confirmed_until)
    Suppression.objects.create(address_hash=hash_of("weg@example.org"), reason=Suppression.Reason.BLOCKED)
    preparing.prepare(run.pk)
    run.refresh_from_db()
    assert (run.state, run.candidates) == (State.READY, 6)
    skipped = run.deliveries.get(state=Delivery.State.SKIPPED)
    assert (skipped.subscriber.email, skipped.skipped) == ("weg@example.org", Delivery.Skipped.SUPPRESSED)


def test_who_is_not_on_the_list_at_that_moment_has_none(run, newsletter, home, noord):
    expected = on_list(newsletter)
    put_on(newsletter, state=Subscription.State.PENDING)
    put_on(newsletter, state=Subscription.State.ENDED)
    put_on(newsletter, confirmed_at=run.confirmed_until + datetime.timedelta(seconds=1))
    preparing.prepare(run.pk)
    assert addresses(run) == expected


def test_it_goes_on_where_it_broke_off(run, newsletter):
    assert preparing.prepare_chunk(run.pk)
    assert run.deliveries.count() == 2
    preparing.prepare(run.pk)
    assert addresses(run) == on_list(newsletter)


def test_chunk_that_fails_leaves_nothing_behind(run, newsletter):
    preparing.prepare_chunk(run.pk)
    fourth = newsletter.subscriptions.order_by("pk")[3].subscriber
    in_the_way = Delivery.objects.create(run=run, subscriber=fourth, address_hash=fourth.address_hash)
    with pytest.raises(IntegrityError):
        preparing.prepare_chunk(run.pk)
    in_the_way.delete()
    run.refresh_from_db()
    assert (run.deliveries.count(), run.candidates) == (2, 2)
    preparing.prepare(run.pk)
    assert addresses(run) == on_list(newsletter)


def test_who_leaves_meanwhile_is_not_missed(run, newsletter):
    preparing.prepare_chunk(run.pk)
    first, *_others, last = newsletter.subscriptions.order_by("pk")
    for gone in (first, last):
        gone.change(state=Subscription.State.ENDED, ended_at=timezone.now())
    preparing.prepare(run.pk)
    run.refresh_from_db()
    # The row of the first is there; it is skipped when its turn comes.
    assert (run.state, run.candidates, run.deliveries.count()) == (State.READY, 4, 4)


def test_who_is_erased_meanwhile_is_not_missed(run, newsletter):
    preparing.prepare_chunk(run.pk)
    newsletter.subscriptions.order_by("pk").first().subscriber.delete()
    preparing.prepare(run.pk)
    run.refresh_from_db()
    assert (run.state, run.candidates, run.deliveries.count()) == (State.READY, 5, 5)


def test_who_came_into_the_database_behind_us_gets_a_row_too(run, newsletter):
    late = newsletter.subscriptions.order_by("pk").first()
    late.change(state=Subscription.State.PENDING)
    while preparing.prepare_chunk(run.pk):
        pass
    late.change(state=Subscription.State.ACTIVE)  # by a transaction that began earlier and took longer
    preparing.finish(run.pk)
    run.refresh_from_db()
    assert (run.state, run.prepared_to, run.deliveries.count()) == (State.PREPARING, 0, 0)
    preparing.prepare(run.pk)
    run.refresh_from_db()
    assert run.state == State.READY
    assert addresses(run) == on_list(newsletter)


def test_lost_row_is_noticed(run, newsletter):
    while preparing.prepare_chunk(run.pk):
        pass
    run.deliveries.last().delete()
    preparing.prepare(run.pk)
    preparing.prepare(run.pk)
    run.refresh_from_db()
    assert run.state == State.READY
    assert addresses(run) == on_list(newsletter)


def test_run_that_was_cancelled_is_left_alone(run):
    preparing.prepare_chunk(run.pk)
    SendRun.objects.filter(pk=run.pk).update(state=State.CANCELLED)
    preparing.prepare(run.pk)
    run.refresh_from_db()
    assert (run.state, run.deliveries.count()) == (State.CANCELLED, 2)


def test_next_run_is_for_who_has_not_had_it(run, newsletter):
    preparing.prepare(run.pk)
    run.deliveries.update(state=Delivery.State.ACCEPTED)
    SendRun.objects.filter(pk=run.pk).update(state=State.DONE)
    new = put_on(newsletter)
    following = SendRun.objects.create(
        frozen=run.frozen, newsletter=newsletter, state=State.PREPARING, confirmed_until=timezone.now()
    )
    preparing.prepare(following.pk)
    assert addresses(following) == [new.subscriber.email]
