"""Two processes that act on what came back, at the same moment."""

import pytest

from newsletter.bounces.inbox import Report, keep
from newsletter.bounces.processing import process
from newsletter.models import ConsentEvent, Feedback, FrozenIssue, Subscriber, Suppression
from tests.factories import make_newsletter
from tests.races import second_after

from .sent import make_delivery, make_run

Kind = Feedback.Kind


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """In place of the usual one, in whose transaction nobody else could look."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def delivery(db, home):
    newsletter = make_newsletter(home)
    run = make_run(newsletter)
    yield make_delivery(run, "lezer@example.org")
    run.delete()
    newsletter.delete()
    for model in (Feedback, FrozenIssue, Subscriber, Suppression):
        model.objects.all().delete()
    ConsentEvent._base_manager.all().delete()


def report(delivery, kind, about):
    keep(Report(kind, about, delivery_id=delivery.pk))
    return Feedback.objects.select_related("delivery").order_by("-pk").first()


def test_one_report_is_acted_upon_once(delivery):
    one = report(delivery, Kind.HARD_BOUNCE, "a mail")
    same = Feedback.objects.select_related("delivery").get()
    assert second_after(lambda: process(one), lambda: process(same)) is None
    assert Subscriber.objects.get().hard_bounces == 1


def test_two_reports_of_one_mail_count_once(delivery):
    one, other = (report(delivery, Kind.HARD_BOUNCE, about) for about in ("a mail", "an event"))
    assert second_after(lambda: process(one), lambda: process(other)) is None
    assert Subscriber.objects.get().hard_bounces == 1
    assert not Feedback.objects.filter(processed_at=None).exists()


def test_the_same_report_coming_in_twice_is_written_down_once(delivery):
    def come_in():
        keep(Report(Kind.COMPLAINT, "a mail", delivery_id=delivery.pk))

    assert second_after(come_in, come_in) is None
    assert Feedback.objects.count() == 1
