"""The front page of the nation, and pages of plain content."""

import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField

from cms.blocks import BodyBlock
from cms.models import BasePage, StructurePage
from cms.moments import first_moment
from cms.searched import texts
from home.sections import SectionsBlock, next_change

DAYS_AHEAD = 14


class HomePage(StructurePage):
    body = StreamField(BodyBlock(), verbose_name=_("inhoud"), blank=True)
    sections = StreamField(
        SectionsBlock(),
        verbose_name=_("secties"),
        blank=True,
        help_text=_("Zolang er geen secties zijn, toont de site van elke soort de nieuwste pagina's."),
    )

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
    lists_others = True
    page_description = _("De voorpagina van de landelijke site.")

    content_panels = [
        *StructurePage.content_panels,
        FieldPanel("body", help_text=_("Staat boven de secties; mag leeg blijven.")),
        FieldPanel("sections"),
    ]
    # Without the slug: it stands in no address, and what depends on it is kept in the cache of every process.
    promote_panels = [panel for panel in StructurePage.promote_panels if panel.field_name != "slug"]
    api_fields = [*StructurePage.api_fields, APIField("body"), APIField("sections")]

    class Meta:
        verbose_name = _("voorpagina")
        verbose_name_plural = _("voorpagina's")

    @property
    def shown_until(self) -> datetime.datetime | None:
        return next_change(self.sections, timezone.now())

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """Now, and the beginning of each of the coming days, by its date."""
        today = timezone.localdate()
        days = [today + datetime.timedelta(days=ahead) for ahead in range(1, DAYS_AHEAD + 1)]
        return [("", _("Nu")), *((day.isoformat(), date_format(day, "l j F")) for day in days)]

    def moment_of_preview(self, mode_name: str) -> datetime.datetime | None:
        """What is no coming day, or has become today, is now."""
        is_coming = mode_name and mode_name in dict(self.preview_modes)
        return first_moment(datetime.date.fromisoformat(mode_name)) if is_coming else None

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
    search_fields = [*BasePage.search_fields, *texts("body")]

    class Meta:
        verbose_name = _("inhoudspagina")
        verbose_name_plural = _("inhoudspagina's")
