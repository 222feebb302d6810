"""What comes back about mails that were sent: bounces and complaints."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Feedback(models.Model):
    """One report as it came in, by a provider's webhook or as a mail (DSN, RFC 3464; ARF, RFC 5965)."""

    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        HARD_BOUNCE = "hard", _("Komt niet aan")
        SOFT_BOUNCE = "soft", _("Komt nu niet aan")
        COMPLAINT = "complaint", _("Klacht")
        LEFT = "left", _("Afgemeld bij de verzenddienst")
        OTHER = "other", _("Iets anders")

    key = models.CharField(max_length=64, unique=True)
    """A hash of what makes the report one: the same one coming in again is no second."""
    kind = models.CharField(_("soort"), max_length=9, choices=Kind)
    delivery = models.ForeignKey("newsletter.Delivery", null=True, on_delete=models.SET_NULL, related_name="feedback")
    """Empty when it is about no mail that we know."""
    address_hash = models.CharField(max_length=64, blank=True)
    """Of the address that it is about, if it names one and is sure to come from whom we sent by."""
    provider_id = models.CharField(max_length=200, blank=True)
    """What the provider calls the mail: it may tell of it before we have written down which delivery that is."""
    status = models.CharField(_("code"), max_length=12, blank=True)
    """The enhanced status code (RFC 3463), as 5.1.1."""
    words = models.CharField(_("wat er stond"), max_length=300, blank=True)
    received_at = models.DateTimeField(_("ontvangen op"), default=timezone.now)
    processed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("terugmelding")
        verbose_name_plural = _("terugmeldingen")
        default_permissions = ()
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["id"], name="newsletter_feedback_open", condition=models.Q(processed_at__isnull=True))
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"
