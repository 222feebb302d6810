"""The one statement for each round of mails: it writes down what became of the last ones, and that the next are now
being sent.
"""

import datetime
import json
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from newsletter.models import SendRun

from .planned import Planned

MOST_AT_ONCE = 8
"""Mails of one round."""
STEPS = {
    "postgresql": """
json_to_recordset({steps}) AS given(id bigint, is_over boolean, reply text, provider_id text)
""",
    "sqlite": """
(SELECT value ->> 'id' AS id, value ->> 'is_over' AS is_over, value ->> 'reply' AS reply,
    value ->> 'provider_id' AS provider_id FROM json_each({steps}))
""",
}
# The ORM takes longer for this than the database does. PostgreSQL takes a list for a hundred rows, for which it would
# read a whole small table, unless there is a limit.
ADVANCE = """
UPDATE newsletter_delivery SET
    state = CASE
        WHEN step.is_over THEN 'accepted'
        WHEN EXISTS (SELECT 1 FROM newsletter_sendrun WHERE id = {run} AND state = 'sending')
            AND EXISTS (
                SELECT 1 FROM newsletter_subscription
                WHERE subscriber_id = newsletter_delivery.subscriber_id AND newsletter_id = {newsletter}
                    AND state = 'active'
            )
            AND NOT EXISTS (
                SELECT 1 FROM newsletter_suppression WHERE address_hash = newsletter_delivery.address_hash
            )
        THEN 'sending'
        ELSE 'leased'
    END,
    attempts = CASE WHEN step.is_over THEN attempts ELSE attempts + 1 END,
    first_attempt_at = CASE WHEN step.is_over THEN first_attempt_at ELSE COALESCE(first_attempt_at, {now}) END,
    leased_until = CASE WHEN step.is_over THEN NULL ELSE {until} END,
    closed_at = CASE WHEN step.is_over THEN {now} END,
    reply = COALESCE(step.reply, newsletter_delivery.reply),
    provider_id = COALESCE(step.provider_id, newsletter_delivery.provider_id),
    leased_by = CASE WHEN step.is_over THEN '' ELSE leased_by END
FROM (SELECT * FROM %(steps)s LIMIT %(most)d) AS step
WHERE newsletter_delivery.id = step.id AND newsletter_delivery.leased_by = {name}
    AND newsletter_delivery.state = CASE WHEN step.is_over THEN 'sending' ELSE 'leased' END
RETURNING newsletter_delivery.id, newsletter_delivery.state
"""
PLANNED = {
    vendor: Planned(
        "newsletter_advance",
        ADVANCE % {"steps": steps, "most": 2 * MOST_AT_ONCE},
        **{"steps": "json", "run": "bigint", "newsletter": "bigint"},
        **{"name": "text", "now": "timestamptz", "until": "timestamptz"},
    )
    for vendor, steps in STEPS.items()
}


class Accepted(NamedTuple):
    """A mail that the server took."""

    id: int
    reply: str
    provider_id: str


def advance(
    run: SendRun, name: str, accepted: list[Accepted], following: list[int], lease: datetime.timedelta
) -> dict[int, str]:
    """What the sender ``name`` was sending of ``run`` is accepted, and what it holds is being sent, for as long as
    ``lease``; at most ``MOST_AT_ONCE`` of each.

    The states of the rows that changed, by their ids. A mail that may not be sent any more stays leased.
    """
    now = timezone.now()
    steps = [{"id": one.id, "is_over": True, "reply": one.reply, "provider_id": one.provider_id} for one in accepted]
    steps += [{"id": delivery_id, "is_over": False} for delivery_id in following]
    rows = PLANNED[connection.vendor].run(
        steps=json.dumps(steps),
        run=run.pk,
        newsletter=run.newsletter_id,
        name=name,
        now=connection.ops.adapt_datetimefield_value(now),
        until=connection.ops.adapt_datetimefield_value(now + lease),
    )
    return dict(rows)
