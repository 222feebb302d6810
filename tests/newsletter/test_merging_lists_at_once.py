"""Somebody does something about a subscription or an issue while its region goes into another."""

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.models import Collection

from cms.models import User
from newsletter.models import ConsentEvent, FrozenIssue, NewsletterIndexPage, SendRun, Subscriber
from newsletter.sending import desk as sending
from newsletter.sending.refusals import NumberChanged
from newsletter.subscribing import desk
from newsletter.subscribing.merging import merge_lists
from regions import lifecycle
from regions.models import RegionPage
from tests.factories import make_issue, make_newsletter, make_region
from tests.races import second_after

from .blocks import text
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


@pytest.fixture
def regions(db):
    """Two of which the first may go into the second; each has a newsletter with one subscriber."""
    both = [make_region("Eerste", slug="eerste"), make_region("Tweede", slug="tweede")]
    for region in both:
        put_on(make_newsletter(region), f"{region.slug}@example.org")
    yield both
    SendRun.objects.all().delete()
    FrozenIssue.objects.all().delete()
    RegionPage.objects.update(merged_into=None)
    for region in both:
        RegionPage.objects.get(pk=region.pk).delete()
        Collection.objects.get(pk=region.access.collection_id).delete()


def issue_of(region):
    issue = make_issue(NewsletterIndexPage.objects.child_of(region).get(), [text("<p>Dag.</p>")], slug="nummer")
    issue.save_revision()
    return issue


def request(issue):
    editor = User.objects.get(email="landelijk@example.org")
    sending.request(issue, editor, send_at=timezone.now(), on_doubt=SendRun.OnDoubt.RESEND, expected=1)


@pytest.mark.parametrize("number", [0, 1])
def test_lists_stay_apart_when_an_issue_of_one_was_asked_for_just_before(regions, number):
    issue = issue_of(regions[number])

    refusal = second_after(lambda: request(issue), lambda: lifecycle.merge(*regions, with_content=True))

    assert isinstance(refusal, lifecycle.Refused)
    assert [len(addresses_on(newsletter)) for newsletter in NewsletterIndexPage.objects.all()] == [1, 1]


@pytest.mark.parametrize("number", [0, 1])
def test_who_asks_for_an_issue_while_lists_merge_reads_how_many_there_are_now(regions, number):
    issue = issue_of(regions[number])

    refusal = second_after(lambda: lifecycle.merge(*regions, with_content=True), lambda: request(issue))

    assert isinstance(refusal, NumberChanged)
    assert refusal.number == 2


def test_lists_stay_apart_when_mails_in_doubt_were_sent_again_just_before(regions):
    issue = issue_of(regions[0])
    request(issue)
    SendRun.objects.update(state=SendRun.State.ATTENTION)
    run, editor = SendRun.objects.get(), User.objects.get(email="landelijk@example.org")

    def settle():
        sending.settle_doubt(run, editor, resend=True)

    assert isinstance(second_after(settle, lambda: lifecycle.merge(*regions, with_content=True)), lifecycle.Refused)
    assert [len(addresses_on(newsletter)) for newsletter in NewsletterIndexPage.objects.all()] == [1, 1]


def test_who_left_just_before_lists_merge_is_on_neither(noord, zuid):
    here, there = make_newsletter(noord), make_newsletter(zuid)
    subscription = put_on(here, "anna@example.org")

    @transaction.atomic
    def merging():
        merge_lists(noord, zuid, with_content=True)

    assert second_after(lambda: desk.unsubscribe(subscription), merging) is None
    assert addresses_on(here) == addresses_on(there) == []
