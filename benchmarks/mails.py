"""What it takes to render an issue as mail and web, measured in this process."""

import json
import statistics
import time
from collections.abc import Callable, Iterator

import mrml
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agenda.models import EventPage
from cms.models import BasePage
from cms.tree import add_live
from home.models import HomePage
from inspiration.models import StoryPage
from newsletter import mjml
from newsletter.models import NewsletterIndexPage, NewsletterPage
from newsletter.rendering import render
from regions.models import NewsPage

ROUNDS = 25
ITEMS = (20, 40)


def main() -> None:
    """Prints a list of ``[name, ms of CPU, of it mrml, queries, kB of HTML]``."""
    newsletter = add_live(HomePage.objects.get(), NewsletterIndexPage(title="Nieuwsbrief"))
    print(json.dumps([measure(add_issue(newsletter, items), items) for items in ITEMS]))


def add_issue(newsletter: NewsletterIndexPage, items: int) -> NewsletterPage:
    """A fifth of it events, two fifths stories by pairs, the rest news."""
    own = {"title": "", "summary": "", "image": None, "link_text": ""}
    settings = {"topic": "", "visibility": "both"}

    def choices(model: type[BasePage], total: int) -> Iterator[dict]:
        return ({"page": page, **own} for page in model.objects.live().order_by("pk")[:total])

    stories = list(choices(StoryPage, items * 2 // 5))
    blocks = [("item", settings | choice) for choice in choices(NewsPage, items * 2 // 5)]
    events = list(choices(EventPage, items // 5))
    blocks += [("events", settings | {"title": "Agenda", "items": events})]
    blocks += [
        ("stories", settings | {"title": f"Verhalen {start}", "items": stories[start : start + 2]})
        for start in range(0, len(stories), 2)
    ]
    issue = NewsletterPage(title=f"Nummer van {items}", date=timezone.localdate(), body=blocks)
    return add_live(newsletter, issue)


def measure(issue: NewsletterPage, items: int) -> tuple[str, float, float, int, float]:
    rendered = render(issue)
    with CaptureQueriesContext(connection) as queries:
        render(NewsletterPage.objects.get(pk=issue.pk))
    markup = []
    convert, mjml.convert = mjml.convert, lambda source: markup.append(source) or convert(source)
    render(issue)
    mjml.convert = convert
    whole, by_mrml = cpu(lambda: render(issue)), cpu(lambda: mrml.to_html(markup[0]))
    return f"{items} items", whole, by_mrml, len(queries), len(rendered.html.encode()) / 1024


def cpu(action: Callable[[], object]) -> float:
    """The median, in milliseconds."""
    times = []
    for _round in range(ROUNDS):
        began = time.process_time()
        action()
        times.append(time.process_time() - began)
    return statistics.median(times) * 1000
