"""Somebody does something about their subscription while its region goes into another."""

import pytest
from django.db import transaction

from newsletter.models import ConsentEvent, NewsletterIndexPage, Subscriber
from newsletter.subscribing import desk
from newsletter.subscribing.merging import merge_lists
from tests.factories import make_newsletter
from tests.races import second_after

from .subscribers import addresses_on, put_on


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """In place of the usual one, in whose transaction nobody else could look."""
    with django_db_blocker.unblock():
        yield
        for newsletter in NewsletterIndexPage.objects.all():
            newsletter.delete()
        Subscriber.objects.all().delete()
        ConsentEvent._base_manager.all().delete()


def test_who_leaves_while_lists_merge_is_on_neither(noord, zuid):
    here, there = make_newsletter(noord), make_newsletter(zuid)
    subscription = put_on(here, "anna@example.org")
    put_on(here, "bram@example.org")

    def merging():
        merge_lists(noord, zuid, with_content=True)

    assert second_after(merging, lambda: desk.unsubscribe(subscription)) is None
    assert (addresses_on(here), addresses_on(there)) == ([], ["bram@example.org"])


def test_who_left_just_before_lists_merge_is_on_neither(noord, zuid):
    here, there = make_newsletter(noord), make_newsletter(zuid)
    subscription = put_on(here, "anna@example.org")

    @transaction.atomic
    def merging():
        merge_lists(noord, zuid, with_content=True)

    assert second_after(lambda: desk.unsubscribe(subscription), merging) is None
    assert addresses_on(here) == addresses_on(there) == []
