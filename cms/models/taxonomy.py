"""The national vocabulary that editors choose from: themes and audiences."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class Term(models.Model):
    """A word that pages are filed under; the order is the national editor's."""

    title = models.CharField(_("naam"), max_length=120, unique=True)
    slug = models.SlugField(
        _("adresdeel"), max_length=80, unique=True, help_text=_("Staat in adressen en filters; liever niet veranderen.")
    )
    order = models.PositiveSmallIntegerField(_("volgorde"), default=0, help_text=_("Laag komt vooraan."))

    panels = [FieldPanel("title"), FieldPanel("slug"), FieldPanel("order")]

    class Meta:
        abstract = True
        ordering = ["order", "title"]

    def __str__(self):
        return self.title


class Theme(Term):
    description = models.TextField(_("omschrijving"), blank=True)

    panels = [*Term.panels, FieldPanel("description")]

    class Meta(Term.Meta):
        verbose_name = _("thema")
        verbose_name_plural = _("thema's")


class Audience(Term):
    class Meta(Term.Meta):
        verbose_name = _("doelgroep")
        verbose_name_plural = _("doelgroepen")
