"""Who was asked to become an editor of a region."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .region import RegionPage

VALID = datetime.timedelta(days=7)


def a_week_from_now() -> datetime.datetime:
    return timezone.now() + VALID


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Those that can still be accepted, or sent again when they have expired."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def ended_before(self, moment: datetime.datetime):
        """Those accepted, withdrawn or expired before it."""
        return self.filter(Q(accepted_at__lt=moment) | Q(withdrawn_at__lt=moment) | Q(expires_at__lt=moment))


class Invitation(models.Model):
    """One person's way into one region; ``regions.people.invitations`` has the verbs.

    The link isn't kept: it is the signed number of the row, so that whoever reads the database can't use it.
    """

    region = models.ForeignKey(
        RegionPage, verbose_name=_("regio"), on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField(_("e-mailadres"))
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uitgenodigd door"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("uitgenodigd"), auto_now_add=True)
    expires_at = models.DateTimeField(_("geldig tot"), default=a_week_from_now)
    mailed_at = models.DateTimeField(_("verstuurd"), null=True)
    """Empty until the worker has handed the mail to the mail server."""
    accepted_at = models.DateTimeField(_("aangenomen"), null=True)
    withdrawn_at = models.DateTimeField(_("ingetrokken"), null=True)

    objects = InvitationQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        constraints = [
            models.UniqueConstraint(
                "region",
                Lower("email"),
                name="regions_invitation_one_open",
                condition=Q(accepted_at=None, withdrawn_at=None),
            )
        ]

    def __str__(self):
        return f"{self.email} · {self.region.title}"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()
