"""The newsletter of the demo: what its issues say, turned into blocks."""

import datetime
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils import timezone

from cms.models import BasePage
from cms.tree import add_live
from home.demo.library import PictureLibrary
from home.demo.markup import to_html
from home.models import HomePage
from newsletter.freezing import freeze, publish
from newsletter.models import FrozenIssue, LinkCheck, NewsletterIndexPage, NewsletterPage, SendRun

TEXTS = Path(__file__).parent / "issues.toml"
HOUR_OF_SENDING = datetime.time(7, 50)


class NewsletterDemo:
    """Makes the newsletter below ``home``; ``pages`` are those that the texts refer to, by key."""

    def __init__(self, home: HomePage, library: PictureLibrary, pages: Mapping[str, BasePage]):
        self.home = home
        self.library = library
        self.page_ids = {key: page.pk for key, page in pages.items()}
        self.texts = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
        # How fields of the texts become what Wagtail stores of a block; the others stay as they are.
        self.stored = {
            "page": self.page_ids.__getitem__,
            "part": self.page_ids.__getitem__,
            "text": self._html,
            "image": self._image,
            "items": lambda choices: [self._value(choice) for choice in choices],
            "figure": self._value,
            "button": lambda button: button | {"page": self.page_ids[button["page"]]},
        }

    def load(self) -> NewsletterIndexPage:
        """All issues are online; the last one isn't frozen yet, for whoever wants to try that."""
        texts = self.texts["issue"]
        newsletter = self._add_newsletter(self._moment(texts[0]["date"]))
        *earlier, _last = [self._add_issue(newsletter, issue) for issue in texts]
        for issue in earlier:
            sent = self._moment(issue.date)
            publish(freeze(issue, None, sent), None)
            NewsletterPage.objects.filter(pk=issue.pk).update(last_published_at=sent)
        return newsletter

    def _add_newsletter(self, first_sent: datetime.datetime) -> NewsletterIndexPage:
        texts = dict(self.texts["newsletter"])
        contact = self._html(texts.pop("contact_text"))
        newsletter = NewsletterIndexPage(contact_text=contact, show_in_menus=True, **texts)
        return add_live(self.home, newsletter, first_sent)

    def _add_issue(self, newsletter: NewsletterIndexPage, texts: dict[str, Any]) -> NewsletterPage:
        given = ("title", "slug", "date", "number", "subject", "preheader", "salutation", "summary")
        issue = NewsletterPage(**{name: texts[name] for name in given})
        issue.image = self.library.known_picture(texts["picture"])
        issue.body = [self._block(block) for block in texts["block"]]
        return add_live(newsletter, issue, self._moment(issue.date))

    def _block(self, texts: dict[str, Any]) -> dict[str, Any]:
        fields = {name: given for name, given in texts.items() if name != "type"}
        return {"type": texts["type"], "value": self._value(fields)}

    def _value(self, fields: dict[str, Any]) -> dict[str, Any]:
        return {name: self.stored[name](given) if name in self.stored else given for name, given in fields.items()}

    def _html(self, text: str) -> str:
        return to_html(text, self.page_ids)

    def _image(self, motif: str) -> dict[str, Any]:
        image = self.library.known_picture(motif)
        return {"image": image.pk, "decorative": False, "alt_text": image.description}

    def _moment(self, date: datetime.date) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(date, HOUR_OF_SENDING))


def forget_issues() -> None:
    """Throw away what outlives the pages of issues."""
    for model in (SendRun, FrozenIssue, LinkCheck):
        model.objects.all().delete()
