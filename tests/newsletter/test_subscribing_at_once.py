"""Two who do something about the same address at the same moment."""

import pytest
from django_tasks_db.models import DBTaskResult

from cms.models import Tally
from newsletter.models import ConsentEvent, Subscriber, SubscriberMail, Subscription, Suppression
from newsletter.subscribing import desk, suppression
from newsletter.subscribing.addresses import hash_of
from newsletter.subscribing.erasing import erase
from newsletter.subscribing.refusals import NothingAsked
from tests.factories import make_newsletter
from tests.races import second_after

from .subscribers import put_on
from .subscribing import ask, send_mails, state_of, token_in

READER = "lezer@example.org"


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """In place of the usual one, in whose transaction nobody else could look."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def newsletter(db, home):
    newsletter = make_newsletter(home)
    yield newsletter
    newsletter.delete()
    for model in (Subscriber, Suppression, DBTaskResult, Tally):
        model.objects.all().delete()
    ConsentEvent._base_manager.all().delete()


def asking(newsletter):
    return lambda: ask(READER, newsletter)


def test_two_who_ask_for_the_same_get_one_mail(newsletter, mailoutbox):
    assert second_after(asking(newsletter), asking(newsletter)) is None

    assert Subscription.objects.count() == 1
    assert len(send_mails(mailoutbox)) == 1
    assert not SubscriberMail.objects.filter(state="waiting").exists()


def test_two_who_ask_again_within_the_hour_get_no_mail_now_and_one_later(newsletter, mailoutbox):
    ask(READER, newsletter)
    send_mails(mailoutbox)

    assert second_after(asking(newsletter), asking(newsletter)) is None

    assert send_mails(mailoutbox) == []
    assert SubscriberMail.objects.filter(state="waiting").count() == 1


def test_who_asks_for_preferences_twice_gets_one_mail(newsletter, mailoutbox):
    put_on(newsletter, READER)

    def ask_for_preferences():
        desk.ask_for_preferences(READER)

    assert second_after(ask_for_preferences, ask_for_preferences) is None
    assert len(send_mails(mailoutbox)) == 1


def test_link_opened_by_two_confirms_once(newsletter, mailoutbox):
    ask(READER, newsletter)
    token = token_in(send_mails(mailoutbox)[0])

    assert second_after(lambda: desk.confirm(token, None), lambda: desk.confirm(token, None)) is None

    assert state_of(READER, newsletter) == "active"
    assert ConsentEvent.objects.filter(kind="confirmed").count() == 1


def test_who_leaves_while_confirming_has_left(newsletter, mailoutbox):
    ask(READER, newsletter)
    token = token_in(send_mails(mailoutbox)[0])
    subscription = Subscription.objects.get()

    assert second_after(lambda: desk.confirm(token, None), lambda: desk.unsubscribe(subscription)) is None
    assert state_of(READER, newsletter) == "ended"


def test_nobody_confirms_what_is_being_left(newsletter, mailoutbox):
    ask(READER, newsletter)
    token = token_in(send_mails(mailoutbox)[0])
    subscription = Subscription.objects.get()

    refusal = second_after(lambda: desk.unsubscribe(subscription), lambda: desk.confirm(token, None))

    assert isinstance(refusal, NothingAsked)
    assert state_of(READER, newsletter) == "ended"


def test_asking_while_everything_is_erased_begins_anew(newsletter):
    subscriber = put_on(newsletter, READER).subscriber

    assert second_after(lambda: erase(subscriber), asking(newsletter)) is None

    assert Subscriber.objects.get().pk != subscriber.pk
    assert state_of(READER, newsletter) == "pending"


@pytest.mark.parametrize("action", ["leave", "choose", "complain", "erase"])
def test_nothing_goes_wrong_after_everything_is_erased(newsletter, action):
    subscription = put_on(newsletter, READER)
    subscriber = subscription.subscriber
    actions = {
        "leave": lambda: desk.unsubscribe(subscription),
        "choose": lambda: desk.change(subscriber, [newsletter]),
        "complain": lambda: desk.end_for_complaint(subscriber),
        "erase": lambda: erase(subscriber),
    }

    error = second_after(lambda: erase(Subscriber.objects.get()), actions[action])

    assert error is None or (action == "choose" and isinstance(error, Subscriber.DoesNotExist))
    assert not Subscriber.objects.exists()
    assert not Subscription.objects.exists()


def test_address_is_suppressed_once_and_for_the_graver_reason(newsletter):
    address_hash = hash_of(READER)

    def suppress(reason):
        return lambda: suppression.suppress(address_hash, reason)

    first, second = suppress(Suppression.Reason.BOUNCES), suppress(Suppression.Reason.COMPLAINT)
    assert second_after(first, second) is None
    assert Suppression.objects.get().reason == "complaint"
