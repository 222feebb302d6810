"""Questions and their answers, which change over the years."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.api.serializers import TermField
from cms.models import BasePage, StructurePage, Term
from cms.moments import first_moment, first_moment_after
from cms.richtext import PLAIN_FEATURES, clean_html
from cms.searched import texts


class FaqCategory(Term):
    description = models.TextField(_("omschrijving"), blank=True)

    panels = [*Term.panels, FieldPanel("description")]

    class Meta(Term.Meta):
        verbose_name = _("onderwerp van vragen")
        verbose_name_plural = _("onderwerpen van vragen")


class FaqIndexPage(StructurePage):
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.FaqPage"]
    max_count = 1
    page_description = _("Het overzicht van veelgestelde vragen.")

    class Meta:
        verbose_name = _("vragenoverzicht")
        verbose_name_plural = _("vragenoverzichten")


class FaqPage(BasePage):
    """One question; its title is the question as readers see it."""

    answer = RichTextField(_("antwoord"), features=PLAIN_FEATURES)
    category = models.ForeignKey(
        FaqCategory, verbose_name=_("onderwerp"), null=True, on_delete=models.PROTECT, related_name="questions"
    )
    valid_from = models.DateField(_("geldig vanaf"), null=True, blank=True)
    valid_until = models.DateField(_("geldig tot en met"), null=True, blank=True)
    reviewed_on = models.DateField(
        _("nagekeken op"),
        null=True,
        blank=True,
        help_text=_("Wanneer OCW en DUS-I het antwoord voor het laatst zagen."),
    )

    lapses = True
    parent_page_types = ["home.FaqIndexPage"]
    subpage_types = []
    page_description = _("Een vraag met het antwoord dat met OCW en DUS-I is afgestemd.")

    content_panels = [
        TitleFieldPanel("title", heading=_("Vraag")),
        FieldPanel("answer"),
        FieldPanel("category"),
        FieldPanel("date", heading=_("Datum")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
                FieldPanel("reviewed_on"),
            ],
            heading=_("Geldigheid"),
        ),
        FieldPanel("summary"),
        BasePage.filing_panel,
    ]
    card_fields = [*BasePage.card_fields, "category", "is_current"]
    api_fields = [
        *BasePage.api_fields,
        APIField("answer"),
        APIField("category", serializer=TermField()),
        APIField("valid_from"),
        APIField("valid_until"),
        APIField("is_current"),
        APIField("reviewed_on"),
    ]
    search_fields = [*BasePage.search_fields, *texts("answer"), index.FilterField("category")]

    class Meta:
        verbose_name = _("vraag")
        verbose_name_plural = _("vragen")

    def clean(self):
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("De laatste dag moet na de eerste liggen.")})

    @property
    def starts_at(self) -> datetime.datetime | None:
        return self.valid_from and first_moment(self.valid_from)

    @property
    def ends_at(self) -> datetime.datetime | None:
        return self.valid_until and first_moment_after(self.valid_until)

    @property
    def shown_until(self) -> datetime.datetime | None:
        moments = (self.starts_at, self.ends_at)
        return min((moment for moment in moments if moment and moment > timezone.now()), default=None)

    @property
    def is_current(self) -> bool:
        """Whether the answer holds today."""
        today = timezone.localdate()
        return (self.valid_from or today) <= today <= (self.valid_until or today)

    def json_ld(self) -> dict:
        answer = {"@type": "Answer", "text": clean_html(self.answer)}
        return {
            "@type": "FAQPage",
            "mainEntity": [{"@type": "Question", "name": self.title, "acceptedAnswer": answer}],
        }
