"""What the clock does for registrations, each minute."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from agenda.models import EventPage, OutgoingMail
from agenda.registration.tasks import send_mails
from cms import outbox

from .registering import make_event_with_an_offer, make_open_event, register, states_in_order

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def test_clock_passes_places_on_reminds_and_erases(noord):
    offers = make_event_with_an_offer(noord)
    grown = make_open_event(noord, capacity=1)
    register(grown), register(grown)
    EventPage.objects.filter(pk=grown.pk).update(capacity=2)
    soon, over = make_open_event(noord), make_open_event(noord)
    visitor, _gone = register(soon), register(over)
    OutgoingMail.objects.update(created_at=timezone.now() - 100 * HOUR)
    EventPage.objects.filter(pk=soon.pk).update(start=timezone.now() + HOUR)
    long_ago = timezone.now() - 2_000 * HOUR
    EventPage.objects.filter(pk=over.pk).update(start=long_ago, end=long_ago + HOUR)

    call_command("clock", once=True)

    assert states_in_order(offers) == ["cancelled", "expired", "offered"]
    assert states_in_order(grown) == ["confirmed", "offered"]
    assert [*visitor.mails.values_list("kind", flat=True)] == ["confirmed", "reminder"]
    assert states_in_order(over) == []


def test_clock_tells_the_messenger_of_mails_that_are_due_again(noord):
    told = DBTaskResult.objects.filter(task_path=send_mails.module_path)
    outbox.claim(register(make_open_event(noord)).mails.get())
    told.delete()

    call_command("clock", once=True)
    assert not told.exists()
    OutgoingMail.objects.update(next_attempt_at=timezone.now())
    call_command("clock", once=True)
    call_command("clock", once=True)

    assert told.count() == 1
