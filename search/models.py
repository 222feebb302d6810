"""Words that mean the same, questions that found nothing, pages to tell OpenSearch of."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from . import words


class ChangedPage(models.Model):
    """A page, perhaps one that is gone, of which OpenSearch doesn't know yet what became of it.

    A row for each change, so that one that comes while the server is told of another isn't taken for it.
    """

    page = models.PositiveBigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.page)


class Synonym(models.Model):
    """Words and short phrases that mean the same to whoever looks for one of them."""

    phrases = models.CharField(
        _("woorden"),
        max_length=500,
        help_text=_(
            "Met komma's ertussen, bijvoorbeeld: po, primair onderwijs. Wie het ene zoekt, vindt ook het andere."
        ),
    )

    panels = [FieldPanel("phrases")]

    class Meta:
        verbose_name = _("synoniem")
        verbose_name_plural = _("synoniemen")
        ordering = ["phrases"]

    def __str__(self):
        return self.phrases

    def clean(self):
        super().clean()
        if len(self.alternatives) < 2:
            raise ValidationError({"phrases": _("Noem er minstens twee, met een komma ertussen.")})

    @property
    def alternatives(self) -> list[tuple[str, ...]]:
        """The phrases, each as the words that are looked for."""
        found = (tuple(words.read(phrase)) for phrase in self.phrases.split(","))
        return list(dict.fromkeys(phrase for phrase in found if phrase))


class MissedQuestion(models.Model):
    """A question that found nothing on one day (see ``search.missed``)."""

    LONGEST = 60

    question = models.CharField(_("vraag"), max_length=LONGEST)
    day = models.DateField(_("dag"))

    class Meta:
        verbose_name = _("vraag zonder resultaat")
        verbose_name_plural = _("vragen zonder resultaat")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["day", "question"], name="search_missed_once_a_day")]

    def __str__(self):
        return self.question
