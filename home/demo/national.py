"""The national part of the demo: the items of a newsletter, the questions, and the national day of 2023."""

import datetime
import tomllib
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page

from agenda.models import AgendaIndexPage, EventPage, EventSession, ProgrammeRow
from cms.models import Audience, BasePage, Theme
from cms.tree import add_live
from home.models import ContentPage, FaqCategory, FaqIndexPage, FaqPage, HomePage, SiteSettings
from inspiration.models import InspirationIndexPage, SeriesPage, StoryPage
from regions.models import NewsDownload, NewsIndexPage, NewsPage, RegionPage

from .library import PictureLibrary
from .markup import to_blocks, to_html

TEXTS = Path(__file__).parent / "national.toml"


class NationalDemo:
    """Makes every national page of the demo, then fills in the bodies, which refer to one another."""

    def __init__(self, home: HomePage, library: PictureLibrary):
        self.home = home
        self.library = library
        self.texts = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
        self.themes = dict(enumerate(Theme.objects.order_by("order"), start=1))
        self.audiences = {audience.slug: audience for audience in Audience.objects.all()}
        self.pages: dict[str, BasePage] = {}

    def load(self) -> None:
        self._add_pages()
        page_ids = {key: page.pk for key, page in self.pages.items()}
        for item in self._items():
            page = self.pages[item["key"]]
            page.body = self._body(item, page_ids)
            page.save()
        self._add_national_day(page_ids)
        self._fill_questions(page_ids)
        self._relate_news()
        self._fill_home()
        self._fill_site_settings()

    def add_event(self, event: EventPage, item: dict[str, Any]) -> EventPage:
        """Publish ``event``, with what every page has by ``item``."""
        return self._add(self._section(AgendaIndexPage), event, item)

    def _items(self):
        """All items with a body of blocks, the national day aside."""
        texts = self.texts
        series = texts["series"]
        return [*texts["content"], *texts["news"], *texts["event"], *texts["story"], series, *series["part"]]

    def _add_pages(self) -> None:
        texts = self.texts
        news, agenda, inspiration = (
            self._section(model) for model in (NewsIndexPage, AgendaIndexPage, InspirationIndexPage)
        )
        for item in texts["content"]:
            self._add(self.home, ContentPage(slug=item["slug"], show_in_menus=True), item)
        for item in texts["news"]:
            self._add(news, NewsPage(), item)
        for item in texts["event"]:
            self._add(agenda, self._event(item), item)
        for item in texts["story"]:
            self._add(self._story_parent(item, inspiration), StoryPage(), item)
        series = self._add(inspiration, SeriesPage(), texts["series"])
        for item in texts["series"]["part"]:
            self._add(series, StoryPage(), item)
        self._add(agenda, self._event(texts["landelijke_dag"]), texts["landelijke_dag"])
        for item in texts["faq"]:
            self._add(FaqIndexPage.objects.get(), self._question(item), {"title": item["question"], **item})

    def _section(self, model: type[Page]) -> Page:
        return model.objects.child_of(self.home).get()

    def _story_parent(self, item: dict[str, Any], national: Page) -> Page:
        region = RegionPage.objects.filter(title=item.get("region", "").replace("–", "-")).first()
        return InspirationIndexPage.objects.child_of(region).get() if region else national

    def _add(self, parent: Page, page: BasePage, item: dict[str, Any]) -> BasePage:
        page.title = item["title"]
        page.summary = item["summary"]
        page.date = item["date"] if page.is_dated else None
        page.image = self.library.picture(item["picture"], len(self.pages)) if "picture" in item else None
        page.themes = [self.themes[number] for number in item["themes"]]
        page.audiences = [self.audiences[slug] for slug in item["audiences"]]
        published_at = timezone.make_aware(datetime.datetime.combine(item["date"], datetime.time(9)))
        self.pages[item["key"]] = add_live(parent, page, published_at)
        return page

    def _event(self, item: dict[str, Any]) -> EventPage:
        given = ("tagline", "online", "venue", "street", "postcode", "city", "registration_url", "recording_title")
        event = EventPage(
            start=timezone.make_aware(item["start"]),
            end=timezone.make_aware(item["end"]),
            **{name: item[name] for name in given if name in item},
        )
        if event.registration_url:
            event.registration_mode = EventPage.RegistrationMode.ELSEWHERE
        if "recording_id" in item:
            event.recording_url = f"https://vimeo.com/{item['recording_id']}"
        return event

    def _question(self, item: dict[str, Any]) -> FaqPage:
        return FaqPage(
            answer="<p></p>",
            category=FaqCategory.objects.get(slug=item["category"]),
            valid_from=item.get("valid_from"),
            valid_until=item.get("valid_until"),
            reviewed_on=item.get("reviewed_on"),
        )

    def _body(self, item: dict[str, Any], page_ids: dict[str, int]) -> list[tuple]:
        body = to_blocks(item["body"], page_ids)
        if "cta_text" in item:
            target = self.pages.get(item.get("cta_page", ""))
            body.append(("call_to_action", {"text": item["cta_text"], "page": target, "url": item.get("cta_url", "")}))
        return body

    def _fill_questions(self, page_ids: dict[str, int]) -> None:
        for item in self.texts["faq"]:
            page = self.pages[item["key"]]
            page.answer = to_html(item["answer"], page_ids)
            page.save()

    def _add_national_day(self, page_ids: dict[str, int]) -> None:
        day = self.texts["landelijke_dag"]
        event = self.pages[day["key"]]
        event.registration_closes_at = timezone.make_aware(datetime.datetime.combine(day["start"], datetime.time()))
        event.body = self._body(day, page_ids)
        for part in ("exhibition", "keynote", "work_session"):
            event.body += [("text", f"<h2>{day[f'{part}_title']}</h2>{to_html(day[f'{part}_text'], page_ids)}")]
        event.programme = [self._row(event, row) for row in day["row"]]
        event.sessions = [
            EventSession(title=session["title"], text=f"<p>{session['text']}</p>", theme=self.themes[session["theme"]])
            for session in day["session"]
        ]
        event.save()

    def _row(self, event: EventPage, row: dict[str, Any]) -> ProgrammeRow:
        date = timezone.localdate(event.start)

        def moment(time: datetime.time | None):
            return time and timezone.make_aware(datetime.datetime.combine(date, time))

        return ProgrammeRow(
            start=moment(row["start"]),
            end=moment(row.get("end")),
            kind=row["kind"],
            title=row["title"],
            text=f"<p>{row['text']}</p>" if "text" in row else "",
            speakers=[("speaker", speaker) for speaker in row.get("speakers", [])],
        )

    def _relate_news(self) -> None:
        for item in self.texts["news"]:
            if "related_event" in item:
                news = self.pages[item["key"]]
                news.related_event = self.pages[item["related_event"]]
                news.save()
        announcement = self.pages["aankondiging-landelijke-dag-2023"]
        announcement.downloads = [NewsDownload(document=self._programme_document())]
        announcement.save()

    def _programme_document(self):
        """The programme of the national day as a file to keep."""
        lines = ["van;tot;onderdeel"]
        for row in self.texts["landelijke_dag"]["row"]:
            end = f"{row['end']:%H:%M}" if "end" in row else ""
            lines.append(f"{row['start']:%H:%M};{end};{row['title']}")
        content = ContentFile("\ufeff".encode() + "\r\n".join(lines).encode(), name="programma-landelijke-dag-2023.csv")
        return get_document_model().objects.create(
            title="Programma landelijke dag 2023",
            file=content,
            file_size=content.size,
            collection=self.library.collection,
        )

    def _fill_home(self) -> None:
        texts = self.texts["homepage"]
        kinds = {"kinds": ["nieuws", "inspiratie"], "per_region": 1, "total": 6}
        self.home.summary = self.pages["over-sto"].summary
        self.home.image = self.library.picture("werkbank")
        self.home.sections = [
            ("chosen", self._chosen_pages(texts["chosen"])),
            ("agenda", {"title": texts["agenda"], "total": 4}),
            ("newest", {"title": texts["newest"], **kinds}),
            ("key_figures", {"title": texts["figures"], "figures": self.texts["figure"]}),
            ("recording", {"title": texts["recording"]}),
            ("questions", {"title": texts["questions"], "total": 4}),
            ("region_map", {"title": texts["region_map"], "text": f"<p>{texts['region_map_text']}</p>"}),
            ("call_to_action", {"text": texts["cta_text"], "page": self.pages[texts["cta_page"]], "url": ""}),
        ]
        self.home.save()

    def _chosen_pages(self, texts: dict[str, Any]) -> dict[str, Any]:
        nothing = {"title": "", "summary": "", "image": None, "show_from": None, "show_until": None}
        choices = [{**nothing, **choice, "page": self.pages[choice["page"]]} for choice in texts["page"]]
        return {"title": texts["title"], "pages": choices}

    def _fill_site_settings(self) -> None:
        """Add what the demo brings to the menu of sections that every site begins with."""
        texts = self.texts["site"]
        item = texts["navigation"]
        site = SiteSettings.objects.get()
        site.navigation.append(("item", self._link(item) | {"children": self._links(item["children"])}))
        site.footer_text, site.email = texts["footer_text"], texts["email"]
        site.footer_columns = [
            ("column", {"title": column["title"], "links": self._links(column["links"])}) for column in texts["column"]
        ]
        site.statements = [(name, self._link(link)) for name, link in texts["statements"].items()]
        site.save_revision(log_action=True).publish()

    def _links(self, links: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [self._link(link) for link in links]

    def _link(self, link: dict[str, Any]) -> dict[str, Any]:
        return {"page": self.pages.get(link.get("page")), "url": link.get("url", ""), "label": link.get("label", "")}
