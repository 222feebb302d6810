"""Addresses that came in a file, to be put on a list."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SubscriberImport(models.Model):
    """A file that was read, and what came of it; ``newsletter.subscribing.importing`` carries it out.

    What stood in the file goes as it is imported, or a day later when nobody did.
    """

    wagtail_reference_index_ignore = True

    newsletter = models.ForeignKey(
        "newsletter.NewsletterIndexPage",
        verbose_name=_("nieuwsbrief"),
        on_delete=models.CASCADE,
        related_name="imports",
    )
    file_name = models.CharField(_("bestand"), max_length=100)
    wording = models.TextField(_("tekst"))
    """What people read and agreed to."""
    obtained = models.CharField(_("hoe"), max_length=80)
    """How they did, in words for editors."""
    rows = models.JSONField(default=list)
    """Every address once that is still to be imported, with the day of its consent (ISO 8601):
    ``[["a@example.org", "2026-03-01"], …]``."""
    errors = models.JSONField(default=list)
    """The lines that were left aside, and why: ``[[3, "…"], …]``."""
    doubles = models.PositiveIntegerField(_("dubbel"), default=0)
    """Lines with an address that stood on an earlier one."""
    created_at = models.DateTimeField(_("gelezen op"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("door"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    done_at = models.DateTimeField(_("geïmporteerd op"), null=True)
    added = models.PositiveIntegerField(_("toegevoegd"), default=0)
    left_out = models.PositiveIntegerField(_("weggelaten"), default=0)
    """Lines of the file, wrong and double ones included, of which nobody came on the list."""

    class Meta:
        verbose_name = _("import van abonnees")
        verbose_name_plural = _("imports van abonnees")
        default_permissions = ()
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.file_name

    @property
    def has_begun(self) -> bool:
        """Whether some of it was imported; all of it, when it has ``done_at``."""
        return bool(self.added or self.left_out)
