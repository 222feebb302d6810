"""What the worker does for runs."""

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.admin.utils import get_admin_base_url

from newsletter.models import SendRun


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
    url = f"{get_admin_base_url()}{reverse('runs:run', args=[run.pk])}"
    text = render_to_string("newsletter/mails/run_stands_still.txt", {"run": run, "url": url})
    for email in sorted(emails):
        send_mail(_("Nieuwsbrief vraagt aandacht: %(subject)s") % {"subject": run.frozen.subject}, text, None, [email])
