"""What becomes of a run: each step one transaction, which happens only in the state that it is for.

Of two who do something to the same run at once, the second finds it as the first left it. ``DocumentState`` comes
before the run, as in every change to what the site shows.
"""

import datetime
from contextlib import suppress

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from newsletter import freezing
from newsletter.models import Delivery, FrozenIssue, NewsletterIndexPage, NewsletterPage, SendRun

from . import audience, preparing, refusals
from .approving import lacks_second_person
from .tasks import ask_for_approval, tell_editors

State = SendRun.State


@transaction.atomic
def request(
    issue: NewsletterPage, user, *, send_at: datetime.datetime, on_doubt: SendRun.OnDoubt, expected: int
) -> SendRun:
    """Have ``issue`` sent to all on its list who haven't had it; it is frozen, if it wasn't for an earlier run.

    ``expected`` is the number of recipients that the editor saw. Raises ``AlreadyUnderWay``, ``NobodyToApprove``,
    ``NobodyToSendTo``, ``NumberChanged`` and ``freezing.NotReady``.
    """
    page = freezing.wait_for(issue)
    newsletter = NewsletterIndexPage.objects.get(pk=page.get_parent().pk)
    frozen = FrozenIssue.objects.filter(issue=page).first()
    if frozen and frozen.runs.open().exists():
        raise refusals.AlreadyUnderWay
    if lacks_second_person(newsletter, user.pk):
        raise refusals.NobodyToApprove
    recipients = audience.count(newsletter, frozen).recipients
    if not recipients:
        raise refusals.NobodyToSendTo
    if recipients != expected:
        raise refusals.NumberChanged(recipients)
    run = SendRun.objects.create(
        frozen=frozen or freezing.freeze(page, user),
        newsletter=newsletter,
        state=State.DRAFT if settings.NEWSLETTER_FOUR_EYES else State.SCHEDULED,
        on_doubt=on_doubt,
        send_at=send_at,
        created_by=user,
    )
    note(run, "request_run", user, recipients=recipients)
    if run.state == State.DRAFT:
        ask_for_approval.enqueue(run.pk)
    return run


@transaction.atomic
def approve(run: SendRun, user) -> None:
    """Let a run go that waits for a second person; raises ``SamePerson`` and ``NotWaitingForApproval``."""
    if settings.NEWSLETTER_FOUR_EYES and user.pk == run.created_by_id:
        raise refusals.SamePerson
    if not move(run, [State.DRAFT], state=State.SCHEDULED, approved_by=user, approved_at=timezone.now()):
        raise refusals.NotWaitingForApproval
    note(run, "approve_run", user)


@transaction.atomic
def pause(run: SendRun, reason: str, user=None) -> None:
    """Stop sending; ``reason`` is for the editor, in Dutch. Without ``user`` it is the program that stops, and the
    editor gets a mail.

    One that is paused already stays so for its first reason. Raises ``NotSending``.
    """
    if move(run, [State.READY, State.SENDING], state=State.PAUSED, paused_because=reason[:300]):
        note(run, "pause_run", user, reason=reason)
        if user is None:
            tell_editors.enqueue(run.pk)
    elif not SendRun.objects.filter(pk=run.pk, state=State.PAUSED).exists():
        raise refusals.NotSending


@transaction.atomic
def resume(run: SendRun, user) -> None:
    """Go on with what is left, or begin; raises ``NotPaused``."""
    state = Case(When(started_at=None, then=Value(State.READY)), default=Value(State.SENDING))
    if not move(run, [State.PAUSED], state=state, paused_because="", running_since=timezone.now()):
        raise refusals.NotPaused
    note(run, "resume_run", user)


@transaction.atomic
def cancel(run: SendRun, user) -> None:
    """Send nothing more. When nothing was sent yet, nothing is left of the run and the issue is as before.

    A mail that is being sent at this moment still goes out. Raises ``AlreadyOver``.
    """
    issue = run.frozen.issue
    if issue:
        freezing.wait_for(issue)
    if not move(run, SendRun.OPEN, state=State.CANCELLED, finished_at=timezone.now()):
        raise refusals.AlreadyOver
    note(run, "cancel_run", user)
    # First, so that no connection begins a mail while we look whether there was one.
    abandon(run.deliveries.filter(state__in=(*Delivery.WAITING, Delivery.State.LEASED)))
    if issue and not Delivery.objects.filter(run__frozen=run.frozen_id, attempts__gt=0).exists():
        for unsent in run.frozen.runs.all():
            preparing.remove_rows(unsent)
            unsent.delete()
        freezing.thaw(issue, user)


@transaction.atomic
def settle_doubt(run: SendRun, user, *, resend: bool) -> None:
    """Send the mails of which nobody knows whether they went out once more, or leave it at that.

    Raises ``NothingInDoubt``, and ``AlreadyUnderWay`` when another run of the issue is open.
    """
    if run.frozen.issue:
        freezing.wait_for(run.frozen.issue)
    if resend and SendRun.objects.filter(frozen=run.frozen_id).open().exists():
        raise refusals.AlreadyUnderWay
    now = timezone.now()
    changes = {"state": State.SENDING, "finished_at": None, "running_since": now} if resend else {"state": State.DONE}
    if not move(run, [State.ATTENTION], **changes):
        raise refusals.NothingInDoubt
    if resend:
        doubted = run.deliveries.filter(state=Delivery.State.UNCERTAIN)
        doubted.update(state=Delivery.State.PENDING, was_uncertain=True, due_at=now, closed_at=None)
    note(run, "settle_run", user, resend=resend)


def start_due(now: datetime.datetime) -> None:
    """Begin to prepare the runs whose time has come; one whose newsletter is gone is cancelled."""
    due = SendRun.objects.filter(state=State.SCHEDULED, send_at__lte=now)
    due.filter(newsletter=None).update(state=State.CANCELLED, finished_at=now)
    due.update(state=State.PREPARING, confirmed_until=now)


def prepare_all() -> None:
    """Make the rows of the runs that are being prepared."""
    for run_id in SendRun.objects.filter(state=State.PREPARING).order_by("pk").values_list("pk", flat=True):
        preparing.prepare(run_id)


def begin_ready() -> None:
    """Publish what is ready, and let it be sent; what can't come online waits for its editor."""
    for run in SendRun.objects.filter(state=State.READY).order_by("pk").select_related("frozen"):
        try:
            begin(run)
        except ValidationError as error:
            words = " ".join(error.messages)
            hold(run, _("Het nummer kan niet op de site komen: %s") % words)
        except Revision.DoesNotExist:
            hold(run, _("Het nummer kan niet op de site komen: de vastgelegde versie is er niet meer."))


@transaction.atomic
def begin(run: SendRun) -> None:
    """Have the site show the issue and the mails go out; nothing when that has begun, or was called off."""
    if run.frozen.issue:
        freezing.wait_for(run.frozen.issue)
    now = timezone.now()
    if move(run, [State.READY], state=State.SENDING, started_at=now, running_since=now):
        freezing.publish(run.frozen, run.approved_by or run.created_by)


def hold(run: SendRun, reason: str) -> None:
    """``pause``, unless the run was called off meanwhile."""
    with suppress(refusals.NotSending):
        pause(run, reason)


def finish_done() -> None:
    """Close the runs of which nothing is left to send; one with mails in doubt asks for attention.

    And let go of what was being sent while its run was cancelled, and hasn't been.
    """
    abandon(Delivery.objects.filter(run__state=State.CANCELLED, state__in=Delivery.WAITING))
    own = Delivery.objects.filter(run=OuterRef("pk"))
    # Apart, since each has an index of its own.
    waiting, held = own.filter(state__in=Delivery.WAITING), own.filter(state__in=Delivery.HELD)
    for run in SendRun.objects.filter(~Exists(waiting), ~Exists(held), state=State.SENDING):
        finish(run)


@transaction.atomic
def finish(run: SendRun) -> None:
    in_doubt = run.deliveries.filter(state=Delivery.State.UNCERTAIN).exists()
    state = State.ATTENTION if in_doubt else State.DONE
    if move(run, [State.SENDING], state=state, finished_at=timezone.now()) and in_doubt:
        tell_editors.enqueue(run.pk)


def abandon(deliveries: QuerySet[Delivery]) -> None:
    """Don't send these any more; one that may have gone out before stays in doubt."""
    uncertain = Value(Delivery.State.UNCERTAIN)
    deliveries.update(
        state=Case(When(was_uncertain=True, then=uncertain), default=Value(Delivery.State.SKIPPED)),
        skipped=Case(When(was_uncertain=True, then=Value("")), default=Value(Delivery.Skipped.CANCELLED)),
        closed_at=timezone.now(),
        leased_by="",
        leased_until=None,
    )


def move(run: SendRun, since: list[str], **changes) -> bool:
    """Change ``run`` if it is in one of the states ``since``, and say whether it was."""
    return bool(SendRun.objects.filter(pk=run.pk, state__in=since).update(**changes))


def note(run: SendRun, deed: str, user, **data) -> None:
    """Write down in the history of the issue what was done."""
    if run.frozen.issue:
        log(run.frozen.issue, f"newsletter.{deed}", user=user, data={"run": run.pk, **data})
