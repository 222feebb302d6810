"""What an issue can hold without anybody choosing it: news since the issue before, and what is coming.

Only what is public: every query is of documents. All depends on the day of the issue, not on the clock, so that an
issue shows the same tomorrow.
"""

import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from wagtail.models import Page

from cms.models import BasePage, PageDocument
from cms.moments import first_moment
from cms.region import region_of
from home.models import Nomination

MOST_LISTED = 12
NEWS, EVENT, QUESTION = settings.ITEM_KINDS["nieuws"], "agenda.EventPage", "home.FaqPage"
NEWEST_FIRST = ("-date", "-page")


def day_of_issue_before(newsletter: Page, day: datetime.date) -> datetime.date | None:
    """When the last issue of ``newsletter`` before ``day`` appeared; ``None`` when there was none."""
    issues = BasePage.objects.child_of(newsletter).filter(live=True, date__lt=day)
    return issues.order_by("-date").values_list("date", flat=True).first()


def news(newsletter: Page, day: datetime.date) -> QuerySet[PageDocument]:
    """What appeared since the issue before the one of ``day``, the newest first."""
    rows = _shared_by(newsletter).filter(type__in=NEWS, date__lte=day)
    before = day_of_issue_before(newsletter, day)
    return (rows.filter(date__gt=before) if before else rows).order_by(*NEWEST_FIRST)


def coming_events(newsletter: Page, day: datetime.date) -> QuerySet[PageDocument]:
    """What begins on ``day`` or later, the first one first."""
    rows = _shared_by(newsletter, with_national=True)
    return rows.filter(type=EVENT, start__gte=first_moment(day)).order_by("start", "page")


def nominated_stories(newsletter: Page) -> QuerySet[PageDocument]:
    """What is on the shortlist and no news or event; of a region, its own. The newest first."""
    rows = _shared_by(newsletter).filter(type__in=settings.ITEM_KINDS["inspiratie"])
    shortlist = Nomination.objects.accepted().order_by().values("page")
    return (rows if region_of(newsletter) else rows.filter(page__in=shortlist)).order_by(*NEWEST_FIRST)


def questions(day: datetime.date) -> QuerySet[PageDocument]:
    """Those whose answer holds on ``day``, the most recent first."""
    moment = first_moment(day)
    rows = PageDocument.objects.filter(Q(end=None) | Q(end__gt=moment), type=QUESTION, start__lte=moment)
    return rows.order_by(*NEWEST_FIRST)


def _shared_by(newsletter: Page, with_national: bool = False) -> QuerySet[PageDocument]:
    """What ``newsletter`` is about: its region, or the nation with what regions put forward and was accepted."""
    national = Q(region=None)
    region = region_of(newsletter)
    if region:
        return PageDocument.objects.filter(Q(region=region.pk) | (national if with_national else Q(pk=None)))
    return PageDocument.objects.filter(national | Q(page__in=Nomination.objects.accepted().order_by().values("page")))


AUTOMATIC = {"news": news, "events": coming_events}
