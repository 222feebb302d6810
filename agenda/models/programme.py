"""What belongs to an event: the rows of its programme, the sessions to choose from, the questions it asks."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable

from agenda.blocks import SpeakerBlock
from cms.richtext import PLAIN_FEATURES

IN_ORDER = ["sort_order", "pk"]
"""Rows that come from a program, not from a form, may have no place in the order."""


class TitledRow(Orderable):
    """Something with a title, in the order that the editor gave it."""

    class Meta:
        abstract = True

    @property
    def heading(self) -> str:
        """Its title as the index has it (``cms.searched``)."""
        return self.title


class ProgrammeRow(TitledRow):
    """One line of an event's programme."""

    class Kind(models.TextChoices):
        WELCOME = "ontvangst", _("Ontvangst")
        EXHIBITION = "expositie", _("Expositie")
        PLENARY = "plenair", _("Plenair")
        KEYNOTE = "keynote", _("Keynote")
        WORK_SESSION = "werksessie", _("Werksessie")
        BREAK = "pauze", _("Pauze")
        CLOSING = "afsluiting", _("Afsluiting")
        DRINKS = "borrel", _("Borrel")

    event = ParentalKey("agenda.EventPage", on_delete=models.CASCADE, related_name="programme")
    start = models.DateTimeField(_("van"), null=True)
    end = models.DateTimeField(_("tot"), null=True, blank=True, help_text=_("Leeg bij een open einde."))
    kind = models.CharField(_("soort"), max_length=12, choices=Kind)
    title = models.CharField(_("titel"), max_length=150)
    text = RichTextField(_("toelichting"), blank=True, features=PLAIN_FEATURES)
    speakers = StreamField([("speaker", SpeakerBlock())], verbose_name=_("sprekers"), blank=True)

    panels = [
        FieldRowPanel([FieldPanel("start"), FieldPanel("end"), FieldPanel("kind")]),
        FieldPanel("title"),
        FieldPanel("text"),
        FieldPanel("speakers"),
    ]

    class Meta:
        ordering = IN_ORDER
        verbose_name = _("programmaonderdeel")
        verbose_name_plural = _("programmaonderdelen")

    def clean(self):
        super().clean()
        if self.start and self.end and self.end <= self.start:
            raise ValidationError({"end": _("Het einde van dit onderdeel moet na het begin liggen.")})


class EventSession(TitledRow):
    """One of the sessions that a visitor chooses from; its number is its place in the order."""

    event = ParentalKey("agenda.EventPage", on_delete=models.CASCADE, related_name="sessions")
    title = models.CharField(_("titel"), max_length=150)
    text = RichTextField(_("toelichting"), blank=True, features=PLAIN_FEATURES)
    theme = models.ForeignKey(
        "cms.Theme", verbose_name=_("thema"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    hall = models.CharField(_("zaal"), max_length=80, blank=True, help_text=_("Staat op de presentielijst."))
    capacity = models.PositiveIntegerField(
        _("plaatsen"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Hoeveel mensen deze sessie kunnen volgen. Leeg: zoveel als er bij de bijeenkomst passen."),
    )

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("theme"), FieldPanel("hall"), FieldPanel("capacity")]),
        FieldPanel("text"),
    ]

    class Meta:
        ordering = IN_ORDER
        verbose_name = _("keuzesessie")
        verbose_name_plural = _("keuzesessies")

    def __str__(self):
        return self.title


class EventQuestion(Orderable):
    """Something that this event asks of whoever registers, besides name and address."""

    class Kind(models.TextChoices):
        LINE = "line", _("Eén regel tekst")
        TEXT = "text", _("Meer regels tekst")
        CHOICE = "choice", _("Keuze uit een lijst")
        CHECK = "check", _("Aankruisen")

    event = ParentalKey("agenda.EventPage", on_delete=models.CASCADE, related_name="questions")
    label = models.CharField(_("vraag"), max_length=150)
    help_text = models.CharField(
        _("toelichting"), max_length=250, blank=True, help_text=_("Zeg erbij waarvoor u dit wilt weten.")
    )
    kind = models.CharField(_("soort antwoord"), max_length=6, choices=Kind, default=Kind.LINE)
    choices = models.TextField(
        _("keuzes"), blank=True, help_text=_("Bij een keuze uit een lijst: op elke regel één mogelijkheid.")
    )
    required = models.BooleanField(_("verplicht"), default=False)
    retention_days = models.PositiveSmallIntegerField(
        _("dagen bewaren"),
        default=7,
        help_text=_("Zoveel dagen na de bijeenkomst worden de antwoorden gewist."),
    )

    panels = [
        FieldPanel("label"),
        FieldPanel("help_text"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("required"), FieldPanel("retention_days")]),
        FieldPanel("choices"),
    ]

    class Meta:
        ordering = IN_ORDER
        verbose_name = _("vraag")
        verbose_name_plural = _("vragen")

    def __str__(self):
        return self.label

    @property
    def options(self) -> list[str]:
        """What one can choose from, each once, in the order given."""
        return list(dict.fromkeys(filter(None, (line.strip() for line in self.choices.splitlines()))))

    def clean(self):
        super().clean()
        if self.kind == self.Kind.CHOICE and len(self.options) < 2:
            raise ValidationError({"choices": _("Geef minstens twee mogelijkheden, elk op een eigen regel.")})
