"""What was frozen of an issue for sending it, and how its page on the site was corrected since."""

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.moments import represent_moment


class FrozenIssue(models.Model):
    """One issue as it goes out, by one run or more.

    It is written once and never changes, whatever becomes of the pages that it shows.

    ``newsletter.freezing`` makes it, and takes it away when sending was called off before the first mail.
    """

    issue = models.OneToOneField(
        "newsletter.NewsletterPage",
        verbose_name=_("nummer"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="frozen",
    )
    """Empty when its page was taken away with all that it lay under."""
    revision = models.PositiveBigIntegerField(_("versie"))
    """The id of the revision that was frozen."""
    subject = models.CharField(_("onderwerp"), max_length=255)
    html = models.TextField()
    text = models.TextField()
    web = models.JSONField(encoder=DjangoJSONEncoder)
    """What the API says of it besides the fields of its page: ``topics``, ``body`` and ``footer``."""
    sha256 = models.CharField(max_length=64)
    """Of subject, HTML, text and web; see ``newsletter.freezing.fingerprint``."""
    created_at = models.DateTimeField(_("vastgelegd op"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("vastgelegd door"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    published_at = models.DateTimeField(_("online sinds"), null=True)
    """When its page on the site began to show it: as its sending began."""
    merged_at = models.DateTimeField(null=True)
    """When its list became one with another, after it was sent: who was on either by then gets it only if a run of it
    was for them."""

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("vastgelegd nummer")
        verbose_name_plural = _("vastgelegde nummers")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.subject

    @property
    def shown_on_site(self) -> dict[str, Any]:
        """The frozen parts, or those of the last correction; with ``corrections``, the last one first."""
        corrections = list(self.corrections.all())
        shown = corrections[0].web if corrections else self.web
        notes = [{"at": represent_moment(one.created_at), "note": one.note} for one in corrections]
        return {**shown, "corrections": notes}


class Correction(models.Model):
    """A later version of the page of an issue on the site; the mail stays what it was."""

    frozen = models.ForeignKey(
        FrozenIssue, verbose_name=_("nummer"), on_delete=models.CASCADE, related_name="corrections"
    )
    revision = models.PositiveBigIntegerField(_("versie"))
    web = models.JSONField(encoder=DjangoJSONEncoder)
    note = models.CharField(
        _("wat is er verbeterd?"),
        max_length=300,
        help_text=_("Lezers zien dit boven de nieuwsbrief op de site, met de datum."),
    )
    created_at = models.DateTimeField(_("verbeterd op"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("door"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("verbetering")
        verbose_name_plural = _("verbeteringen")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.note
