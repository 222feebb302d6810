"""The regional part of the demo: 78 regions, of which 40 publish and 38 are quiet."""

import datetime
import tomllib
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from agenda.models import AgendaIndexPage, EventPage, ProgrammeRow
from cms.models import Audience, BasePage, Theme
from cms.tree import add_live
from home.nomination import accept, nominate
from inspiration.models import InspirationIndexPage, StoryPage, TechlabPage
from regions.importing import import_regions
from regions.models import NewsIndexPage, NewsPage, RegionIndexPage, RegionPage, School

from .library import PictureLibrary
from .markup import to_blocks

TEXTS = Path(__file__).parent / "regional.toml"
REAL_REGIONS = Path(__file__).parents[2] / "regions" / "data" / "regions.csv"

FRIDAY = 4

REGIONS = 78
ACTIVE = 40
PICTURES_PER_REGION = 2
# The national pictures come before it, so that no region has the same one.
FIRST_SEED = 100
# Its texts would speak of heat pumps and cycling to school on Bonaire.
ALWAYS_QUIET = {"bes-eilanden"}


class RegionalDemo:
    """Makes the regions and what they publish; ``random`` decides which texts go where."""

    def __init__(self, random: Random, today: datetime.date):
        self.random = random
        self.today = today
        self.texts = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
        self.themes = dict(enumerate(Theme.objects.order_by("order"), start=1))
        self.audiences = {audience.slug: audience for audience in Audience.objects.all()}

    def add_regions(self) -> list[RegionPage]:
        """The real regions, and fictitious ones that nobody can mistake for real."""
        import_regions(REAL_REGIONS.read_bytes())
        index = RegionIndexPage.objects.get()
        for number in range(RegionPage.objects.count() + 1, REGIONS + 1):
            region = RegionPage(
                title=f"Voorbeeldregio {number}",
                slug=f"voorbeeldregio-{number}",
                places=f"Voorbeeldstad {number}",
                latitude=self._degrees(51.4, 53.2),
                longitude=self._degrees(4.6, 6.6),
            )
            region.schools = [
                School(name=f"Voorbeeldschool {direction} (verzonnen)", place=f"Voorbeeldstad {number}")
                for direction in ("Noord", "Zuid")
            ]
            add_live(index, region)
        return list(RegionPage.objects.order_by("path"))

    def fill(self, regions: list[RegionPage]) -> None:
        candidates = [region for region in regions if region.slug not in ALWAYS_QUIET]
        active = {region.pk for region in self.random.sample(candidates, ACTIVE)}
        for number, region in enumerate(regions):
            if region.pk in active:
                self._fill_active(region, PictureLibrary(region.access.collection, first_seed=FIRST_SEED + number))
            else:
                self._introduce(region, self.random.choice(self.texts["quiet_about"]))

    def _fill_active(self, region: RegionPage, library: PictureLibrary) -> None:
        items = {
            kind: self.random.sample(self.texts[kind], count)
            for kind, count in (
                ("news", self.random.randint(3, 7)),
                ("event", self.random.randint(2, 3)),
                ("story", self.random.randint(1, 2)),
                ("techlab", self.random.randint(0, 1)),
            )
        }
        motifs = [item["picture"] for kind in items for item in items[kind]]
        for motif in list(dict.fromkeys(motifs))[:PICTURES_PER_REGION]:
            library.picture(motif)
        region.image = library.picture(motifs[0])
        self._introduce(region, self.random.choice(self.texts["about"]))
        news, agenda, inspiration = (
            model.objects.child_of(region).get() for model in (NewsIndexPage, AgendaIndexPage, InspirationIndexPage)
        )
        for item in items["news"]:
            self._add(news, NewsPage(), item, library, days_ago=int(self.random.triangular(0, 500, 20)))
        for item in items["event"]:
            self._add_event(agenda, item, library)
        for item in items["story"]:
            self._add(inspiration, StoryPage(), item, library, days_ago=self.random.randint(5, 700))
        for item in items["techlab"]:
            page = TechlabPage(kind=item["kind"], city=self._place(region))
            self._add(inspiration, page, item, library, days_ago=self.random.randint(30, 700))

    def nominate(self) -> None:
        """The newest stories are put forward for the national site; the first two are accepted."""
        stories = StoryPage.objects.descendant_of(RegionIndexPage.objects.get()).order_by("-date", "pk")
        notes = self.texts["nominations"]
        nominations = [nominate(story, None, note) for story, note in zip(stories[: len(notes)], notes, strict=True)]
        for nomination in nominations[:2]:
            accept(nomination, None)

    def _introduce(self, region: RegionPage, text: dict[str, Any]) -> None:
        region.summary = self._in_region(text["summary"], region)
        region.body = to_blocks(self._in_region(text.get("body", ""), region), {})
        region.save()

    def _add(self, parent: Page, page: BasePage, item: dict[str, Any], library: PictureLibrary, days_ago: int) -> None:
        region = RegionPage.objects.parent_of(parent).get()
        page.title = self._in_region(item["title"], region)
        page.summary = self._in_region(item["summary"], region)
        page.date = self.today - datetime.timedelta(days=days_ago)
        page.image = library.known_picture(item["picture"])
        page.themes = [self.themes[number] for number in item["themes"]]
        page.audiences = [self.audiences[slug] for slug in item["audiences"]]
        page.body = to_blocks(self._in_region(item["body"], region), {})
        add_live(parent, page, timezone.make_aware(datetime.datetime.combine(page.date, datetime.time(10))))

    def _add_event(self, agenda: Page, item: dict[str, Any], library: PictureLibrary) -> None:
        region = RegionPage.objects.parent_of(agenda).get()
        days_ahead = self.random.choice((-240, -90, -30, 7, 14, 21, 35, 50, 70, 100)) + self.random.randint(0, 6)
        date = self.today + datetime.timedelta(days=days_ahead)
        date -= datetime.timedelta(days=max(0, date.weekday() - FRIDAY))

        def moment(time: str | None):
            return time and timezone.make_aware(datetime.datetime.combine(date, datetime.time.fromisoformat(time)))

        event = EventPage(
            start=moment(item["start_time"]),
            end=moment(item["end_time"]),
            online=item["online"],
            venue="" if item["online"] else self._in_region(item["venue"], region),
            city="" if item["online"] else self._place(region),
        )
        event.programme = [
            ProgrammeRow(start=moment(row["start"]), end=moment(row.get("end")), kind=row["kind"], title=row["title"])
            for row in item.get("rows", [])
        ]
        self._add(agenda, event, item, library, days_ago=max(0, 40 - days_ahead))

    def _degrees(self, low: float, high: float) -> Decimal:
        return Decimal(self.random.uniform(low, high)).quantize(Decimal("0.0001"))

    def _place(self, region: RegionPage) -> str:
        return region.places.split(" / ")[0] or region.title

    def _in_region(self, text: str, region: RegionPage) -> str:
        return text.format(regio=region.title, plaats=self._place(region))
