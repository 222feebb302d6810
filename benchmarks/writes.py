"""What it costs to change much at once, and whether the API is right as soon as it is done.

Each change is one transaction, as in the admin.
"""

import json
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.signals import post_page_move

from cms import document_signals
from regions.models import NewsIndexPage, NewsPage, RegionPage

from .queries import ask
from .rows import LARGE, QUIET

RENAMED = "hernoemd"
REFERRERS = 50
ROUNDS = 10
SIGNALS = (post_save, pre_delete, post_delete, m2m_changed, post_page_move)


def main() -> None:
    """Prints a list of ``[what, outcome]``."""
    outcomes = [
        *report_change("a large region gets another address", LARGE, rename, RENAMED),
        *report_change("it moves before all other regions", RENAMED, move_to_front, RENAMED),
        *report_change("its news moves to another region", RENAMED, move_news, QUIET),
        *report_publication(),
    ]
    print(json.dumps(outcomes))


def rename(region: RegionPage) -> None:
    region.slug = RENAMED
    region.save_revision().publish()


def move_to_front(region: RegionPage) -> None:
    region.move(region.get_parent(), pos="first-child")


def move_news(region: RegionPage) -> None:
    section = NewsIndexPage.objects.child_of(region).get()
    section.slug = "overgenomen-nieuws"
    section.save()
    section.move(RegionPage.objects.get(slug=QUIET), pos="last-child")


def report_change(name: str, slug: str, change: Callable, slug_after: str) -> Iterator[tuple[str, str]]:
    """``change`` what lies below the region ``slug``; afterwards it is found below ``slug_after``."""
    region = RegionPage.objects.get(slug=slug)
    page = NewsPage.objects.descendant_of(region).order_by("path").last()
    start = time.perf_counter()
    try:
        with transaction.atomic():
            change(region)
    except DatabaseError as error:
        yield f"{name}: FAILED", str(error)
        return
    yield f"{name}: s", f"{time.perf_counter() - start:.2f}"
    start = time.perf_counter()
    is_right = shows_region(slug_after) and shows_path(page.pk)
    yield f"{name}: s for the first readers", f"{time.perf_counter() - start:.2f}"
    yield f"{name}: the API is right at once", "yes" if is_right else "NO"


def shows_region(slug: str) -> bool:
    """Whether the news of a region is listed, all of it and by its addresses of now."""
    region = RegionPage.objects.get(slug=slug)
    answer = json.loads(ask(f"/api/v2/pages/?type=regions.NewsPage&region={slug}&order=-date&limit=20"))
    expected = NewsPage.objects.live().descendant_of(region).count()
    paths = [item["meta"]["html_path"] for item in answer["items"]]
    return answer["meta"]["total_count"] == expected and all(path.startswith(f"/regio/{slug}/") for path in paths)


def shows_path(page_id: int) -> bool:
    """Whether the detail of a page says where it is now."""
    path = json.loads(ask(f"/api/v2/pages/{page_id}/"))["meta"]["html_path"]
    return NewsPage.objects.get(pk=page_id).url_path.endswith(path)


def report_publication() -> Iterator[tuple[str, str]]:
    """Publish a page that others show the card of, with and without our handlers in turns."""
    page, *referrers = NewsPage.objects.order_by("pk")[: REFERRERS + 1]
    for referrer in referrers:
        referrer.body = [("page_cards", {"title": "Lees ook", "pages": [page]})]
        referrer.save()
    times: dict[bool, list[float]] = {True: [], False: []}
    for number in range(ROUNDS):
        with document_handlers_off():
            times[False].append(time_publication(page, f"Zonder {number}"))
        times[True].append(time_publication(page, f"Met {number}"))
    with_handlers, without = (1_000 * statistics.median(times[side]) for side in (True, False))
    name = f"a page that {REFERRERS} others show is published"
    yield f"{name}: ms, without our handlers", f"{without:.1f}"
    yield f"{name}: ms", f"{with_handlers:.1f}"
    is_right = all(page.title in ask(f"/api/v2/pages/{referrer.pk}/").decode() for referrer in referrers)
    yield f"{name}: the API is right at once", "yes" if is_right else "NO"


def time_publication(page: NewsPage, title: str) -> float:
    page.title = title
    revision = page.save_revision()
    start = time.perf_counter()
    with transaction.atomic():
        revision.publish()
    return time.perf_counter() - start


@contextmanager
def document_handlers_off() -> Iterator[None]:
    """Without the handlers of ``cms.document_signals``, told by the names under which they are connected."""
    for signal in SIGNALS:
        signal.receivers = [each for each in signal.receivers if not str(each[0][0]).startswith("cms.documents.")]
        signal.sender_receivers_cache.clear()
    try:
        yield
    finally:
        document_signals.connect()
