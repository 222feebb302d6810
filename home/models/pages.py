"""The front page of the nation, and pages of plain content."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.models import BasePage, StructurePage


class HomePage(StructurePage):
    body = StreamField(BodyBlock(), verbose_name=_("inhoud"), blank=True)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "regions.RegionIndexPage",
        "regions.NewsIndexPage",
        "agenda.AgendaIndexPage",
        "inspiration.InspirationIndexPage",
        "home.FaqIndexPage",
        "newsletter.NewsletterIndexPage",
        "home.ContentPage",
    ]
    max_count = 1
    is_fixed = True
    page_description = _("De voorpagina van de landelijke site.")

    content_panels = [*StructurePage.content_panels, FieldPanel("body")]
    # Without the slug: it stands in no address, and what depends on it is kept in the cache of every process.
    promote_panels = [panel for panel in StructurePage.promote_panels if panel.field_name != "slug"]
    api_fields = [*StructurePage.api_fields, APIField("body")]
    search_fields = [*StructurePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("voorpagina")
        verbose_name_plural = _("voorpagina's")

    def json_ld(self) -> dict:
        return {"@type": "WebSite", "name": settings.WAGTAIL_SITE_NAME}


class ContentPage(BasePage):
    """A page without a date, such as "Over ons" or "Toegankelijkheid"."""

    body = StreamField(BodyBlock(), verbose_name=_("tekst"), blank=True)

    is_dated = False
    parent_page_types = ["home.HomePage", "regions.RegionPage", "home.ContentPage"]
    subpage_types = ["home.ContentPage"]
    page_description = _("Vaste informatie zonder datum: over ons, contact, toegankelijkheid.")

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("summary"),
        FieldPanel("image"),
        FieldPanel("body"),
        BasePage.filing_panel,
    ]
    api_fields = [*BasePage.api_fields, APIField("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("inhoudspagina")
        verbose_name_plural = _("inhoudspagina's")
