"""Questions that found nothing: the words that readers use and the site doesn't, for the national editors.

Only these are kept: an editor can act upon them, and nobody has to know of the others. Of a question its words and the
day are kept, once a day however often it is asked, and nothing of who asked. What looks as if it says who somebody is
isn't kept at all. The rest is shown once it was asked on several days: what one person asks once is nobody's business.
"""

import datetime
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection
from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from cms.words import split

from .models import MissedQuestion

KEPT = datetime.timedelta(days=180)
MOST_A_DAY = 500
"""Questions that are kept of a day, about: several that come in one moment may make it a few more."""
MOST_WORDS = 6
SHOWN_FROM = 3
"""Days on which a question has to be asked before anybody sees it."""
# An e-mail address, more digits than a year has, or a postcode.
PERSONAL = re.compile(r"@|(\d\D*){5}|\b\d{4}\s?[a-z]{2}\b", re.IGNORECASE)
logger = logging.getLogger(__name__)


def note(text: str) -> None:
    """Keep that ``text`` found nothing today; a database that is busy or away loses that, never the answer."""
    question = _what_may_be_kept(text)
    if not question:
        return
    today = timezone.localdate()
    try:
        of_today = MissedQuestion.objects.filter(day=today)
        counts = of_today.aggregate(all=Count("pk"), same=Count("pk", filter=Q(question=question)))
        if not counts["same"] and counts["all"] < MOST_A_DAY:
            with _without_waiting():
                MissedQuestion.objects.bulk_create(
                    [MissedQuestion(question=question, day=today)], ignore_conflicts=True
                )
    except DatabaseError as error:
        logger.warning("a question that found nothing wasn't kept: %s", type(error.__cause__ or error).__name__)


def asked_often(questions: QuerySet[MissedQuestion]) -> QuerySet:
    """Those of ``questions`` that may be seen, as ``{question, days, last}``."""
    days = questions.values("question").annotate(days=Count("pk"), last=Max("day"))
    return days.filter(days__gte=SHOWN_FROM)


def forget() -> None:
    number, _by_model = MissedQuestion.objects.filter(day__lt=timezone.localdate() - KEPT).delete()
    if number:
        logger.info("forgot %d questions that found nothing", number)


def _what_may_be_kept(text: str) -> str:
    """The words of ``text``, as they are looked for; empty when they may say who somebody is, or are a whole story."""
    asked = split(text)
    question = " ".join(asked)
    too_much = len(asked) > MOST_WORDS or len(question) > MissedQuestion.LONGEST
    # In words too: "1234-AB" is a postcode when its sign is left out.
    return "" if too_much or PERSONAL.search(text) or PERSONAL.search(question) else question


@contextmanager
def _without_waiting() -> Iterator[None]:
    """SQLite lets one write at a time; a reader doesn't stand in that line, but gets an error at once."""
    if connection.vendor != "sqlite":
        yield
        return
    [milliseconds] = connection.connection.execute("PRAGMA busy_timeout").fetchone()
    connection.connection.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        connection.connection.execute(f"PRAGMA busy_timeout = {milliseconds}")
