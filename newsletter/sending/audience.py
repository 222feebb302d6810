"""Who gets an issue: all on the list who haven't had it; and why others don't."""

import datetime
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from newsletter.models import Delivery, FrozenIssue, NewsletterIndexPage, SendRun, Subscription
from newsletter.subscribing.suppression import with_suppression

State = Subscription.State
HAVE_HAD = (Delivery.State.ACCEPTED, Delivery.State.UNCERTAIN, *Delivery.OPEN)
"""What says of an address that it has the issue, may have it, or is about to."""


class Audience(NamedTuple):
    """How many get an issue, and how many on the list don't, by reason."""

    recipients: int
    had: int
    """They got it by an earlier run."""
    suppressed: int
    pending: int
    """They haven't confirmed that they want it."""
    ended: int
    """They left the list."""


def count(newsletter: NewsletterIndexPage, frozen: FrozenIssue | None = None) -> Audience:
    """Of what is in the database now; ``frozen`` is ``None`` while nobody can have had the issue. Three queries."""
    on_list = Subscription.objects.filter(newsletter=newsletter).order_by()
    states = dict(on_list.values_list("state").annotate(number=Count("pk")))
    found = with_suppression(candidates(newsletter, frozen)).aggregate(
        number=Count("pk"), suppressed=Count("pk", filter=Q(is_suppressed=True))
    )
    return Audience(
        recipients=found["number"] - found["suppressed"],
        had=states.get(State.ACTIVE, 0) - found["number"],
        suppressed=found["suppressed"],
        pending=states.get(State.PENDING, 0),
        ended=states.get(State.ENDED, 0),
    )


def candidates(newsletter: NewsletterIndexPage, frozen: FrozenIssue | None) -> QuerySet[Subscription]:
    """Those on the list who haven't had ``frozen``, suppressed or not."""
    on_list = Subscription.objects.filter(newsletter=newsletter).active().order_by()
    return without_those_of(list(frozen.runs.values_list("pk", flat=True)) if frozen else [], on_list)


def candidates_of(run: SendRun) -> QuerySet[Subscription]:
    """Those whom ``run`` is for: who is on the list, was so when preparing began, and had the issue by no other run."""
    until: datetime.datetime | None = run.confirmed_until
    on_list = Subscription.objects.filter(newsletter=run.newsletter_id, confirmed_at__lte=until).active().order_by()
    others = SendRun.objects.filter(frozen=run.frozen_id).exclude(pk=run.pk)
    return without_those_of(list(others.values_list("pk", flat=True)), on_list)


def without_those_of(run_ids: list[int], subscriptions: QuerySet[Subscription]) -> QuerySet[Subscription]:
    """Without those who got a mail of one of these runs."""
    if not run_ids:
        return subscriptions
    had = Delivery.objects.filter(
        run__in=run_ids, address_hash=OuterRef("subscriber__address_hash"), state__in=HAVE_HAD
    )
    return subscriptions.exclude(Exists(had))
