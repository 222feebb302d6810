"""Events that are really committed, for tests with several connections; what they leave is taken away."""

from django_tasks_db.models import DBTaskResult

from agenda.models import EventPage, Registration


def take_away(event: EventPage) -> None:
    """The event with all that came of it: what stays would be met by the tests that come after."""
    Registration.objects.filter(event=event.pk).delete()
    EventPage.objects.get(pk=event.pk).delete()
    DBTaskResult.objects.all().delete()
