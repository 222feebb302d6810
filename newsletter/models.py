"""Newsletters: a list one can subscribe to, and its issues."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.api import APIField

from cms.models import BasePage, StructurePage


class NewsletterIndexPage(StructurePage):
    """A newsletter; its issues lie below it."""

    parent_page_types = ["home.HomePage", "regions.RegionPage"]
    subpage_types = ["newsletter.NewsletterPage"]
    max_count_per_parent = 1
    content_panels = [TitleFieldPanel("title"), *StructurePage.content_panels[1:]]
    promote_panels = BasePage.promote_panels
    page_description = _("Een nieuwsbrief, met de verschenen nummers eronder.")

    class Meta:
        verbose_name = _("nieuwsbrief")
        verbose_name_plural = _("nieuwsbrieven")


class NewsletterPage(BasePage):
    """One issue."""

    number = models.PositiveIntegerField(_("nummer"), null=True, blank=True)
    subject = models.CharField(
        _("onderwerp"), max_length=120, blank=True, help_text=_("De onderwerpregel van de mail. Leeg: de titel.")
    )
    preheader = models.CharField(
        _("voorproefje"), max_length=150, blank=True, help_text=_("Staat in de inbox achter het onderwerp.")
    )

    parent_page_types = ["newsletter.NewsletterIndexPage"]
    subpage_types = []
    page_description = _("Eén nummer van de nieuwsbrief.")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("number"),
        FieldPanel("subject"),
        FieldPanel("preheader"),
    ]
    card_fields = [*BasePage.card_fields, "number"]
    api_fields = [*BasePage.api_fields, APIField("number"), APIField("subject"), APIField("preheader")]

    class Meta:
        verbose_name = _("nieuwsbriefnummer")
        verbose_name_plural = _("nieuwsbriefnummers")
