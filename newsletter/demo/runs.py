"""The runs of the demo: whoever was on the list when an issue went out has had it. No mail leaves."""

import datetime

from newsletter.models import Delivery, FrozenIssue, NewsletterIndexPage, SendRun, Subscription

TOOK = datetime.timedelta(minutes=1)


def record_runs(newsletter: NewsletterIndexPage) -> None:
    """Give each frozen issue a run that is over, at the moment it was frozen; its subscribers are there already."""
    for frozen in FrozenIssue.objects.filter(runs=None).order_by("created_at"):
        _record_run(frozen, newsletter)


def _record_run(frozen: FrozenIssue, newsletter: NewsletterIndexPage) -> None:
    sent = frozen.created_at
    readers = Subscription.objects.filter(newsletter=newsletter, confirmed_at__lte=sent).select_related("subscriber")
    run = SendRun.objects.create(
        frozen=frozen,
        newsletter=newsletter,
        state=SendRun.State.DONE,
        send_at=sent,
        created_at=sent,
        confirmed_until=sent,
        candidates=len(readers),
        started_at=sent,
        running_since=sent,
        finished_at=sent + TOOK,
    )
    Delivery.objects.bulk_create(
        Delivery(
            run=run,
            subscriber=reader.subscriber,
            address_hash=reader.subscriber.address_hash,
            state=Delivery.State.ACCEPTED,
            due_at=sent,
            attempts=1,
            first_attempt_at=sent,
            closed_at=sent + TOOK,
        )
        for reader in readers
    )
