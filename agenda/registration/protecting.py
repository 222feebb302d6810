"""What an editor can't do to an event while people are registered for it, because they would be lost or misled."""

import datetime
from typing import NamedTuple

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from cms.models import DocumentState


class Loss(NamedTuple):
    """What ``field`` of the event would do; ``pk`` is of the session or question that would go."""

    field: str
    message: str
    pk: int | None = None


def losses(event, session_ids: set[int], question_ids: set[int]) -> list[Loss]:
    """What would be lost if ``event`` were as it is in memory, with only these of its sessions and questions.

    Nothing while nobody stands; of an event that is over only what people chose and answered.
    """
    kept = type(event).objects.defer_streamfields().filter(pk=event.pk).first() if event.pk else None
    people = kept.registrations.active().count() if kept else 0
    if not people:
        return []
    found = [*_lost_sessions(kept, session_ids), *_lost_questions(kept, question_ids)]
    return found if _is_over(kept) else [*_misleading(event, kept, people), *found]


def keep_visitors_out(event) -> None:
    """Until the transaction ends, for an editor who is about to publish ``event``: nobody comes after ``losses``.

    Its page and the documents first, as for all who change pages; then in the order of ``locking``.
    """
    list(Page.objects.select_for_update().filter(pk=event.pk).values_list("pk"))
    DocumentState.renew()
    sessions = apps.get_model("agenda.EventSession").objects.select_for_update().filter(event=event.pk)
    list(sessions.order_by("pk").values_list("pk"))
    list(type(event).objects.select_for_update().filter(pk=event.pk).values_list("pk"))


def check_kept(event) -> None:
    """Raises ``ValidationError`` when ``event``, as it is in memory, can't go online without losing something."""
    sessions = {session.pk for session in event.sessions.all()}
    questions = {question.pk for question in event.questions.all()}
    if found := losses(event, sessions, questions):
        raise ValidationError([loss.message for loss in found])


def keep_session(instance, origin, **kwargs) -> None:
    """Raises ``ValidationError`` when a session would go alone and somebody has a place there, or waits for one.

    Whatever takes it away, and however late they came: nobody registers any more once its event is being saved.
    """
    people = instance.registrations.active().count()
    if people and origin is instance:
        raise ValidationError(_lost_session(instance, people).message)


def people_below(page) -> int:
    """How many are registered for ``page`` and events below it that aren't over."""
    registration = apps.get_model("agenda.Registration")
    events = apps.get_model("agenda.EventPage").objects.filter(path__startswith=page.path).defer_streamfields()
    with_people = events.filter(registrations__state__in=registration.ACTIVE).distinct()
    coming = [event.pk for event in with_people if not _is_over(event)]
    return registration.objects.active().filter(event__in=coming).count()


def keep_region_open(region, **kwargs) -> None:
    """Raises ``ValidationError`` when people are to come to events that would go offline with ``region``."""
    if people := people_below(region):
        rest = _("Sluiten kan pas na afloop.")
        raise ValidationError(f"{in_words(people)} {rest}")


def in_words(people: int) -> str:
    return ngettext("Er is %d persoon aangemeld.", "Er zijn %d mensen aangemeld.", people) % people


def _is_over(event) -> bool:
    return bool(event.ends_at and event.ends_at <= timezone.now())


def _misleading(event, kept, people: int) -> list[Loss]:
    found = []
    if kept.registers_here and not event.registers_here:
        rest = _("Aanmelden blijft daarom op deze site. Wilt u niemand meer? Vul in tot wanneer aanmelden kan.")
        found.append(Loss("registration_mode", f"{in_words(people)} {rest}"))
    rest = _("Kies bij Acties ‘Verzetten’; dan krijgt iedereen bericht.")
    for name in ("start", "end"):
        if _minute(getattr(event, name)) != _minute(getattr(kept, name)):
            found.append(Loss(name, f"{in_words(people)} {rest}"))
    return found


def _minute(moment: datetime.datetime | None) -> datetime.datetime | None:
    """Forms know no seconds."""
    return moment and moment.replace(second=0, microsecond=0)


def _lost_sessions(kept, session_ids: set[int]) -> list[Loss]:
    of_people = Count("registrations", filter=Q(registrations__state__in=apps.get_model("agenda.Registration").ACTIVE))
    sessions = apps.get_model("agenda.EventSession").objects.filter(event=kept.pk).exclude(pk__in=session_ids)
    return [
        _lost_session(session, session.people) for session in sessions.annotate(people=of_people).filter(people__gt=0)
    ]


def _lost_session(session, people: int) -> Loss:
    rest = _("Geef eerst iedereen een andere sessie; dan kan deze weg.")
    return Loss("sessions", f"‘{session}’: {in_words(people)} {rest}", session.pk)


def _lost_questions(kept, question_ids: set[int]) -> list[Loss]:
    answers = apps.get_model("agenda.Answer").objects.filter(registration__in=kept.registrations.active())
    questions = apps.get_model("agenda.EventQuestion").objects.filter(event=kept.pk, pk__in=answers.values("question"))
    rest = _("Op deze vraag is al geantwoord. De antwoorden worden na de bijeenkomst vanzelf gewist.")
    return [
        Loss("questions", f"‘{question}’: {rest}", question.pk) for question in questions.exclude(pk__in=question_ids)
    ]
