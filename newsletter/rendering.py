"""An issue as mail and as page: one function for previews, for a mail to try and for what is frozen."""

import datetime
import json
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import get_template

from cms import document_texts
from cms.addresses import address_of, on_site
from cms.api.rendering import DocumentRenderer
from cms.models import BasePage
from cms.plain_text import without_control_characters

from . import checks, mjml, styles
from .content import MAIL, IssueContent
from .reading import Link, read

# Stands for the address by which one reader leaves; ``.invalid`` never is anybody's (RFC 2606).
UNSUBSCRIBE_URL = "https://afmelden.invalid/"
BLANK_LINES = re.compile(r"\n\s*\n\s*\n+")


@dataclass(frozen=True)
class Rendered:
    subject: str
    preheader: str
    """What mailboxes show behind the subject."""
    html: str
    """The whole document; ``UNSUBSCRIBE_URL`` stands where each reader gets an address of her own."""
    text: str
    """The same for who reads plain text, with the same ``UNSUBSCRIBE_URL``."""
    web: dict[str, Any]
    """What the API says of the issue on the site: ``topics``, ``body`` and ``footer``."""
    links: list[Link]
    """Those in the mail, in their order."""
    warnings: list[checks.Finding]

    @property
    def warnings_of_site(self) -> list[checks.Finding]:
        """Those that still matter when only the page on the site changes."""
        return [finding for finding in self.warnings if not finding.is_of_mail]


class KeptPages:
    """What the API keeps of public pages, by the names under which ``PagesAPIViewSet`` represents them."""

    def __init__(self):
        self._cards: dict[int, dict] = {}

    def represent_cards(self, page_ids: list[int]) -> list[dict]:
        if unread := [pk for pk in page_ids if pk not in self._cards]:
            self._cards |= {text.page: json.loads(text.content) for text in document_texts.read(unread, "card")}
        return [self._cards[pk] for pk in page_ids if pk in self._cards]

    def represent_items(self, model: type[BasePage], page_ids: list[int]) -> list[dict]:
        return [json.loads(text.content) for text in document_texts.read(page_ids, "item")] if page_ids else []


def render(issue, at: datetime.datetime | None = None) -> Rendered:
    """Render ``issue`` as it is in memory, saved or not, with its events as they are now or were ``at`` a moment.

    Raises ``mjml.InvalidMjml`` if a template is wrong.
    """
    content = IssueContent(issue, {"view": DocumentRenderer(at).view if at else KeptPages()})
    context = _context(issue, content)
    html, root = mjml.convert(styles.inline(without_control_characters(_fill("mjml", context))))
    text = BLANK_LINES.sub("\n\n", without_control_characters(_fill("txt", context))).strip() + "\n"
    mail = checks.Mail(issue, content, context["subject"], context["preheader"], html, text, read(root))
    return Rendered(mail.subject, mail.preheader, html, text, content.web, mail.reading.links, checks.check(mail))


def _context(issue, content: IssueContent) -> dict[str, Any]:
    topics = content.topics(MAIL)
    return {
        "language": settings.LANGUAGE_CODE,
        "newsletter": content.newsletter.title,
        "number": issue.number,
        "day": issue.day,
        "title": issue.title,
        "subject": " ".join(without_control_characters(issue.subject or issue.title).split()),  # a header has one line
        "preheader": issue.preheader or " | ".join(topic["text"] for topic in topics),
        "topics": topics,
        "salutation": issue.salutation,
        "blocks": content.body(MAIL),
        "footer": content.footer,
        "online_url": address_of(issue) or on_site("/"),
        "unsubscribe_url": UNSUBSCRIBE_URL,
    }


def _fill(kind: str, context: dict[str, Any]) -> str:
    """The templates of ``kind``, ``mjml`` or ``txt``, with the one of each block in its place."""
    blocks = [block | {"template": f"newsletter/mail/{block['type']}.{kind}"} for block in context["blocks"]]
    return get_template(f"newsletter/mail/base.{kind}").render(context | {"blocks": blocks})
