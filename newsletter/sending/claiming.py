"""The one statement by which a sender takes hold of the mails that are due next."""

import datetime
import uuid
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from cms.moments import with_zone
from newsletter.models import SendRun, Subscription

from .planned import Planned

BATCH = 100
DUE = """
SELECT id FROM newsletter_delivery
WHERE run_id = {run} AND state IN ('pending', 'deferred') AND due_at <= {now}
    AND EXISTS (SELECT 1 FROM newsletter_sendrun WHERE id = {run} AND state = 'sending')
ORDER BY due_at, id LIMIT %d
"""
# On PostgreSQL two senders don't wait for each other but take other rows; on SQLite one writes at a time. An array is
# made once, and found by the index; what an IN holds may be looked for again, with other rows each time.
CHOSEN = {"postgresql": f"= ANY (ARRAY ({DUE} FOR UPDATE SKIP LOCKED))", "sqlite": f"IN ({DUE})"}
# The ORM takes three statements for this, and longer to write them than the database to answer.
CLAIM = """
UPDATE newsletter_delivery SET state = 'leased', leased_by = {name}, leased_until = {until}
WHERE id %s
RETURNING due_at, id,
    (SELECT email FROM newsletter_subscriber WHERE id = newsletter_delivery.subscriber_id),
    (
        SELECT public_id FROM newsletter_subscription
        WHERE subscriber_id = newsletter_delivery.subscriber_id AND newsletter_id = {newsletter}
    ),
    attempts, first_attempt_at
"""
PLANNED = {
    vendor: Planned(
        "newsletter_claim",
        CLAIM % (chosen % BATCH),
        **{"run": "bigint", "newsletter": "bigint", "name": "text", "now": "timestamptz", "until": "timestamptz"},
    )
    for vendor, chosen in CHOSEN.items()
}
read_uuid = Subscription._meta.get_field("public_id").to_python


class Due(NamedTuple):
    """A mail, and what is known of its reader: nothing when they were erased, or the newsletter is gone."""

    id: int
    email: str | None
    subscription: uuid.UUID | None
    attempts: int
    """Those before."""
    first_attempt_at: datetime.datetime | None


def claim(run: SendRun, name: str, lease: datetime.timedelta) -> list[Due]:
    """Let the sender ``name`` hold at most ``BATCH`` mails for as long as ``lease``: those that wait the longest.

    None when ``run`` isn't being sent.
    """
    now = timezone.now()
    rows = PLANNED[connection.vendor].run(
        run=run.pk,
        newsletter=run.newsletter_id,
        name=name,
        now=connection.ops.adapt_datetimefield_value(now),
        until=connection.ops.adapt_datetimefield_value(now + lease),
    )
    return [
        Due(delivery_id, email, read_uuid(subscription), attempts, with_zone(first_attempt_at))
        for _due_at, delivery_id, email, subscription, attempts, first_attempt_at in sorted(rows)
    ]
