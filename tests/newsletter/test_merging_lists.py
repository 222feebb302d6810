"""A region with a newsletter goes into another: who is on which list then, and what the log of consents says."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from newsletter.models import (
    ConsentEvent,
    Delivery,
    FrozenIssue,
    NewsletterIndexPage,
    NewsletterPage,
    SendRun,
    SubscriberImport,
    Subscription,
    Suppression,
)
from newsletter.sending import audience, preparing
from newsletter.subscribing import desk, importing, suppression
from newsletter.subscribing.address_file import AddressFile
from newsletter.subscribing.erasing import erase
from newsletter.subscribing.merging import merge_lists
from regions import lifecycle
from regions.models import RegionPage
from regions.signals import region_merged
from tests.factories import make_newsletter

from .runs import make_frozen, subscribe_all
from .subscribers import addresses_on, put_on
from .subscribing import ask, consents, send_mails, state_of, token_in

SINCE = timezone.make_aware(datetime.datetime(2025, 3, 12, 9, 30))


@pytest.fixture
def here(noord):
    return make_newsletter(noord, "Noorderlicht", slug="noorderlicht")


@pytest.fixture
def there(zuid):
    return make_newsletter(zuid, "Zuidenwind", slug="zuidenwind")


def region(page):
    return RegionPage.objects.get(pk=page.pk)


def merge(noord, zuid, with_content=True):
    return lifecycle.merge(region(noord), region(zuid), with_content)


def test_who_is_on_the_list_comes_on_the_other_one(noord, zuid, here, there):
    subscription = put_on(here, "anna@example.org", confirmed_at=SINCE)
    put_on(there, "bram@example.org")

    merge(noord, zuid)

    assert addresses_on(there) == ["anna@example.org", "bram@example.org"]
    assert addresses_on(here) == []
    subscription.refresh_from_db()
    assert (subscription.newsletter_id, subscription.confirmed_at) == (there.pk, SINCE)


def test_log_says_from_where_and_that_nobody_asked(noord, zuid, here, there):
    put_on(here, "anna@example.org", confirmed_at=SINCE)

    merge(noord, zuid)

    event = ConsentEvent.objects.get()
    assert event.kind == "moved"
    assert "zonder het opnieuw te vragen" in event.get_kind_display()
    assert event.newsletter_id == there.pk
    assert event.source == "Stond op ‘Noorderlicht’ van Noord, die opging in Zuid"
    assert (event.wording, event.client_address) == ("", None)
    assert timezone.now() - event.at < datetime.timedelta(minutes=1)


def test_link_in_an_old_mail_takes_them_off_the_list_that_they_are_on_now(noord, zuid, here, there):
    subscription = put_on(here, "anna@example.org")
    merge(noord, zuid)

    desk.unsubscribe(Subscription.objects.get(public_id=subscription.public_id))

    assert addresses_on(there) == []
    assert consents("anna@example.org") == ["moved", "withdrawn"]


def test_who_is_on_both_stays_once(noord, zuid, here, there):
    put_on(here, "anna@example.org")
    put_on(there, "anna@example.org", confirmed_at=SINCE)

    merge(noord, zuid)

    assert addresses_on(there) == ["anna@example.org"]
    assert there.subscriptions.get().confirmed_at == SINCE
    assert state_of("anna@example.org", here) == "ended"
    event = ConsentEvent.objects.get()
    assert (event.kind, event.newsletter_id) == ("dissolved", here.pk)


def test_who_left_there_stays_out(noord, zuid, here, there):
    put_on(here, "anna@example.org")
    desk.unsubscribe(put_on(there, "anna@example.org"))

    merge(noord, zuid)

    assert addresses_on(there) == []
    assert state_of("anna@example.org", here) == state_of("anna@example.org", there) == "ended"


def test_who_left_there_stays_out_though_erased_since(noord, zuid, here, there):
    erase(put_on(there, "anna@example.org").subscriber)
    Suppression.objects.all().delete()
    put_on(here, "anna@example.org")

    merge(noord, zuid)

    assert addresses_on(there) == addresses_on(here) == []


@pytest.mark.parametrize("reason", Suppression.Reason.values)
def test_who_is_blocked_stays_out(noord, zuid, here, there, reason):
    subscription = put_on(here, "anna@example.org")
    suppression.suppress(subscription.subscriber.address_hash, Suppression.Reason(reason))

    merge(noord, zuid)

    assert addresses_on(there) == addresses_on(here) == []
    assert audience.count(there).suppressed == 0


def test_who_asked_for_the_other_one_too_has_it_now(noord, zuid, here, there, mailoutbox):
    put_on(here, "anna@example.org")
    ask("anna@example.org", there)

    merge(noord, zuid)

    assert addresses_on(there) == ["anna@example.org"]


def test_what_nobody_confirmed_lapses(noord, zuid, here, there, mailoutbox):
    ask("anna@example.org", here)
    token = token_in(send_mails(mailoutbox)[0])

    merge(noord, zuid)

    with pytest.raises(desk.NothingAsked):
        desk.confirm(token, None)
    assert not here.subscriptions.exists()
    assert not there.subscriptions.exists()


def test_file_that_was_read_for_the_list_is_thrown_away(noord, zuid, here, there):
    read = AddressFile([("anna@example.org", datetime.date(2025, 3, 12))])
    importing.keep(here, "lijst.csv", read, wording="Ja.", obtained="Formulier", user=None)

    merge(noord, zuid)

    assert not SubscriberImport.objects.exists()


def test_what_was_sent_goes_along(noord, zuid, here, there):
    run = SendRun.objects.create(frozen=make_frozen(here), newsletter=here, state="done")

    merge(noord, zuid)

    run.refresh_from_db()
    assert run.newsletter_id == there.pk
    assert NewsletterPage.objects.get().get_parent().pk == there.pk


def test_newsletter_on_its_way_keeps_the_regions_apart(noord, zuid, here, there):
    SendRun.objects.create(frozen=make_frozen(here), newsletter=here, state="scheduled")

    with pytest.raises(lifecycle.Refused, match="onderweg"):
        lifecycle.plan_merge(region(noord), region(zuid), True)
    assert lifecycle.plan_merge(region(noord), region(zuid), False)


@pytest.mark.parametrize("is_of_source", [True, False])
def test_old_issue_goes_to_those_it_was_for_and_who_come_later(noord, zuid, here, there, is_of_source):
    """And to nobody for whom another list brought it, or brought them."""
    own, other = (here, there) if is_of_source else (there, here)
    has_it, refused, both = (put_on(own, f"{name}@example.org") for name in ("heeft", "geweigerd", "beide"))
    put_on(other, "beide@example.org")
    run = SendRun.objects.create(frozen=make_frozen(own), newsletter=own, state="done")
    for one, state in ((has_it, "accepted"), (refused, "rejected"), (both, "accepted")):
        address_hash = one.subscriber.address_hash
        Delivery.objects.create(run=run, subscriber=one.subscriber, address_hash=address_hash, state=state)
    put_on(other, "vreemd@example.org")
    put_on(other, "nieuw@example.org")  # after it was sent, and before the lists became one

    merge(noord, zuid)

    frozen = FrozenIssue.objects.get()
    found = audience.count(there, frozen)
    assert addresses_to_get(there, frozen) == ["geweigerd@example.org"]
    assert (found.recipients, found.had, found.elsewhere) == (1, 2, 2)
    put_on(there, "later@example.org")
    assert addresses_to_get(there, frozen) == ["geweigerd@example.org", "later@example.org"]
    following = SendRun.objects.create(frozen=frozen, newsletter=there, state="preparing", confirmed_until=later())
    preparing.prepare(following.pk)
    assert list(following.deliveries.values_list("subscriber__email", flat=True).order_by("subscriber__email")) == [
        "geweigerd@example.org",
        "later@example.org",
    ]


def test_new_issue_goes_to_all_on_both_lists(noord, zuid, here, there):
    put_on(here, "anna@example.org")
    put_on(there, "bram@example.org")
    SendRun.objects.create(frozen=make_frozen(there), newsletter=there, state="done")

    merge(noord, zuid)

    assert addresses_to_get(there, make_frozen(there)) == ["anna@example.org", "bram@example.org"]


def addresses_to_get(newsletter, frozen):
    return sorted(audience.candidates(newsletter, frozen).values_list("subscriber__email", flat=True))


def later():
    return timezone.now() + datetime.timedelta(minutes=1)


def test_newsletter_on_its_way_to_the_list_that_grows_keeps_the_regions_apart(noord, zuid, there):
    SendRun.objects.create(frozen=make_frozen(there), newsletter=there, state="draft")
    assert lifecycle.plan_merge(region(noord), region(zuid), True)

    make_newsletter(noord)

    with pytest.raises(lifecycle.Refused, match="onderweg"):
        lifecycle.plan_merge(region(noord), region(zuid), True)
    assert lifecycle.plan_merge(region(noord), region(zuid), False)


def test_newsletter_moves_with_its_list_where_there_is_none(noord, zuid, here):
    put_on(here, "anna@example.org")

    plan = merge(noord, zuid)

    assert NewsletterIndexPage.objects.get().get_parent().pk == zuid.pk
    assert addresses_on(here) == ["anna@example.org"]
    assert plan.notes == ("Zuid heeft geen nieuwsbrief: ‘Noorderlicht’ verhuist met haar lijst. Abonnees: 1.",)
    assert not ConsentEvent.objects.exists()


def test_list_stays_where_content_stays(noord, zuid, here, there):
    put_on(here, "anna@example.org")

    plan = merge(noord, zuid, with_content=False)

    assert addresses_on(here) == ["anna@example.org"]
    assert addresses_on(there) == []
    assert plan.notes == ("‘Noorderlicht’ blijft een eigen nieuwsbrief, met haar eigen lijst. Abonnees: 1.",)


def test_region_without_newsletter_says_nothing_of_it(noord, zuid, there):
    assert merge(noord, zuid).notes == ()


def test_editor_reads_how_many_before_it_happens(client, national, noord, zuid, here, there):
    put_on(here, "anna@example.org")
    put_on(here, "bram@example.org")
    put_on(there, "bram@example.org")
    put_on(here, "cor@example.org", state="pending")
    client.force_login(national)

    response = client.post(reverse("region_merge", args=[noord.pk]), {"into": zuid.pk, "content": "move"})

    shown = response.content.decode()
    assert "Abonnees van ‘Noorderlicht’ die, zonder bericht, overgaan naar ‘Zuidenwind’: 1." in shown
    assert "staan er al op, schreven zich daar uit of zijn geblokkeerd): 1." in shown
    assert "nog bevestigd moesten worden en vervallen: 1." in shown
    assert addresses_on(here) == ["anna@example.org", "bram@example.org"]


def test_nothing_moves_when_merging_fails_after_all(noord, zuid, here, there):
    def fail(**kwargs):
        assert addresses_on(there) == ["anna@example.org"]
        raise ValidationError("Toch niet.")

    put_on(here, "anna@example.org")
    region_merged.connect(fail)
    try:
        with pytest.raises(ValidationError):
            merge(noord, zuid)
    finally:
        region_merged.disconnect(fail)

    assert addresses_on(here) == ["anna@example.org"]
    assert not ConsentEvent.objects.exists()


def test_list_of_thousands_moves_in_a_few_statements(noord, zuid, here, there, django_assert_max_num_queries):
    subscribe_all(here, 2_500)

    with django_assert_max_num_queries(100):
        merge_lists(region(noord), region(zuid), with_content=True)

    assert there.subscriptions.active().count() == ConsentEvent.objects.count() == 2_500
