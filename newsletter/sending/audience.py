"""Who gets an issue: all on the list who haven't had it; and why others don't.

Once the list became one with another, an issue from before that is for those of its earlier runs who didn't get it, and
for whoever came later: nobody is sent what was written for the other list.
"""

import datetime
from typing import NamedTuple

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

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
    elsewhere: int
    """They were on one of two lists that became one, and the issue was for the other."""


def count(newsletter: NewsletterIndexPage, frozen: FrozenIssue | None = None) -> Audience:
    """Of what is in the database now; ``frozen`` is ``None`` while nobody can have had the issue. Three queries."""
    on_list = Subscription.objects.filter(newsletter=newsletter).order_by()
    states = dict(on_list.values_list("state").annotate(number=Count("pk")))
    found = with_suppression(who_lack_it(runs_of(frozen), on_list.active())).aggregate(
        number=Count("pk"),
        elsewhere=Count("pk", filter=Q(is_meant=False)),
        suppressed=Count("pk", filter=Q(is_meant=True, is_suppressed=True)),
    )
    return Audience(
        recipients=found["number"] - found["elsewhere"] - found["suppressed"],
        had=states.get(State.ACTIVE, 0) - found["number"],
        suppressed=found["suppressed"],
        pending=states.get(State.PENDING, 0),
        ended=states.get(State.ENDED, 0),
        elsewhere=found["elsewhere"],
    )


def candidates(newsletter: NewsletterIndexPage, frozen: FrozenIssue | None) -> QuerySet[Subscription]:
    """Those on the list whom ``frozen`` is for and who haven't had it, suppressed or not."""
    on_list = Subscription.objects.filter(newsletter=newsletter).active().order_by()
    return who_lack_it(runs_of(frozen), on_list).filter(is_meant=True)


def candidates_of(run: SendRun) -> QuerySet[Subscription]:
    """Those whom ``run`` is for: who is on the list, was so when preparing began, and had the issue by no other run."""
    until: datetime.datetime | None = run.confirmed_until
    on_list = Subscription.objects.filter(newsletter=run.newsletter_id, confirmed_at__lte=until).active().order_by()
    others = SendRun.objects.filter(frozen=run.frozen_id).exclude(pk=run.pk)
    return who_lack_it(others, on_list).filter(is_meant=True)


def runs_of(frozen: FrozenIssue | None) -> QuerySet[SendRun]:
    return frozen.runs.all() if frozen else SendRun.objects.none()


def who_lack_it(runs: QuerySet[SendRun], subscriptions: QuerySet[Subscription]) -> QuerySet[Subscription]:
    """Without those who got a mail of one of ``runs``, which are of one issue; with ``is_meant``: whether it is for
    them."""
    merged_at = dict(runs.values_list("pk", "frozen__merged_at"))
    if not merged_at:
        return subscriptions.annotate(is_meant=Value(True))
    mails = Delivery.objects.filter(run__in=[*merged_at], address_hash=OuterRef("subscriber__address_hash"))
    lacking = subscriptions.exclude(Exists(mails.filter(state__in=HAVE_HAD)))
    [since] = {*merged_at.values()}
    is_meant = Case(When(Q(confirmed_at__gt=since) | Exists(mails), then=True), default=False) if since else Value(True)
    return lacking.annotate(is_meant=is_meant)
