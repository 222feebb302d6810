"""Lifting what a region published to the national site: its editors put it forward, the national editors decide.

A page has one nomination at most that is open or accepted; the database sees to that. An accepted one is on the
shortlist, from which the homepage and the newsletter are made, for as long as its page is online.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Page

from cms.models import BasePage, PageDocument
from cms.region import REGION_DEPTH
from home.models import Nomination

from . import tasks

State = Nomination.State


class NominationRefused(Exception):
    """What was asked can't be done; ``message`` tells the editor why."""

    message = ""

    def __str__(self):
        return str(self.message)


class NotOnline(NominationRefused):
    message = _("Alleen wat online staat kan worden voorgedragen. Publiceer de pagina eerst.")


class NotAnItem(NominationRefused):
    message = _("Alleen nieuws, bijeenkomsten en inspiratie van een regio kunnen worden voorgedragen.")


class AlreadyNominated(NominationRefused):
    message = _("Deze pagina is al voorgedragen.")


class AlreadyDecided(NominationRefused):
    message = _("Over deze voordracht is al beslist.")


class AnswerMissing(NominationRefused):
    message = _("Schrijf erbij waarom, zodat de regio er iets aan heeft.")


def is_item(page: BasePage) -> bool:
    """Whether ``page`` is of a kind that can be put forward: something of a region that readers see a date of."""
    return page.depth > REGION_DEPTH and getattr(page.specific_class, "is_dated", False)


@transaction.atomic
def nominate(page: BasePage, user, note: str = "") -> Nomination:
    """Put ``page`` forward; raises ``NotAnItem``, ``NotOnline`` or ``AlreadyNominated``.

    The page is locked, so that it can't go offline in between and leave its nomination behind.
    """
    if not is_item(page):
        raise NotAnItem
    locked = Page.objects.select_for_update().filter(pk=page.pk, live=True).values_list("pk", flat=True)
    if not locked.first() or not PageDocument.objects.filter(pk=page.pk).exists():
        raise NotOnline
    try:
        with transaction.atomic():
            nomination = Nomination.objects.create(page_id=page.pk, nominated_by=user, note=note)
    except IntegrityError as error:
        raise AlreadyNominated from error
    log(page, "home.nominate", user=user, data={"note": note})
    return nomination


@transaction.atomic
def accept(nomination: Nomination, user) -> None:
    """Put its page on the shortlist; raises ``AlreadyDecided``."""
    _close(nomination, State.ACCEPTED, user, among=[State.OPEN])
    log(nomination.page, "home.accept_nomination", user=user)


@transaction.atomic
def decline(nomination: Nomination, user, answer: str) -> None:
    """Say no; whoever nominated gets ``answer`` by mail. Raises ``AnswerMissing`` or ``AlreadyDecided``."""
    if not answer.strip():
        raise AnswerMissing
    _close(nomination, State.DECLINED, user, among=[State.OPEN], answer=answer)
    log(nomination.page, "home.decline_nomination", user=user, data={"answer": answer})
    tasks.mail_answer.enqueue(nomination.pk)


@transaction.atomic
def withdraw(nomination: Nomination, user=None) -> None:
    """Take it back, also off the shortlist; raises ``AlreadyDecided``. ``user`` is empty when its page went offline."""
    _close(nomination, State.WITHDRAWN, user, among=Nomination.STANDING)
    log(nomination.page, "home.withdraw_nomination", user=user)


def _close(nomination: Nomination, state: State, user, among, answer: str = "") -> None:
    """One UPDATE, which only one of those who decide at the same moment can win."""
    standing = Nomination.objects.filter(pk=nomination.pk, state__in=among)
    if not standing.update(state=state, decided_by=user, decided_at=timezone.now(), answer=answer):
        raise AlreadyDecided
    nomination.refresh_from_db()
