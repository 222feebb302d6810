"""What a new issue begins with; the editor drags, changes and takes away."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex, get_default_page_content_type

from cms.models import BasePage

from . import lists

MOST_NEWS = 5
MOST_EVENTS = 3
STORIES = 2


def propose(issue, newsletter: Page) -> None:
    """Fill in number, day and blocks of a new ``issue`` of ``newsletter``."""
    issues = type(issue).objects.child_of(newsletter).live()  # a form that was left is kept as a draft
    last = issues.exclude(number=None).order_by("-number").values_list("number", flat=True).first()
    issue.number = (last or 0) + 1
    issue.date = timezone.localdate()
    issue.body = propose_blocks(newsletter, issue.date)


def propose_blocks(newsletter: Page, day: datetime.date) -> list[tuple[str, dict]]:
    """News since the last issue, the coming events, a question and two stories that no issue had yet.

    What there is nothing of is left out.
    """
    shown = _shown_before(newsletter)
    news = _pages(lists.news(newsletter, day), MOST_NEWS)
    events = _pages(lists.coming_events(newsletter, day), MOST_EVENTS)
    questions = _pages(lists.questions(day).exclude(page__in=shown), 1)
    stories = _pages(lists.nominated_stories(newsletter).exclude(page__in=shown), STORIES)
    blocks = [("item", _settings() | _choice(page)) for page in news]
    if events:
        blocks.append(("events", _settings() | {"title": _("Bijeenkomsten"), "items": list(map(_choice, events))}))
    for page in questions:
        words = {"title": _("Vraag van de maand"), "link_text": _("Meer veelgestelde vragen")}
        blocks.append(("question", _settings() | words | {"page": page}))
    if len(stories) == STORIES:
        title = _("Inspiratievoorbeelden")
        blocks.append(("stories", _settings() | {"title": title, "items": list(map(_choice, stories))}))
    return blocks


def _shown_before(newsletter: Page) -> set[int]:
    """The ids of all pages that the issues of ``newsletter`` that appeared refer to."""
    issues = newsletter.get_children().live().values_list("pk", flat=True)
    pages = get_default_page_content_type()
    references = ReferenceIndex.objects.filter(
        base_content_type=pages, object_id__in=list(map(str, issues)), to_content_type=pages
    )
    return {int(pk) for pk in references.values_list("to_object_id", flat=True)}


def _pages(rows, total: int) -> list[BasePage]:
    page_ids = list(rows.values_list("pk", flat=True)[:total])
    pages = BasePage.objects.in_bulk(page_ids)
    return [pages[pk] for pk in page_ids]


def _settings() -> dict[str, str]:
    return {"topic": "", "visibility": "both"}


def _choice(page: BasePage) -> dict:
    return {"page": page, "title": "", "summary": "", "image": None, "link_text": ""}
