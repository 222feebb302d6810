"""Registering, cancelling, changing, and what becomes of freed places."""

import datetime

import pytest
from django.utils import timezone

from agenda.models import EventPage, OutgoingMail, Registration
from agenda.registration import desk, refusals

from .registering import entry, make_open_event, register, states, states_in_order

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)
HOUR = datetime.timedelta(hours=1)


def mails_of(registration):
    return list(registration.mails.values_list("kind", flat=True))


def state_of(registration):
    return Registration.objects.values_list("state", flat=True).get(pk=registration.pk)


def test_place_is_confirmed_and_a_mail_waits(noord):
    registration = register(make_open_event(noord, capacity=2))

    assert (registration.state, mails_of(registration)) == ("confirmed", ["confirmed"])


def test_who_comes_after_the_last_place_waits(noord):
    event = make_open_event(noord, capacity=1)
    first, second = register(event), register(event)

    assert (first.state, second.state) == ("confirmed", "waiting")
    assert mails_of(second) == ["waiting"]


def test_without_a_waiting_list_a_full_event_is_refused(noord):
    event = make_open_event(noord, capacity=1, waiting_list=False)
    register(event)

    with pytest.raises(refusals.EventFull):
        desk.register(event.pk, entry())
    assert states(event) == {"confirmed": 1}


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"registration_mode": "none"}, refusals.NotHere),
        ({"live": False}, refusals.NotHere),
        ({"registration_opens_at": timezone.now() + HOUR}, refusals.NotYetOpen),
        ({"registration_closes_at": timezone.now() - MINUTE}, refusals.RegistrationClosed),
        ({"start": timezone.now() - MINUTE, "end": timezone.now() + HOUR}, refusals.RegistrationClosed),
        ({"start": timezone.now() - 2 * MINUTE, "end": timezone.now() - MINUTE}, refusals.EventPast),
        ({"cancelled": True}, refusals.EventCancelled),
    ],
)
def test_event_that_takes_no_registrations_says_why(noord, fields, refusal):
    event = make_open_event(noord)
    EventPage.objects.filter(pk=event.pk).update(**fields)

    with pytest.raises(refusal):
        desk.register(event.pk, entry())
    assert states(event) == {}


def test_session_has_places_of_its_own(noord):
    event = make_open_event(noord, sessions=[1, None])
    one, two = event.sessions.all()

    assert register(event, session_id=one.pk).state == "confirmed"
    assert register(event, session_id=one.pk).state == "waiting"
    assert register(event, session_id=two.pk).state == "confirmed"


def test_event_is_full_when_its_sessions_are_not(noord):
    event = make_open_event(noord, sessions=[5, 5], capacity=1)
    one, two = event.sessions.all()
    register(event, session_id=one.pk)

    assert register(event, session_id=two.pk).state == "waiting"


def test_reserve_choice_is_taken_when_the_first_is_full(noord):
    event = make_open_event(noord, sessions=[1, 1], reserve_choice=True)
    one, two = event.sessions.all()
    register(event, session_id=one.pk)
    second = register(event, session_id=one.pk, reserve_id=two.pk)

    assert (second.state, second.session_id) == ("confirmed", two.pk)


@pytest.mark.parametrize("chosen", [None, 10**9])
def test_one_of_the_sessions_has_to_be_chosen(noord, chosen):
    event = make_open_event(noord, sessions=[1])

    with pytest.raises(refusals.SessionUnknown):
        desk.register(event.pk, entry(session_id=chosen))


def test_session_of_another_event_is_refused(noord):
    other = make_open_event(noord, sessions=[1]).sessions.get()

    with pytest.raises(refusals.SessionUnknown):
        desk.register(make_open_event(noord, sessions=[1]).pk, entry(session_id=other.pk))


def test_known_address_gets_the_same_answer_and_one_mail_a_day(noord):
    event = make_open_event(noord, capacity=2)
    known = register(event, email="Wie@example.org")

    for _ in range(2):
        assert desk.register(event.pk, entry(email="wie@EXAMPLE.org")) == ("confirmed", None)
    assert states(event) == {"confirmed": 1}
    assert mails_of(known) == ["confirmed", "known"]


def test_who_cancelled_can_register_again(noord):
    event = make_open_event(noord)
    first = register(event, email="wie@example.org")
    desk.cancel(first.pk)

    assert register(event, email="wie@example.org").pk != first.pk


def test_double_click_is_one_registration(noord):
    event = make_open_event(noord, capacity=1, waiting_list=False)
    twice = entry(key="een-formulier")

    assert desk.register(event.pk, twice) == desk.register(event.pk, twice) == ("confirmed", None)
    assert states(event) == {"confirmed": 1}
    with pytest.raises(refusals.EventFull):
        desk.register(event.pk, entry(key="een-formulier"))


def test_form_that_comes_again_after_cancelling_registers_again(noord):
    event = make_open_event(noord)
    again = entry(key="een-formulier")
    desk.register(event.pk, again)
    desk.cancel(event.registrations.get().pk)

    desk.register(event.pk, again)

    assert states_in_order(event) == ["cancelled", "confirmed"]


def test_freed_place_is_offered_to_the_first_in_line(noord):
    event = make_open_event(noord, capacity=1)
    holder, first, second = register(event), register(event), register(event)

    desk.cancel(holder.pk)

    assert [state_of(one) for one in (holder, first, second)] == ["cancelled", "offered", "waiting"]
    assert mails_of(first) == ["waiting", "offered"]
    desk.accept_offer(first.pk)
    desk.accept_offer(first.pk)
    assert (state_of(first), mails_of(first)) == ("confirmed", ["waiting", "offered", "promoted"])


def test_who_waits_for_a_full_session_lets_others_pass(noord):
    event = make_open_event(noord, sessions=[1, 1])
    one, two = event.sessions.all()
    register(event, session_id=one.pk)
    holder = register(event, session_id=two.pk)
    first, second = register(event, session_id=one.pk), register(event, session_id=two.pk)

    desk.cancel(holder.pk)

    assert (state_of(first), state_of(second)) == ("waiting", "offered")


def test_offer_of_the_reserve_choice(noord):
    event = make_open_event(noord, sessions=[1, 1], reserve_choice=True)
    one, two = event.sessions.all()
    register(event, session_id=one.pk)
    holder = register(event, session_id=two.pk)
    waiting = register(event, session_id=one.pk, reserve_id=two.pk)

    desk.cancel(holder.pk)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.session_id) == ("offered", two.pk)


def test_offer_that_expires_goes_to_the_next(noord):
    event = make_open_event(noord, capacity=1)
    holder, first, second = register(event), register(event), register(event)
    desk.cancel(holder.pk)
    Registration.objects.filter(pk=first.pk).update(offer_expires_at=timezone.now() - MINUTE)

    with pytest.raises(refusals.OfferExpired):
        desk.accept_offer(first.pk)
    desk.expire_offers()

    assert (state_of(first), state_of(second)) == ("expired", "offered")
    with pytest.raises(refusals.OfferExpired):
        desk.accept_offer(first.pk)


def test_nobody_accepts_what_is_not_offered(noord):
    event = make_open_event(noord, capacity=1)
    register(event)

    with pytest.raises(refusals.NothingOffered):
        desk.accept_offer(register(event).pk)


def test_nobody_jumps_the_line_when_the_event_is_made_larger(noord):
    event = make_open_event(noord, capacity=1)
    register(event)
    waiting = register(event)
    EventPage.objects.filter(pk=event.pk).update(capacity=2)

    assert register(event).state == "waiting"
    assert state_of(waiting) == "offered"


def test_event_made_smaller_keeps_those_who_have_a_place(noord):
    event = make_open_event(noord, capacity=2)
    register(event), register(event)
    waiting = register(event)
    EventPage.objects.filter(pk=event.pk).update(capacity=1)

    desk.cancel(event.registrations.first().pk)

    assert states(event) == {"confirmed": 1, "cancelled": 1, "waiting": 1}
    assert state_of(waiting) == "waiting"


def test_change_of_session_frees_the_old_one(noord):
    event = make_open_event(noord, sessions=[1, 1])
    one, two = event.sessions.all()
    mover = register(event, session_id=one.pk)
    waiting = register(event, session_id=one.pk)

    desk.change_session(mover.pk, two.pk)

    mover.refresh_from_db()
    assert (mover.state, mover.session_id) == ("confirmed", two.pk)
    assert OutgoingMail.objects.get(registration=mover, kind="changed").content == {"before": "Sessie 1"}
    assert state_of(waiting) == "offered"


def test_change_to_a_full_session_is_refused(noord):
    event = make_open_event(noord, sessions=[1, 1])
    one, two = event.sessions.all()
    mover = register(event, session_id=one.pk)
    register(event, session_id=two.pk)

    with pytest.raises(refusals.SessionFull):
        desk.change_session(mover.pk, two.pk)


def test_who_has_no_place_any_more_changes_nothing(noord):
    event = make_open_event(noord, sessions=[1, 1])
    one, two = event.sessions.all()
    gone = register(event, session_id=one.pk)
    desk.cancel(gone.pk)
    desk.cancel(gone.pk)

    with pytest.raises(refusals.NotRegistered):
        desk.change_session(gone.pk, two.pk)
    assert mails_of(gone) == ["confirmed", "cancelled"]


def test_nobody_changes_session_at_an_event_that_is_called_off(noord):
    event = make_open_event(noord, sessions=[1, 1])
    one, two = event.sessions.all()
    registration = register(event, session_id=one.pk)
    EventPage.objects.filter(pk=event.pk).update(cancelled=True)

    with pytest.raises(refusals.EventCancelled):
        desk.change_session(registration.pk, two.pk)


def test_visitor_cannot_cancel_once_it_has_begun(noord):
    event = make_open_event(noord)
    registration = register(event)
    EventPage.objects.filter(pk=event.pk).update(start=timezone.now() - MINUTE)

    with pytest.raises(refusals.RegistrationClosed):
        desk.cancel(registration.pk)
    desk.cancel(registration.pk, by_organiser=True)
    assert state_of(registration) == "cancelled"


def test_organiser_adds_somebody_after_closing_and_over_capacity(noord):
    event = make_open_event(noord, capacity=1)
    EventPage.objects.filter(pk=event.pk).update(registration_closes_at=timezone.now() - MINUTE)
    first = entry()
    desk.add_by_hand(event.pk, first)

    with pytest.raises(refusals.EventFull):
        desk.add_by_hand(event.pk, entry())
    with pytest.raises(refusals.AlreadyRegistered):
        desk.add_by_hand(event.pk, first._replace(email=first.email.upper()))
    desk.add_by_hand(event.pk, entry(), over_capacity=True)
    assert states(event) == {"confirmed": 2}


def test_document_follows_the_last_place(noord, api, django_capture_on_commit_callbacks):
    event = make_open_event(noord, sessions=[1, 12])
    one, two = event.sessions.all()
    shown = api(f"pages/{event.pk}/")
    assert (shown["registration"]["state"], shown["registration"]["places_left"]) == (
        "open",
        {"count": 10, "exact": False},
    )
    assert [part["places_left"] for part in shown["sessions"]] == [
        {"count": 1, "exact": True},
        {"count": 10, "exact": False},
    ]

    with django_capture_on_commit_callbacks(execute=True):
        register(event, session_id=one.pk)
    assert [part["state"] for part in api(f"pages/{event.pk}/")["sessions"]] == ["waiting_list", "open"]

    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(12):
            register(event, session_id=two.pk)
    shown = api(f"pages/{event.pk}/")["registration"]
    assert (shown["state"], shown["places_left"]) == ("waiting_list", {"count": 0, "exact": True})
    assert shown["reason"] == "Alle plaatsen zijn bezet. U kunt zich nog aanmelden voor de wachtlijst."
