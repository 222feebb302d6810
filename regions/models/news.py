"""News, of a region and of the nation alike."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from cms.api.serializers import PageCardField
from cms.blocks import BodyBlock
from cms.models import BasePage, SectionPage
from cms.searched import texts
from cms.seo import represent_article
from regions.serializers import DownloadsField


class NewsIndexPage(SectionPage):
    section_title = _("Nieuws")
    section_slug = "nieuws"
    section_order = 1

    parent_page_types = ["home.HomePage", "regions.RegionPage"]
    subpage_types = ["regions.NewsPage"]
    page_description = _("Het overzicht van nieuwsberichten.")

    class Meta:
        verbose_name = _("nieuwsoverzicht")
        verbose_name_plural = _("nieuwsoverzichten")


class NewsPage(BasePage):
    body = StreamField(BodyBlock(), verbose_name=_("tekst"), blank=True)
    related_event = models.ForeignKey(
        "cms.BasePage",
        verbose_name=_("bijeenkomst"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "Gaat dit bericht over een bijeenkomst uit de agenda? Kies die hier, dan verwijst het bericht ernaar."
        ),
    )

    parent_page_types = ["regions.NewsIndexPage"]
    subpage_types = []
    page_description = _("Iets wat gebeurd is of gaat gebeuren: een bezoek, een opening, een oproep, een terugblik.")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        InlinePanel("downloads", heading=_("Downloads"), label=_("Bestand")),
        PageChooserPanel("related_event", "agenda.EventPage"),
        BasePage.filing_panel,
    ]
    api_fields = [
        *BasePage.api_fields,
        APIField("body"),
        APIField("downloads", serializer=DownloadsField()),
        APIField("related_event", serializer=PageCardField()),
    ]
    search_fields = [
        *BasePage.search_fields,
        *texts("body"),
        index.RelatedFields("downloads", texts("document_title")),
    ]

    class Meta:
        verbose_name = _("nieuwsbericht")
        verbose_name_plural = _("nieuwsberichten")

    def json_ld(self) -> dict:
        return represent_article(self)


class NewsDownload(Orderable):
    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="downloads")
    document = models.ForeignKey(
        "wagtaildocs.Document", verbose_name=_("bestand"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("download")
        verbose_name_plural = _("downloads")

    @property
    def document_title(self) -> str:
        """As the index has it (``cms.searched``)."""
        return self.document.title
