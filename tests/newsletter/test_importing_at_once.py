"""Two editors import the same people in the same moment."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import PageLogEntry

from newsletter.models import ConsentEvent, NewsletterIndexPage, Subscriber, SubscriberImport, Subscription, Suppression
from newsletter.subscribing import importing
from newsletter.subscribing.address_file import AddressFile
from newsletter.subscribing.erasing import erase
from newsletter.subscribing.retention import erase_what_is_over
from tests.factories import make_newsletter
from tests.races import SECONDS, is_kept_out, second_after

from .subscribers import addresses_on, put_on

DAY = datetime.date(2025, 3, 12)


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """In place of the usual one, in whose transaction nobody else could look."""
    with django_db_blocker.unblock():
        yield
        for newsletter in NewsletterIndexPage.objects.all():
            PageLogEntry.objects.filter(page=newsletter.pk).delete()
            newsletter.delete()
        Subscriber.objects.all().delete()
        Suppression.objects.all().delete()
        ConsentEvent._base_manager.all().delete()
        DBTaskResult.objects.all().delete()


@pytest.fixture
def newsletter(home):
    return make_newsletter(home)


def keep(newsletter, *names):
    read = AddressFile([(f"{name}@example.org", DAY) for name in names])
    return importing.keep(newsletter, "lijst.csv", read, wording="Ja.", obtained="Formulier", user=None)


def after(first, second):
    """What ``second`` raises when it comes while ``first`` isn't committed yet."""

    def patiently():
        try:
            importing.carry_out(second.pk, None)
        except importing.ListBusy as busy:  # SQLite doesn't let it begin
            raise busy.__cause__ from busy

    return second_after(lambda: importing.carry_out(first.pk, None), patiently)


def test_two_files_with_the_same_people(newsletter):
    first, second = keep(newsletter, "een", "twee", "drie"), keep(newsletter, "vier", "drie", "twee")

    assert after(first, second) is None
    second.refresh_from_db()
    assert addresses_on(newsletter) == [f"{name}@example.org" for name in ("drie", "een", "twee", "vier")]
    assert (second.added, second.left_out) == (1, 2)
    assert ConsentEvent.objects.count() == 4


def test_same_people_on_two_lists(newsletter, noord):
    other = make_newsletter(noord)
    first, second = keep(newsletter, "een", "twee"), keep(other, "twee", "een")

    assert after(first, second) is None
    assert addresses_on(newsletter) == addresses_on(other) == ["een@example.org", "twee@example.org"]
    assert (Subscriber.objects.count(), Subscription.objects.count()) == (2, 4)


def test_one_file_twice(newsletter):
    planned = keep(newsletter, "een", "twee")

    assert isinstance(after(planned, planned), importing.AlreadyImported)
    assert ConsentEvent.objects.count() == 2


def erasing(name):
    return lambda: erase(Subscriber.objects.get(email=f"{name}@example.org"))


def test_two_who_are_erased_at_once_are_both_struck_from_a_file(newsletter):
    put_on(newsletter, "een@example.org")
    put_on(newsletter, "twee@example.org")
    planned = keep(newsletter, "een", "twee", "drie")

    assert second_after(erasing("een"), erasing("twee")) is None
    planned.refresh_from_db()
    assert [address for address, _day in planned.rows] == ["drie@example.org"]


def test_who_is_erased_while_a_file_is_imported_does_not_bring_its_addresses_back(newsletter):
    put_on(newsletter, "een@example.org")
    planned = keep(newsletter, "een", "twee")

    assert second_after(lambda: importing.carry_out(planned.pk, None), erasing("een")) is None
    planned.refresh_from_db()
    assert planned.done_at
    assert planned.rows == []
    assert addresses_on(newsletter) == ["twee@example.org"]


def test_who_is_forgotten_while_a_file_is_imported_waits_for_it_and_not_the_other_way_round(newsletter):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time: nobody waits in a circle")
    long_ago = timezone.now() - datetime.timedelta(days=400)
    put_on(newsletter, "een@example.org", "ended", ended_at=long_ago)
    planned = keep(newsletter, "een", "twee")

    with ThreadPoolExecutor(1) as elsewhere:
        with transaction.atomic():
            SubscriberImport.objects.select_for_update().get(pk=planned.pk)  # as an import begins
            forgetting = elsewhere.submit(forget)
            assert is_kept_out(Event())
            importing.carry_out(planned.pk, None)
        assert forgetting.exception(SECONDS) is None

    assert addresses_on(newsletter) == ["twee@example.org"]
    assert not Subscriber.objects.filter(email="een@example.org").exists()


def forget():
    try:
        erase_what_is_over()
    finally:
        connection.close()
