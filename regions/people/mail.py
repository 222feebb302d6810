"""The link of an invitation, and the mail that brings it."""

from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from regions.models import Invitation

# Apart from what else is signed with the same key.
signer = signing.Signer(salt="regions.invitation", sep=".")


def link(invitation: Invitation) -> str:
    """Path of the page where ``invitation`` is accepted."""
    return reverse("invitation", args=[signer.sign(str(invitation.pk))])


def read(token: str) -> int:
    """Which invitation the last part of a link stands for. Raises ``signing.BadSignature``."""
    return int(signer.unsign(token))


@task(backend="worker", priority=10)
def mail_invitation(pk: int) -> None:
    """Mail the link, unless the invitation was withdrawn or accepted meanwhile.

    Before pictures, of which there may be hundreds: somebody waits for this.
    """
    invitation = Invitation.objects.open().select_related("region", "invited_by").filter(pk=pk).first()
    if invitation is None:
        return
    url = settings.WAGTAILADMIN_BASE_URL + link(invitation)
    send_mail(
        subject=_("Uitnodiging: de site van %(region)s") % {"region": invitation.region.title},
        message=render_to_string("regions/mail/invitation.txt", {"invitation": invitation, "url": url}),
        from_email=None,
        recipient_list=[invitation.email],
    )
    Invitation.objects.filter(pk=pk).update(mailed_at=timezone.now())
