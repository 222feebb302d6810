"""What the worker does for the national site."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django_tasks import task

from .models import Nomination


@task(backend="worker")
def mail_answer(nomination_id: int) -> None:
    """Send whoever nominated a page why it wasn't chosen; nothing when page or account are gone meanwhile."""
    declined = Nomination.objects.select_related("page", "nominated_by").filter(pk=nomination_id).first()
    if declined is None or declined.nominated_by is None or not declined.nominated_by.is_active:
        return
    text = render_to_string(
        "home/nomination_declined.txt", {"nomination": declined, "site": settings.WAGTAIL_SITE_NAME}
    )
    title = " ".join(declined.page.title.split())  # a subject is one line
    subject = _("Over uw voordracht: %(title)s") % {"title": title}
    send_mail(subject, text, None, [declined.nominated_by.email])
