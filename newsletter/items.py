"""What an issue says of other pages, fetched at once for all its blocks."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from agenda.models import EventPage
from cms.json_schema import CARD, STRING, Named, nullable, reference, shape
from cms.models import PageDocument
from cms.renditions import represent_image
from cms.richtext import clean_html
from home.models import FaqPage

LINK = Named("NewsletterLink", shape(text=STRING, url=STRING), "`url` is a path on the site.")
ITEM = Named(
    "NewsletterItem",
    shape(page=CARD, link=LINK, event=nullable(reference("EventPageItem"))),
    "A page as an issue shows it: `page` is its card with what the editor changed for this issue; `event` says more "
    "of an event.",
)

EVENT, QUESTION = "agenda.EventPage", "home.FaqPage"
QUESTIONS = "home.FaqIndexPage"


class IssuePages:
    """Takes as many queries for 40 pages as for 4."""

    def __init__(self, view, chosen: Iterable[int], listed: Mapping[str, list[int]]):
        """``view`` is the one of the pages API; ``listed`` holds the ids of each automatic list."""
        self._listed = listed
        page_ids = list(dict.fromkeys([*chosen, *(pk for page_ids in listed.values() for pk in page_ids)]))
        self._cards = {card["id"]: card for card in view.represent_cards(page_ids)}
        self._events = {event["id"]: event for event in view.represent_items(EventPage, self._of_type(EVENT))}
        answers = FaqPage.objects.filter(pk__in=self._of_type(QUESTION)).values_list("pk", "answer")
        self.answers = dict(answers)
        """Of each question, as it is stored."""

    def _of_type(self, label: str) -> list[int]:
        return [pk for pk, card in self._cards.items() if card["meta"]["type"] == label]

    def is_public(self, page_id: int) -> bool:
        return page_id in self._cards

    @property
    def paths(self) -> set[str]:
        """Of all of them, and of the page that the links to all questions lead to."""
        return {self.questions_path, *(card["meta"]["html_path"] for card in self._cards.values())}

    @cached_property
    def questions_path(self) -> str:
        """Where all questions are; the front page when nowhere."""
        rows = PageDocument.objects.filter(type=QUESTIONS).values_list("html_path", flat=True)
        return rows.first() or "/"

    def represent_item(self, choice: Mapping[str, Any], part=None) -> dict | None:
        """``ITEM`` of ``choice``, a value of ``ChoiceOfPage``; its link leads to ``part`` if that is public."""
        card = self._cards.get(choice["page"].pk) if choice["page"] else None
        if not card:
            return None
        changed = card | {name: choice[name] for name in ("title", "summary") if choice[name]}
        if choice["image"]:
            changed["image"] = represent_image(choice["image"])
        item = self._item(changed, self._cards.get(part.pk) if part else None)
        if choice["link_text"]:
            item["link"]["text"] = choice["link_text"]
        return item

    def represent_listed(self, kind: str, total: int) -> list[dict]:
        """The first ``total`` of the automatic list ``kind``."""
        cards = (self._cards.get(pk) for pk in self._listed[kind][:total])
        return [self._item(card) for card in cards if card]

    def question(self, page) -> tuple[dict | None, str]:
        """The card of a question, and its answer as clean HTML."""
        card = self._cards.get(page.pk) if page else None
        return card, clean_html(self.answers[page.pk]) if card else ""

    def _item(self, card: dict, target: dict | None = None) -> dict:
        target = target or card
        event = self._events.get(card["id"])
        link = {"text": link_text(target, event), "url": target["meta"]["html_path"]}
        return {"page": card, "link": link, "event": event}


LINK_TEXTS = {
    EVENT: _("Bekijk ‘%(title)s’"),
    QUESTION: _("Lees het antwoord op ‘%(title)s’"),
    "inspiration.SeriesPage": _("Lees de reeks ‘%(title)s’"),
    "inspiration.TechlabPage": _("Bekijk ‘%(title)s’"),
}


def link_text(card: Mapping[str, Any], event: Mapping[str, Any] | None) -> str:
    """What a link to the page says: it names the page, for whoever hears only the links (WCAG 2.4.4)."""
    if event and event["registration"]["state"] == "open":
        words = _("Meld u aan voor ‘%(title)s’")
    else:
        words = LINK_TEXTS.get(card["meta"]["type"], _("Lees ‘%(title)s’"))
    return words % {"title": card["title"]}
