"""Who gets on a list and off it, by which mails, and what is written down of it."""

import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newsletter.models import ConsentEvent, Subscriber, SubscriberMail, Subscription, Suppression
from newsletter.subscribing import desk, suppression, tokens
from newsletter.subscribing.addresses import hash_of
from newsletter.subscribing.refusals import AddressBlocked, NothingAsked
from tests.agenda.registering import make_open_event, register
from tests.factories import make_newsletter

from .subscribers import put_on
from .subscribing import ask, consents, path_in, send_mails, state_of, token_in

pytestmark = pytest.mark.django_db
READER = "lezer@example.org"
MINUTE = datetime.timedelta(minutes=1)
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
START = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture
def regional(noord):
    return make_newsletter(noord, "Nieuwsbrief van Noord")


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def asked_token(mailbox, *newsletters):
    """The token in the mail that asks ``READER`` to confirm these."""
    ask(READER, *newsletters)
    (mail,) = send_mails(mailbox)
    return token_in(mail)


def test_each_step_is_written_down(newsletter, mailoutbox):
    token = asked_token(mailoutbox, newsletter)
    (subscription,) = desk.confirm(token, "2001:db8::")
    desk.unsubscribe(subscription, client_address="192.0.2.9")

    said = ConsentEvent.objects.values_list("kind", "source", "client_address", "newsletter_title")
    assert [*said] == [
        ("requested", "De site", "192.0.2.7", newsletter.title),
        ("confirmed", "De link in de mail", "2001:db8::", newsletter.title),
        ("withdrawn", "De link in de nieuwsbrief", "192.0.2.9", newsletter.title),
    ]
    requested = ConsentEvent.objects.first()
    assert requested.wording.startswith("Ja, ik wil de nieuwsbrieven ontvangen")
    assert requested.wording_version == "2026-11"
    assert requested.address_hash == hash_of(READER)


def test_upper_and_lower_case_are_one_address(newsletter):
    ask("Lezer@Example.org", newsletter)
    ask(READER, newsletter)

    assert Subscriber.objects.get().email == "Lezer@Example.org"
    assert Subscription.objects.count() == 1


def test_mail_in_text_and_html_says_what_is_asked_and_nothing_that_was_typed(newsletter, regional, mailoutbox):
    ask(READER, regional, newsletter)
    (mail,) = send_mails(mailoutbox)
    html = mail.alternatives[0].content

    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"
    assert mail.extra_headers["Message-ID"].startswith("<abonnement-")
    assert mail.body.index("- Nieuwsbrief STO") < mail.body.index("- Nieuwsbrief van Noord")
    for text in (mail.body, html):
        assert path_in(mail) in text
        assert "na zeven dagen" in text
        assert READER not in text
    assert "<li>" not in html
    assert html.count("<a ") == 1


def test_newsletters_of_one_title_are_told_apart_by_their_regions(newsletter, noord, zuid, mailoutbox):
    ask(READER, make_newsletter(noord, "Nieuwsbrief"), make_newsletter(zuid, "Nieuwsbrief"))
    (mail,) = send_mails(mailoutbox)

    assert "- Nieuwsbrief (Noord)\n- Nieuwsbrief (Zuid)\n" in mail.body


def test_confirmed_link_works_again_and_the_one_of_before_leaving_does_not(newsletter, mailoutbox, clock):
    token = asked_token(mailoutbox, newsletter)
    for _ in range(2):
        (subscription,) = desk.confirm(token, None)
    desk.unsubscribe(subscription)

    with pytest.raises(NothingAsked):
        desk.confirm(token, None)
    clock.shift(HOUR)
    later = asked_token(mailoutbox, newsletter)
    with pytest.raises(NothingAsked):
        desk.confirm(token, None)
    assert state_of(READER, newsletter) == "pending"
    desk.confirm(later, None)
    assert state_of(READER, newsletter) == "active"


def test_asking_again_keeps_the_link_of_the_first_mail(newsletter, mailoutbox):
    token = asked_token(mailoutbox, newsletter)
    ask(READER, newsletter)

    desk.confirm(token, None)
    assert state_of(READER, newsletter) == "active"


def test_link_confirms_only_what_its_mail_names(newsletter, regional, mailoutbox, clock):
    token = asked_token(mailoutbox, newsletter)
    ask(READER, regional)

    desk.confirm(token, None)

    assert (state_of(READER, newsletter), state_of(READER, regional)) == ("active", "pending")
    clock.shift(HOUR)
    (mail,) = send_mails(mailoutbox)
    assert regional.title in mail.body
    assert newsletter.title not in mail.body


def test_link_in_a_mail_works_for_seven_days(newsletter, mailoutbox, clock):
    token = asked_token(mailoutbox, newsletter)

    clock.move_to(START + 7 * DAY)
    assert desk.asked_by(token)
    clock.shift(datetime.timedelta(seconds=1))
    with pytest.raises(NothingAsked):
        desk.confirm(token, None)


def test_link_to_preferences_works_for_a_day_and_that_to_leave_for_ever(newsletter, clock):
    subscription = put_on(newsletter)
    preferences = tokens.preferences_token(subscription.subscriber.public_id)
    leaving = tokens.unsubscribe_token(subscription.public_id)

    clock.move_to(START + DAY)
    assert tokens.read_preferences_token(preferences) == subscription.subscriber.public_id
    clock.shift(datetime.timedelta(seconds=1))
    with pytest.raises(tokens.WrongToken):
        tokens.read_preferences_token(preferences)
    clock.shift(4_000 * DAY)
    assert tokens.read_unsubscribe_token(leaving) == subscription.public_id


def sent_each_hour(mailbox, clock, hours, ask_for):
    """In which hours a mail came, when somebody asks three times in each."""
    found = []
    for hour in range(hours):
        for minute in (0, 1, 30):
            clock.move_to(START + hour * HOUR + minute * MINUTE)
            ask_for()
            found += [hour for _ in send_mails(mailbox)]
    return found


@pytest.mark.parametrize("state", ["pending", "active"])
def test_address_gets_a_mail_an_hour_and_three_a_day_however_often_one_asks(newsletter, mailoutbox, clock, state):
    put_on(newsletter, READER, state)

    assert sent_each_hour(mailoutbox, clock, 27, lambda: ask(READER, newsletter)) == [0, 1, 2, 24, 25, 26]


def test_link_to_preferences_comes_once_an_hour_and_three_times_a_day(newsletter, mailoutbox, clock):
    put_on(newsletter, READER)

    asking = sent_each_hour(mailoutbox, clock, 27, lambda: desk.ask_for_preferences(READER))
    assert asking == [0, 1, 2, 24, 25, 26]


def test_mail_that_came_too_soon_is_sent_when_it_may_be(newsletter, regional, mailoutbox, clock):
    ask(READER, newsletter)
    assert len(send_mails(mailoutbox)) == 1
    clock.shift(MINUTE)
    ask(READER, regional)
    assert send_mails(mailoutbox) == []

    clock.move_to(START + HOUR)
    call_command("clock", once=True)
    (mail,) = send_mails(mailoutbox)
    assert newsletter.title in mail.body
    assert regional.title in mail.body


def test_mail_that_nothing_waits_for_any_more_is_not_sent(newsletter, mailoutbox, clock):
    token = asked_token(mailoutbox, newsletter)
    ask(READER, newsletter)
    desk.confirm(token, None)

    clock.shift(HOUR)
    assert send_mails(mailoutbox) == []
    assert SubscriberMail.objects.get(state="outdated").last_error.startswith("Niet meer nodig")


def test_who_is_on_a_list_hears_that_and_nothing_changes(newsletter, mailoutbox):
    put_on(newsletter, READER)
    ask(READER, newsletter)
    (mail,) = send_mails(mailoutbox)

    assert mail.subject.startswith("U bent al ingeschreven")
    assert path_in(mail).startswith("/abonnement/voorkeuren/")
    assert state_of(READER, newsletter) == "active"


@pytest.mark.parametrize("reason", ["bounces", "erased"])
def test_confirming_shows_that_mail_comes_in_and_is_wanted(newsletter, mailoutbox, reason):
    suppression.suppress(hash_of(READER), Suppression.Reason(reason))
    ask(READER, newsletter)
    Subscriber.objects.update(hard_bounces=2)
    (mail,) = send_mails(mailoutbox)

    desk.confirm(token_in(mail), None)

    assert not Suppression.objects.exists()
    assert Subscriber.objects.get().hard_bounces == 0


@pytest.mark.parametrize("reason", ["complaint", "blocked"])
def test_who_wants_no_mail_gets_none(newsletter, mailoutbox, reason):
    suppression.suppress(hash_of(READER), Suppression.Reason(reason))
    ask(READER, newsletter)
    desk.ask_for_preferences(READER)

    assert send_mails(mailoutbox) == []
    assert {*SubscriberMail.objects.values_list("state", flat=True)} == {"outdated"}


def test_who_was_blocked_meanwhile_gets_on_no_list(newsletter, regional, mailoutbox):
    token = asked_token(mailoutbox, newsletter)
    suppression.suppress(hash_of(READER), Suppression.Reason.BLOCKED)

    with pytest.raises(AddressBlocked):
        desk.confirm(token, None)
    with pytest.raises(AddressBlocked):
        desk.change(Subscriber.objects.get(), [regional])
    assert state_of(READER, newsletter) == "pending"
    assert Subscription.objects.count() == 1


def test_graver_reason_to_send_nothing_stays(newsletter):
    for reason in ("bounces", "complaint", "erased", "blocked"):
        suppression.suppress(hash_of(READER), Suppression.Reason(reason))

    assert Suppression.objects.get().reason == "complaint"
    suppression.lift(hash_of(READER), *Suppression.LIFTED_BY_CONFIRMING)
    assert suppression.gets_no_mail(hash_of(READER))
    suppression.lift(hash_of(READER))
    assert not Suppression.objects.exists()


def test_second_mail_that_comes_back_for_good_is_one_too_many(newsletter):
    subscriber = put_on(newsletter).subscriber

    assert not suppression.count_hard_bounce(subscriber)
    assert not Suppression.objects.exists()
    assert suppression.count_hard_bounce(subscriber)
    assert Suppression.objects.get().reason == "bounces"


def test_complaint_ends_everything_at_once(newsletter, regional, mailoutbox):
    subscriber = put_on(newsletter, READER).subscriber
    ask(READER, regional)
    (mail,) = send_mails(mailoutbox)

    for _ in range(2):
        desk.end_for_complaint(subscriber)

    assert (state_of(READER, newsletter), state_of(READER, regional)) == ("ended", "ended")
    assert consents(READER) == ["requested", "complained", "complained"]
    assert suppression.gets_no_mail(subscriber.address_hash)
    with pytest.raises(NothingAsked):
        desk.confirm(token_in(mail), None)


def test_preferences_end_what_was_asked_and_not_ticked(newsletter, regional):
    put_on(newsletter, READER)
    ask(READER, regional)

    desk.change(Subscriber.objects.get(), [newsletter])

    assert (state_of(READER, newsletter), state_of(READER, regional)) == ("active", "ended")
    assert consents(READER) == ["requested", "withdrawn"]


def test_registering_for_an_event_asks_for_the_national_newsletter(noord, newsletter, regional, mailoutbox):
    event = make_open_event(noord, title="Open dag")
    register(event, email=READER, wants_newsletter=True)
    register(event)

    (mail,) = send_mails(mailoutbox)
    assert mail.to == [READER]
    subscription = Subscription.objects.get()
    assert (subscription.newsletter_id, subscription.source) == (newsletter.pk, "event")
    said = ConsentEvent.objects.get()
    assert (said.source, said.client_address) == ("Open dag", None)
    assert said.wording == "Ja, ik wil de nieuwsbrief van Sterk Techniekonderwijs ontvangen"
    desk.confirm(token_in(mail), None)
    assert state_of(READER, newsletter) == "active"


def test_who_registered_already_can_still_ask_for_the_newsletter(noord, newsletter):
    event = make_open_event(noord)
    register(event, email=READER)
    register(event, email=READER, wants_newsletter=True)

    assert state_of(READER, newsletter) == "pending"


def test_registering_goes_on_without_a_national_newsletter(noord, regional):
    register(make_open_event(noord), email=READER, wants_newsletter=True)

    assert not Subscriber.objects.exists()


def test_registration_that_is_refused_asks_for_nothing(noord, newsletter):
    event = make_open_event(noord, capacity=1, waiting_list=False)
    register(event)
    with pytest.raises(Exception, match="Alle plaatsen zijn bezet"):
        register(event, email=READER, wants_newsletter=True)

    assert not Subscriber.objects.exists()


def test_many_mails_take_no_more_queries_than_few_but_for_two_writes_each(newsletter, regional, mailoutbox):
    numbers = []
    for more in (3, 6):
        for number in range(more):
            ask(f"lezer{more}-{number}@example.org", newsletter, regional)
        with CaptureQueriesContext(connection) as queries:
            assert len(send_mails(mailoutbox)) == more
        numbers.append(len(queries) - 2 * more)

    assert numbers[0] == numbers[1]
