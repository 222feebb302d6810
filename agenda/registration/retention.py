"""How long personal data is kept after an event, and erasing it when that is over.

Days are those of Europe/Amsterdam; the data is erased at the beginning of the day that ``privacy`` promises.
"""

import datetime
import logging

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from agenda.models import Answer, EventPage, EventQuestion, Registration
from cms.moments import first_moment, first_moment_after

BATCH = 500
logger = logging.getLogger(__name__)


def erase_what_is_over() -> None:
    """Erase registrations with all that belongs to them, and answers to extra questions as soon as each says."""
    registrations = _erase(Registration.objects.filter(event__in=_ended(settings.REGISTRATION_RETENTION_DAYS)))
    answers = 0
    for days in EventQuestion.objects.order_by().values_list("retention_days", flat=True).distinct():
        over = Answer.objects.filter(question__retention_days=days, question__event__in=_ended(days))
        answers += _erase(over)
    if registrations or answers:
        logger.info("erased %d registrations and %d answers", registrations, answers)


def _ended(days: int) -> QuerySet[EventPage]:
    """The events that ended at least ``days`` days ago, as ``EventPage.ends_at`` says."""
    day = timezone.localdate() - datetime.timedelta(days=days)
    open_end = Q(end=None, start__lt=first_moment(day))
    return EventPage.objects.filter(open_end | Q(end__lt=first_moment_after(day))).values("pk")


def _erase(rows: QuerySet) -> int:
    """A batch at a time, each a transaction of its own; returns how many that were."""
    erased = 0
    while batch := list(rows.values_list("pk", flat=True)[:BATCH]):
        rows.model.objects.filter(pk__in=batch).delete()
        erased += len(batch)
    return erased
