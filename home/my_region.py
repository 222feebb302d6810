"""The first screen of regional editors: for each of their regions what is online, what waits, and what to do next."""

import datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from agenda.models import EventPage
from cms.models import BasePage, SectionPage
from cms.region import REGION_DEPTH
from regions.models import RegionPage

from .models import Nomination
from .nomination import is_item

SHOWN = 5
"""How many of each list."""
AHEAD = datetime.timedelta(weeks=6)
"""How far ahead events and pages that expire are shown."""


class Link(NamedTuple):
    text: str
    url: str


class Row(NamedTuple):
    page: BasePage
    moment: datetime.datetime
    can_nominate: bool = False


class MyRegion:
    """One region, as its editor wants to see it; every list takes one query."""

    def __init__(self, page: RegionPage):
        self.page = page

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    @cached_property
    def kinds(self) -> list[Link]:
        """What can be made, straight into the form of a new one in the section where it belongs."""
        sections = [section for section in self.page.get_children().specific() if isinstance(section, SectionPage)]
        return [
            Link(capfirst(kind._meta.verbose_name), add_url(section, kind))
            for section in sorted(sections, key=lambda section: section.section_order)
            for kind in section.creatable_subpage_models()
            if getattr(kind, "is_dated", False) and kind.can_create_at(section)
        ]

    @cached_property
    def number_online(self) -> int:
        return self._items().filter(live=True).count()

    @cached_property
    def number_of_drafts(self) -> int:
        return self._drafts().count()

    def to_do(self) -> list[Link]:
        """What every subsite needs before it shows well; empty once that is all there."""
        steps = [
            (self.page.image_id, Link(_("Kies een afbeelding voor de voorpagina"), self.edit_url)),
            (self.page.body, Link(_("Vertel in een paar zinnen wat uw regio doet"), self.edit_url)),
            (self.page.contact_email, Link(_("Vul een contactadres in"), self.edit_url)),
        ]
        if self.kinds:
            steps.append((self.number_online, Link(_("Zet een eerste bericht online"), self.kinds[0].url)))
        return [link for done, link in steps if not done]

    def online(self) -> list[Row]:
        """The newest that are online; what can still be put forward nationally says so."""
        rows = _rows(self._items().filter(live=True).order_by("-last_published_at", "-pk"), "last_published_at")
        standing = Nomination.objects.standing().filter(page__in=[row.page for row in rows])
        nominated = set(standing.values_list("page_id", flat=True))
        return [row._replace(can_nominate=row.page.pk not in nominated and is_item(row.page)) for row in rows]

    def drafts(self) -> list[Row]:
        """What was written last and isn't online as it stands there."""
        return _rows(self._drafts().order_by("-latest_revision_created_at"), "latest_revision_created_at")

    def scheduled(self) -> list[Row]:
        """What goes online by itself, the first to go first."""
        return _rows(self._items().filter(go_live_at__gt=timezone.now()).order_by("go_live_at"), "go_live_at")

    def expiring(self) -> list[Row]:
        """What goes offline by itself soon."""
        now = timezone.now()
        soon = self._items().filter(live=True, expire_at__gt=now, expire_at__lt=now + AHEAD)
        return _rows(soon.order_by("expire_at"), "expire_at")

    def events(self) -> list[Row]:
        """The events of the next weeks, also those that aren't published yet."""
        now = timezone.now()
        events = EventPage.objects.descendant_of(self.page).filter(start__gt=now, start__lt=now + AHEAD)
        return _rows(events.order_by("start"), "start")

    def nominations(self) -> QuerySet[Nomination]:
        """What was put forward last, and what became of it."""
        return Nomination.objects.filter(page__path__startswith=self.page.path).select_related("page")[:SHOWN]

    def _drafts(self) -> QuerySet[BasePage]:
        drafts = BasePage.objects.descendant_of(self.page, inclusive=True).filter(has_unpublished_changes=True)
        return drafts.filter(go_live_at=None)

    def _items(self) -> QuerySet[BasePage]:
        """What stands in the sections; they and the front page itself are no items."""
        return BasePage.objects.descendant_of(self.page).filter(depth__gt=REGION_DEPTH + 1)


class MyRegionPanel(Component):
    name = "my_region"
    template_name = "home/my_region_panel.html"
    order = 50

    def __init__(self, region: RegionPage):
        self.region = region

    def get_context_data(self, parent_context):
        return {
            "region": MyRegion(self.region),
            "request": parent_context["request"],
            "csrf_token": parent_context["csrf_token"],
        }


def regions_of(user) -> QuerySet[RegionPage]:
    return RegionPage.objects.filter(access__group__user=user).order_by("title")


def add_url(parent: Page, kind: type[Page]) -> str:
    return reverse("wagtailadmin_pages:add", args=[kind._meta.app_label, kind._meta.model_name, parent.pk])


def _rows(pages: QuerySet[BasePage], moment: str) -> list[Row]:
    """The first few of ``pages``, each with the value of the field ``moment``."""
    return [Row(page, getattr(page, moment)) for page in pages[:SHOWN]]
