"""What happens to an event that everybody who registered must hear of: it is called off, goes on after all, or moves.

Readers see it at once. The drafts that editors are working on, and those that wait for their time, get it too and stay
as they are otherwise, so that none of them undoes it when it is published.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from agenda.models import EventPage, OutgoingMail, Registration
from cms.models import DocumentState
from cms.moments import represent_moment

from . import desk
from .locking import locked
from .posting import post_to_all
from .refusals import EventCancelled, EventPast, RegistrationRefused

Kind = OutgoingMail.Kind


class NotCancelled(RegistrationRefused):
    code = "not_cancelled"
    message = _("Deze bijeenkomst gaat al door.")


class SameMoment(RegistrationRefused):
    code = "same_moment"
    message = _("De bijeenkomst is al op dit moment.")


def call_off(event: EventPage, user, message: str = "") -> int:
    """Say that ``event`` doesn't take place; gives the number of mails.

    Who is registered stays so, for when it goes on after all. Raises ``EventCancelled``, ``EventPast`` or ``Busy``.
    """
    with _alone_at(event) as page:
        if page.cancelled:
            raise EventCancelled
        _check_not_over(page)
        _change(page, cancelled=True)
        # Nobody can take an offer now. Whoever had one is in line again, or it would lapse before the event goes on.
        offered = page.registrations.filter(state=Registration.State.OFFERED)
        offered.update(state=Registration.State.WAITING, offer_expires_at=None)
        mails = post_to_all(page.registrations.active(), Kind.CALLED_OFF, message=message)
        log(page, "agenda.call_off", user=user, data={"mails": mails})
        return mails


def reinstate(event: EventPage, user, message: str = "") -> int:
    """Say that ``event`` takes place after all; gives the number of mails.

    Raises ``NotCancelled``, ``EventPast`` or ``Busy``.
    """
    with _alone_at(event) as page:
        if not page.cancelled:
            raise NotCancelled
        _check_not_over(page)
        _change(page, cancelled=False)
        subject = _("Gaat toch door: %(title)s") % {"title": page.title}
        people = page.registrations.active()
        mails = post_to_all(people, Kind.MESSAGE, subject=subject, message=message, goes_on=True)
        log(page, "agenda.reinstate", user=user, data={"mails": mails})
        transaction.on_commit(partial(desk.promote_waiting, page.pk), robust=True)
        return mails


def move(event: EventPage, user, start: datetime.datetime, end: datetime.datetime | None, message: str = "") -> int:
    """Have ``event`` begin and end at other moments (aware); gives the number of mails.

    The programme, and until when one can register, stay as they are. Raises ``SameMoment``, ``EventCancelled``,
    ``EventPast``, ``Busy``, and ``ValidationError`` for times that an editor couldn't fill in either.
    """
    with _alone_at(event) as page:
        if page.cancelled:
            raise EventCancelled
        _check_not_over(page)
        if (page.start, page.end) == (start, end):
            raise SameMoment
        before = represent_moment(page.start)
        _change(page, start=start, end=end)
        page.registrations.filter(offer_expires_at__gt=start).update(offer_expires_at=start)
        mails = post_to_all(page.registrations.active(), Kind.MOVED, message=message, before=before)
        log(page, "agenda.move", user=user, data={"mails": mails})
        return mails


@contextmanager
def _alone_at(event: EventPage) -> Iterator[EventPage]:
    """``event`` as it is now: nobody registers for it meanwhile, who would then not be told."""
    with transaction.atomic():
        DocumentState.renew()
        with locked(event.pk):
            yield EventPage.objects.get(pk=event.pk)


def _check_not_over(event: EventPage) -> None:
    if event.ends_at and event.ends_at <= timezone.now():
        raise EventPast


def _change(event: EventPage, **values) -> None:
    """Change what readers see, and every version that may be published hereafter."""
    _set(event, values)
    event.clean()
    if event.live:
        event.last_published_at = timezone.now()  # calendars take a later version for a newer one
    event.save(clean=False)
    event.update_aliases()
    to_come = Q(pk__in=[event.latest_revision_id, event.live_revision_id]) | Q(approved_go_live_at__isnull=False)
    for revision in event.revisions.filter(to_come):
        draft = revision.as_object()
        _set(draft, values)
        revision.content = draft.serializable_data()
        revision.save(update_fields=["content"])


def _set(event: EventPage, values: dict) -> None:
    for name, value in values.items():
        setattr(event, name, value)
