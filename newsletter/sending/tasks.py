"""What the worker does for runs."""

from collections.abc import Iterable

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.admin.utils import get_admin_base_url

from newsletter.models import SendRun

from .approving import others_who_may_approve


@task(backend="worker", queue_name="webhooks")
def tell_editors(run_id: int) -> None:
    """Mail whoever asked for a run and whoever agreed that it stands still or asks for attention.

    Nothing when it goes on meanwhile, or they are gone. By the messenger: what makes pictures may take minutes.
    """
    waiting = (SendRun.State.PAUSED, SendRun.State.ATTENTION)
    runs = SendRun.objects.select_related("frozen", "created_by", "approved_by")
    run = runs.filter(pk=run_id, state__in=waiting).first()
    editors = {run.created_by, run.approved_by} if run else set()
    emails = [editor.email for editor in editors if editor and editor.is_active]
    if not emails:
        return
    subject = _("Nieuwsbrief vraagt aandacht: %(subject)s") % {"subject": run.frozen.subject}
    mail_each(emails, subject, "run_stands_still", run)


@task(backend="worker", queue_name="webhooks")
def ask_for_approval(run_id: int) -> None:
    """Mail whoever may agree to a run, and didn't ask for it; nothing when somebody did so meanwhile."""
    runs = SendRun.objects.select_related("frozen", "newsletter", "created_by")
    run = runs.filter(pk=run_id, state=SendRun.State.DRAFT).exclude(newsletter=None).first()
    if run is None:
        return
    emails = others_who_may_approve(run.newsletter, run.created_by_id).values_list("email", flat=True)
    subject = _("Nieuwsbrief wacht op uw akkoord: %(subject)s") % {"subject": run.frozen.subject}
    mail_each(emails, subject, "run_waits", run)


def mail_each(emails: Iterable[str], subject: str, template: str, run: SendRun) -> None:
    """Apart, so that nobody reads who else gets it."""
    url = f"{get_admin_base_url()}{reverse('runs:run', args=[run.pk])}"
    text = render_to_string(f"newsletter/mails/{template}.txt", {"run": run, "url": url})
    for email in sorted({*emails}):
        send_mail(subject, text, None, [email])
