"""Making the rows of a run, a chunk of the list in each transaction: what breaks off goes on where it was."""

import logging

from django.db import connection, transaction
from django.db.models import Case, Count, Exists, F, Max, OuterRef, QuerySet, Value, When
from django.utils import timezone

from newsletter.models import Delivery, Feedback, SendRun
from newsletter.subscribing.suppression import with_suppression

from .audience import candidates_of

State = SendRun.State
CHUNK = 5_000
"""Subscriptions; SQLite lets nobody else write while one chunk is made."""
INSERT = (
    "INSERT INTO newsletter_delivery (run_id, subscriber_id, address_hash, state, skipped,"
    " due_at, leased_by, attempts, reply, was_uncertain, provider_id) "
)
"""Before a SELECT: so the addresses never leave the database."""
logger = logging.getLogger(__name__)


class ListChanged(Exception):
    """Somebody joined or left between counting a chunk and writing it."""


def prepare(run_id: int) -> None:
    """Make the rows of a run that is being prepared, and have it be ready once there is one for everybody.

    Two at once share the work. What doesn't add up in the end is taken away and made anew when this is called again.
    """
    while prepare_chunk(run_id):
        pass
    tell_planner()
    finish(run_id)


def prepare_chunk(run_id: int) -> bool:
    """Make the rows of the next part of the list; whether there may be more."""
    run = SendRun.objects.filter(pk=run_id, state=State.PREPARING).first()
    if run is None:
        return False
    try:
        return _prepare_chunk(run)
    except ListChanged:
        return True


@transaction.atomic
def _prepare_chunk(run: SendRun) -> bool:
    coming = candidates_of(run).filter(pk__gt=run.prepared_to)
    found = coming.order_by("pk")[:CHUNK].aggregate(last=Max("pk"), number=Count("pk"))
    if not found["number"]:
        return False
    # Of two who come here for the same chunk, the second finds that it is done.
    here = SendRun.objects.filter(pk=run.pk, state=State.PREPARING, prepared_to=run.prepared_to)
    is_ours = here.update(prepared_to=found["last"], candidates=F("candidates") + found["number"])
    if is_ours and write_rows(run, coming.filter(pk__lte=found["last"])) != found["number"]:
        raise ListChanged
    return True


def write_rows(run: SendRun, subscriptions: QuerySet) -> int:
    """One row for each of ``subscriptions``; how many there were."""
    now = timezone.now()
    rows = with_suppression(subscriptions).values_list(
        Value(run.pk),
        "subscriber_id",
        "subscriber__address_hash",
        Case(When(is_suppressed=True, then=Value(Delivery.State.SKIPPED)), default=Value(Delivery.State.PENDING)),
        Case(When(is_suppressed=True, then=Value(Delivery.Skipped.SUPPRESSED)), default=Value("")),
        Value(now),
        Value(""),
        Value(0),
        Value(""),
        Value(False),
        Value(""),
    )
    select, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(INSERT + select, parameters)
        return cursor.rowcount


def tell_planner() -> None:
    """PostgreSQL finds out for itself after a minute; until then it would look up the many rows one by one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE newsletter_delivery")


@transaction.atomic
def finish(run_id: int) -> None:
    """Have the run be ready if there is one row for everybody on the list, and no other; else it begins anew."""
    run = SendRun.objects.select_for_update().filter(pk=run_id, state=State.PREPARING).first()
    if run is None:
        return
    rows = run.deliveries.count()
    if rows == run.candidates and not has_missed_somebody(run):
        SendRun.objects.filter(pk=run.pk).update(state=State.READY)
        return
    logger.warning("run %d has %d rows for %d candidates, and begins anew", run.pk, rows, run.candidates)
    remove_rows(run)
    SendRun.objects.filter(pk=run.pk).update(prepared_to=0, candidates=0)


def remove_rows(run: SendRun) -> None:
    """Take away the rows of a run of which nothing was sent; the ORM would read them all first."""
    Feedback.objects.filter(delivery__run=run).update(delivery=None)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM newsletter_delivery WHERE run_id = %s", [run.pk])


def has_missed_somebody(run: SendRun) -> bool:
    """Whether a subscription that was confirmed in time came into the database after we had passed its id."""
    rows = run.deliveries.filter(subscriber=OuterRef("subscriber"))
    return candidates_of(run).exclude(Exists(rows)).exists()
