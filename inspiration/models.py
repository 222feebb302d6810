"""What others can learn from: stories, series of articles, and places to do technology."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField

from cms.blocks import BodyBlock
from cms.models import BasePage, SectionPage
from cms.searched import texts
from cms.seo import represent_article

from .serializers import PartsField


class InspirationIndexPage(SectionPage):
    section_title = _("Inspiratie")
    section_slug = "inspiratie"
    section_order = 3

    parent_page_types = ["home.HomePage", "regions.RegionPage"]
    subpage_types = ["inspiration.StoryPage", "inspiration.SeriesPage", "inspiration.TechlabPage"]
    page_description = _("Het overzicht van inspiratieverhalen, artikelenreeksen en techlabs.")

    class Meta:
        verbose_name = _("inspiratieoverzicht")
        verbose_name_plural = _("inspiratieoverzichten")


class StoryPage(BasePage):
    body = StreamField(BodyBlock(), verbose_name=_("verhaal"), blank=True)

    parent_page_types = ["inspiration.InspirationIndexPage", "inspiration.SeriesPage"]
    subpage_types = []
    page_description = _("Een verhaal uit de praktijk waar een andere regio iets aan heeft.")

    content_panels = [*BasePage.content_panels, FieldPanel("body"), BasePage.filing_panel]
    api_fields = [*BasePage.api_fields, APIField("body")]
    search_fields = [*BasePage.search_fields, *texts("body")]

    class Meta:
        verbose_name = _("inspiratieverhaal")
        verbose_name_plural = _("inspiratieverhalen")

    def json_ld(self) -> dict:
        return represent_article(self)


class SeriesPage(BasePage):
    """A series of articles; its parts are the stories below it, in the order of the tree."""

    body = StreamField(BodyBlock(), verbose_name=_("inleiding"), blank=True)

    parent_page_types = ["inspiration.InspirationIndexPage"]
    subpage_types = ["inspiration.StoryPage"]
    page_description = _("Een reeks artikelen die bij elkaar horen. Maak de delen als pagina's onder de reeks.")
    admin_default_ordering = "ord"

    content_panels = [*BasePage.content_panels, FieldPanel("body"), BasePage.filing_panel]
    api_fields = [*BasePage.api_fields, APIField("body"), APIField("parts", serializer=PartsField())]
    search_fields = [*BasePage.search_fields, *texts("body")]

    class Meta:
        verbose_name = _("artikelenreeks")
        verbose_name_plural = _("artikelenreeksen")


class TechlabPage(BasePage):
    """A place where pupils do technology."""

    class Kind(models.TextChoices):
        TECHLAB = "techlab", _("Techlab")
        HOTSPOT = "hotspot", _("Hotspot")
        WONDER_ROOM = "verwonderingslokaal", _("Verwonderingslokaal")
        TECH_BUS = "techbus", _("Techbus")
        FUTURELAB = "futurelab", _("Futurelab")
        TECHNOLAB = "technolab", _("Technolab")
        MAKERS_SQUARE = "maakplein", _("Maakplein")
        MAKERSPACE = "makerspace", _("Makerspace")
        XPERIENCE_LAB = "xperience-lab", _("Xperience lab")
        MOBILE_CENTRE = "mobiel-techniekcentrum", _("Mobiel techniekcentrum")
        CENTRE = "techniekcentrum", _("Techniekcentrum")

    kind = models.CharField(_("soort ruimte"), max_length=24, choices=Kind, default=Kind.TECHLAB)
    venue = models.CharField(_("naam van de locatie"), max_length=120, blank=True)
    street = models.CharField(_("straat en huisnummer"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    city = models.CharField(_("plaats"), max_length=80, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("beschrijving"), blank=True)

    parent_page_types = ["inspiration.InspirationIndexPage"]
    subpage_types = []
    page_description = _("Een techlab, hotspot, techbus of andere ruimte: wat is er te doen, en voor wie?")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("kind"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("venue"), FieldPanel("street")]),
                FieldRowPanel([FieldPanel("postcode"), FieldPanel("city")]),
            ],
            heading=_("Adres"),
        ),
        FieldPanel("body"),
        BasePage.filing_panel,
    ]
    card_fields = [*BasePage.card_fields, "kind", "city"]
    api_fields = [
        *BasePage.api_fields,
        APIField("kind"),
        APIField("venue"),
        APIField("street"),
        APIField("postcode"),
        APIField("city"),
        APIField("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        *texts("get_kind_display", "venue", "street", "postcode", "city", "body"),
    ]

    class Meta:
        verbose_name = _("techlab")
        verbose_name_plural = _("techlabs")
