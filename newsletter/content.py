"""An issue, read once: what of it the mail and the site show."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from rest_framework.fields import Field
from wagtail.blocks import StreamValue
from wagtail.models import Page
from wagtail.rich_text import extract_references_from_rich_text

from cms.json_schema import HTML, MOMENT, STRING, Named, Schema, array, nullable, shape
from cms.models import PageDocument
from cms.page_paths import known
from cms.richtext import clean_html

from . import lists
from .blocks import AutomaticBlock, IssueBodyBlock
from .items import LINK, IssuePages

MAIL, WEB = "mail", "web"
TOPIC = shape(text=STRING, block=nullable(STRING))
CORRECTION = shape(at=MOMENT, note=STRING)
FOOTER = Named(
    "NewsletterFooter",
    shape(
        questions=nullable(shape(title=STRING, text=STRING, link=LINK)),
        contact=shape(title=STRING, text=HTML),
    ),
    "What stands below every issue of a newsletter.",
)


class ShownBlock(NamedTuple):
    """``value`` is what the API says of it; ``None`` when it has nothing to show."""

    block: StreamValue.StreamChild
    value: Any
    page_ids: set[int]
    """Of all pages that it refers to, also by a link in its text."""

    @property
    def name(self) -> str:
        """By which an editor knows it."""
        return self.block.block.heading_of(self.block.value)

    def is_shown(self, medium: str) -> bool:
        return self.value is not None and self.block.value["visibility"] in ("both", medium)


class IssueContent:
    """What ``issue`` shows now, in a fixed number of queries; ``context`` is the one of the pages API."""

    def __init__(self, issue, context: dict):
        self.newsletter = issue.get_parent().specific
        self.chosen = [page for block in issue.body for page in block.block.chosen(block.value)]
        self.pages = IssuePages(context["view"], [page.pk for page in self.chosen if page], self._lists(issue))
        referred = [_page_ids(block.block.extract_references(block.value)) for block in issue.body]
        texts = [self.newsletter.contact_text, *self.pages.answers.values()]
        page_ids = set().union(*referred, *map(_page_ids, map(extract_references_from_rich_text, texts)))
        rows = list(PageDocument.objects.filter(pk__in=page_ids).values_list("pk", "html_path", "region"))
        paths = {pk: path for pk, path, _region in rows}
        self.public_paths = {*paths.values(), *self.pages.paths}
        """Of all pages that the issue shows or refers to."""
        self.regions = {pk: region for pk, _path, region in rows}
        """The id of the region of each page that the issue refers to and that is public."""
        with known(dict.fromkeys(page_ids) | paths):
            context = context | {"pages": self.pages}
            self.blocks = [
                ShownBlock(block, block.block.get_api_representation(block.value, context), page_ids)
                for block, page_ids in zip(issue.body, referred, strict=True)
            ]
            self.footer = self._footer()

    def body(self, medium: str) -> list[dict]:
        """The blocks in the order of the issue, as ``{type, value, id}``."""
        shown = (one for one in self.blocks if one.is_shown(medium))
        return [{"type": one.block.block_type, "value": one.value, "id": one.block.id} for one in shown]

    def topics(self, medium: str) -> list[dict]:
        """What the issue is about, as ``{text, block}``: the words that its blocks give, so that each has its block."""
        shown = (one.block for one in self.blocks if one.is_shown(medium))
        return [{"text": block.value["topic"], "block": block.id} for block in shown if block.value["topic"]]

    @property
    def web(self) -> dict:
        """What the API says of the issue besides the fields of its page."""
        return {"topics": self.topics(WEB), "body": self.body(WEB), "footer": self.footer}

    def _footer(self) -> dict:
        newsletter = self.newsletter
        link = {"text": newsletter.questions_link_text, "url": self.pages.questions_path}
        questions = {"title": newsletter.questions_title, "text": newsletter.questions_text, "link": link}
        return {
            "questions": questions if newsletter.questions_title else None,
            "contact": {"title": newsletter.contact_title, "text": clean_html(newsletter.contact_text)},
        }

    def _lists(self, issue) -> dict[str, list[int]]:
        """The ids of each automatic list that the issue has, without what was chosen by hand."""
        kinds = {block.value["kind"] for block in issue.body if isinstance(block.block, AutomaticBlock)}
        chosen = [page.pk for page in self.chosen if page]
        rows = {kind: lists.AUTOMATIC[kind](self.newsletter, issue.day).exclude(pk__in=chosen) for kind in kinds}
        return {kind: list(found.values_list("pk", flat=True)[: lists.MOST_LISTED]) for kind, found in rows.items()}


def _page_ids(references: Iterable[tuple]) -> set[int]:
    """Of the pages among them; see ``Block.extract_references`` of Wagtail."""
    return {int(pk) for model, pk, *_path in references if issubclass(model, Page)}


class IssueField(Field):
    """A part of what an issue shows on the site: as it was sent, or as it is now while it wasn't."""

    SCHEMAS: dict[str, Schema] = {
        "topics": array(TOPIC),
        "body": IssueBodyBlock().get_api_schema(),
        "footer": FOOTER,
        "corrections": array(CORRECTION),
    }

    def __init__(self, name: str, **kwargs):
        self.name = name
        super().__init__(**kwargs)

    @property
    def schema(self) -> Schema:
        return self.SCHEMAS[self.name]

    def get_attribute(self, issue):
        return issue.shown_on_site(self.context)

    def to_representation(self, shown: dict) -> Any:
        return shown[self.name]
