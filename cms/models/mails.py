"""Mails to one person as rows: written in the transaction of what they tell, sent after it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class QueuedMailQuerySet(models.QuerySet):
    def due(self):
        """Those to be sent now; one that a worker is sending is due again only after a while."""
        return self.filter(state=QueuedMail.State.WAITING, next_attempt_at__lte=timezone.now())


class QueuedMail(models.Model):
    """What every kind of such mail has; ``cms.outbox`` sends them.

    A model of it adds for whom the mail is, its ``kind``, and an index on ``next_attempt_at`` of those that wait.
    """

    wagtail_reference_index_ignore = True

    class State(models.TextChoices):
        WAITING = "waiting", _("Wacht")
        SENT = "sent", _("Verstuurd")
        GIVEN_UP = "given_up", _("Opgegeven")
        OUTDATED = "outdated", _("Vervallen")

    content = models.JSONField(default=dict)
    """What the mail says that isn't in the row that it is about."""
    state = models.CharField(_("status"), max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("pogingen"), default=0)
    next_attempt_at = models.DateTimeField(_("volgende poging"), default=timezone.now)
    """Also says until when a worker has it: it moves on when sending begins."""
    last_error = models.CharField(_("fout"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("gemaakt"), default=timezone.now)
    sent_at = models.DateTimeField(_("verstuurd op"), null=True)

    objects = QueuedMailQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"
