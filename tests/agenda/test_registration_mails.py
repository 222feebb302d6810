"""What the mails say, read as a visitor's mailbox reads them."""

import datetime

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.utils import timezone
from icalendar import Calendar

from agenda.models import EventPage, OutgoingMail, Registration
from agenda.registration import desk, telling
from agenda.registration.mails.when import at
from agenda.registration.outbox import OUTBOX
from agenda.registration.tokens import registration_of
from tests.newsletter.mail_reader import MailReader

from .registering import NEXT_MONTH, make_open_event, register

pytestmark = pytest.mark.django_db
UTC = datetime.UTC
SITE = "https://www.example.org"
OWN_LINK = {"Uw aanmelding bekijken", "Plaats aannemen"}


@pytest.fixture(autouse=True)
def _site(settings):
    settings.FRONTEND_URL = SITE


@pytest.fixture
def sent(mailoutbox):
    """``sent()`` sends what waits, and gives the mails as their receivers get them."""

    def send():
        mailoutbox.clear()
        OUTBOX.send_due()
        assert not OutgoingMail.objects.due().exists()
        return [Mail(one.message()) for one in mailoutbox]

    return send


class Mail:
    def __init__(self, message):
        parts = {part.get_content_type(): part for part in message.walk() if not part.is_multipart()}
        self.headers = message
        self.subject = str(message["Subject"])
        self.text = decoded(parts["text/plain"])
        self.html = decoded(parts["text/html"])
        self.reader = MailReader(self.html)
        self.file = parts.get("text/calendar")

    @property
    def calendar(self):
        return Calendar.from_ical(decoded(self.file))

    @property
    def event(self):
        (event,) = self.calendar.walk("VEVENT")
        return event

    def line(self, label):
        """What stands behind ``label`` in the text."""
        return next(line.split(": ", 1)[1] for line in self.text.splitlines() if line.startswith(f"{label}: "))


def decoded(part):
    return part.get_payload(decode=True).decode().replace("\r\n", "\n")


def test_confirmation_says_what_when_where_and_how_to_change_it(noord, sent):
    event = make_open_event(
        noord,
        sessions=[5],
        title="Landelijke dag",
        start=datetime.datetime(2036, 3, 12, 12, 30, tzinfo=UTC),
        end=datetime.datetime(2036, 3, 12, 16, 0, tzinfo=UTC),
        venue="De school",
        city="Stad",
        contact_name="Bureau, landelijk",
        contact_email="vragen@example.org",
    )
    session = event.sessions.get()
    session.hall = "Zaal 3"
    session.save()
    visitor = register(event, session_id=session.pk)

    (mail,) = sent()

    assert mail.subject == "U bent aangemeld: Landelijke dag"
    assert mail.headers["To"] == visitor.email
    assert mail.headers["Reply-To"] == '"Bureau, landelijk" <vragen@example.org>'
    assert mail.headers["Auto-Submitted"] == "auto-generated"
    assert mail.line("Wanneer") == "woensdag 12 maart 2036, van 13.30 tot 17.00 uur"
    assert (mail.line("Waar"), mail.line("Sessie"), mail.line("Zaal")) == ("De school, Stad", "Sessie 1", "Zaal 3")
    own, page = mail.reader.links
    assert own.url.startswith(f"{SITE}/aanmelding/")
    assert own.url in mail.text
    assert registration_of(own.url.split("/")[-2]) == visitor
    assert page.url == f"{SITE}/regio/noord/agenda/landelijke-dag/"
    assert [heading.text for heading in mail.reader.headings] == ["U bent aangemeld", "Wat, wanneer en waar"]
    assert '<html lang="nl">' in mail.html


def test_confirmation_has_a_calendar_file(noord, sent, client):
    event = make_open_event(noord, sessions=[5], summary="Een middag over lassen.", contact_email="vragen@example.org")
    register(event, session_id=event.sessions.get().pk)

    (mail,) = sent()

    assert mail.file["Content-Type"].startswith("text/calendar")
    assert (mail.file.get_param("method"), mail.file.get_filename()) == ("PUBLISH", "bijeenkomst.ics")
    assert str(mail.calendar["METHOD"]) == "PUBLISH"
    assert str(mail.event["ORGANIZER"]) == "mailto:vragen@example.org"
    assert str(mail.event["DESCRIPTION"]) == "Uw sessie: Sessie 1\n\nEen middag over lassen."
    public = Calendar.from_ical(client.get(f"/api/v2/events/{event.pk}.ics").content).walk("VEVENT")[0]
    for name in ("UID", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY"):
        assert mail.event[name] == public[name]
    assert str(mail.event["STATUS"]) == "CONFIRMED"


def test_waiting_offer_and_promotion(noord, sent):
    event = make_open_event(noord, capacity=1)
    holder, waiting = register(event), register(event)
    _, mail = sent()
    assert mail.subject.startswith("U staat op de wachtlijst: ")
    assert "Tot dan hebt u nog geen plaats" in mail.text
    assert mail.file is None

    desk.cancel(holder.pk)
    Registration.objects.filter(pk=waiting.pk).update(
        offer_expires_at=datetime.datetime(2036, 3, 12, 12, 30, tzinfo=UTC)
    )
    _, mail = sent()
    assert mail.subject.startswith("Er is een plaats voor u: ")
    assert "Neem de plaats aan vóór woensdag 12 maart 2036, 13.30 uur." in mail.text
    assert mail.reader.links[0].text == "Plaats aannemen"
    assert mail.file is None

    desk.accept_offer(waiting.pk)
    (mail,) = sent()
    assert mail.subject.startswith("U bent aangemeld: ")
    assert "U hebt de plaats aangenomen" in mail.text
    assert mail.file.get_param("method") == "PUBLISH"


def test_offer_that_expired_before_it_was_sent_is_not_sent(noord, sent):
    event = make_open_event(noord, capacity=1)
    holder, waiting = register(event), register(event)
    desk.cancel(holder.pk)
    Registration.objects.filter(pk=waiting.pk).update(offer_expires_at=timezone.now())
    desk.expire_offers()

    assert [mail.subject.partition(":")[0] for mail in sent()] == [
        "U bent aangemeld",
        "U staat op de wachtlijst",
        "U bent afgemeld",
    ]


def test_change_of_session_names_both(noord, sent):
    event = make_open_event(noord, sessions=[1, 1])
    one, two = event.sessions.all()
    mover, waiting = register(event, session_id=one.pk), register(event, session_id=one.pk)
    sent()

    desk.change_session(waiting.pk, two.pk)
    OutgoingMail.objects.filter(registration=waiting, kind="offered").update(state="sent")
    Registration.objects.filter(pk=waiting.pk).update(state="waiting")
    (mail,) = sent()
    assert "U staat nu op de wachtlijst voor de sessie ‘Sessie 2’. Dat was ‘Sessie 1’." in mail.text
    assert mail.file is None

    Registration.objects.filter(pk=waiting.pk).delete()
    desk.change_session(mover.pk, two.pk)
    (mail,) = sent()
    assert "U gaat nu naar de sessie ‘Sessie 2’. Dat was ‘Sessie 1’." in mail.text
    assert str(mail.event["DESCRIPTION"]) == "Uw sessie: Sessie 2"


@pytest.mark.parametrize(
    ("by", "words"),
    [
        ({}, "U hebt zich afgemeld."),
        ({"by_organiser": True, "message": "De zaal is te klein."}, "De organisatie heeft u afgemeld."),
    ],
)
def test_cancellation_takes_it_out_of_the_calendar(noord, sent, by, words):
    visitor = register(make_open_event(noord))
    (before,) = sent()

    desk.cancel(visitor.pk, **by)

    (mail,) = sent()
    assert mail.subject.startswith("U bent afgemeld: ")
    assert words in mail.text
    assert by.get("message", "") in mail.text
    assert mail.file.get_param("method") == str(mail.calendar["METHOD"]) == "CANCEL"
    assert str(mail.event["STATUS"]) == "CANCELLED"
    assert mail.event["UID"] == before.event["UID"]
    assert (mail.event["SEQUENCE"], mail.event["DTSTAMP"].dt) >= (before.event["SEQUENCE"], before.event["DTSTAMP"].dt)


def test_who_is_known_hears_that_nothing_changed(noord, sent):
    event = make_open_event(noord)
    known = register(event)
    sent()

    register(event, email=known.email)

    (mail,) = sent()
    assert mail.subject.startswith("U was al aangemeld: ")
    assert "daaraan is niets veranderd" in mail.text
    assert "U hebt een plaats." in mail.text


def test_called_off_event(noord, sent):
    event = make_open_event(noord)
    visitor = register(event)
    sent()
    EventPage.objects.filter(pk=event.pk).update(cancelled=True)
    OutgoingMail.objects.create(registration=visitor, kind="called_off", content={"message": "De spreker is ziek."})

    (mail,) = sent()

    assert mail.subject.startswith("Gaat niet door: ")
    assert "De spreker is ziek." in mail.text
    assert "De spreker is ziek." in mail.html
    assert str(mail.calendar["METHOD"]) == "CANCEL"


def test_moved_event_says_when_it_was_and_is(noord, sent):
    event = make_open_event(noord)
    visitor = register(event)
    sent()
    content = {"message": "Wegens sneeuw.", "before": "2036-03-12T13:30:00+01:00"}
    OutgoingMail.objects.create(registration=visitor, kind="moved", content=content)
    EventPage.objects.filter(pk=event.pk).update(
        start=datetime.datetime(2036, 3, 19, 12, 30, tzinfo=UTC), end=datetime.datetime(2036, 3, 19, 16, 0, tzinfo=UTC)
    )

    (mail,) = sent()

    assert mail.subject.startswith("Nieuwe datum of tijd: ")
    assert "Zij zou beginnen op woensdag 12 maart 2036, 13.30 uur." in mail.text
    assert "Wegens sneeuw." in mail.text
    assert mail.line("Wanneer") == "woensdag 19 maart 2036, van 13.30 tot 17.00 uur"
    assert mail.event["DTSTART"].dt == datetime.datetime(2036, 3, 19, 12, 30, tzinfo=UTC)


def test_moved_event_says_until_when_a_place_is_offered(noord, sent):
    event = make_open_event(noord, capacity=1)
    holder, visitor = register(event), register(event)
    desk.cancel(holder.pk)
    sent()
    OutgoingMail.objects.create(registration=visitor, kind="moved")

    (mail,) = sent()

    visitor.refresh_from_db()
    assert f"kunt u aannemen tot {at(visitor.offer_expires_at)}" in mail.text


def test_message_of_an_editor_is_text_with_links(noord, sent):
    visitor = register(make_open_event(noord, title="Regiodag"))
    sent()
    words = "Zie https://example.org/route voor de route.\r\n\r\n<b>Tot dan</b> & groeten"
    content = {"subject": "De route\nBcc: iemand@example.org", "message": words}
    OutgoingMail.objects.create(registration=visitor, kind="message", content=content)

    (mail,) = sent()

    assert mail.subject == "De route Bcc: iemand@example.org: Regiodag"
    assert mail.headers["Bcc"] is None
    assert mail.file is None
    assert "Zie https://example.org/route voor de route.\n\n<b>Tot dan</b> & groeten\n" in mail.text
    assert mail.reader.links[0] == ("https://example.org/route", "https://example.org/route")
    assert "&lt;b&gt;Tot dan&lt;/b&gt; &amp; groeten" in mail.html


def test_event_that_goes_on_after_all_is_back_in_the_calendar(noord, sent):
    event = make_open_event(noord, title="Regiodag")
    register(event)
    editor = get_user_model().objects.get(email="landelijk@example.org")
    telling.call_off(event, editor, "De spreker is ziek.")
    telling.reinstate(event, editor, "De spreker is beter.")

    _, off, on = sent()

    assert [off.subject, on.subject] == ["Gaat niet door: Regiodag", "Gaat toch door: Regiodag"]
    assert "De spreker is beter." in on.text
    assert "Uw aanmelding geldt nog." in on.text
    assert (str(off.calendar["METHOD"]), str(on.calendar["METHOD"])) == ("CANCEL", "PUBLISH")
    assert str(on.event["STATUS"]) == "CONFIRMED"
    assert (on.event["SEQUENCE"], on.event["DTSTAMP"].dt) >= (off.event["SEQUENCE"], off.event["DTSTAMP"].dt)


@pytest.mark.parametrize("kind", OutgoingMail.Kind)
def test_every_kind_leads_to_the_own_registration(noord, sent, kind):
    visitor = register(make_open_event(noord))
    if kind == "offered":
        Registration.objects.filter(pk=visitor.pk).update(state="offered", offer_expires_at=NEXT_MONTH)
    OutgoingMail.objects.filter(registration=visitor).update(kind=kind)

    (mail,) = sent()

    (own,) = [link for link in mail.reader.links if link.text in OWN_LINK]
    assert registration_of(own.url.split("/")[-2]) == visitor
    assert [heading.level for heading in mail.reader.headings] == [1, 2]
    assert "None" not in mail.text + mail.html


def test_no_mail_repeats_what_was_typed_in_the_form(noord, sent):
    """Who types the address of somebody else can't write to them through us."""
    event = make_open_event(noord, capacity=1)
    typed = {"name": "Win nu op kwaad.example", "organisation": "Klik op kwaad.example"}
    register(event, **typed), register(event, **typed)

    for mail in sent():
        assert "kwaad" not in str(mail.headers) + mail.text + mail.html + (decoded(mail.file) if mail.file else "")


def test_event_that_went_offline_is_not_linked(noord, sent):
    event = make_open_event(noord)
    register(event)
    event.unpublish()

    (mail,) = sent()

    assert [link.text for link in mail.reader.links] == ["Uw aanmelding bekijken"]


@pytest.mark.parametrize(
    ("start", "end", "words", "lines"),
    [
        pytest.param(
            datetime.datetime(2026, 3, 29, 0, 30, tzinfo=UTC),
            datetime.datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
            "zondag 29 maart 2026, van 01.30 tot 03.30 uur",
            ["DTSTART;TZID=Europe/Amsterdam:20260329T013000", "DTEND;TZID=Europe/Amsterdam:20260329T033000"],
            id="the clock goes forward",
        ),
        pytest.param(
            datetime.datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            datetime.datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
            "zondag 25 oktober 2026, van 02.30 (zomertijd) tot 02.30 (wintertijd) uur",
            ["DTSTART;TZID=Europe/Amsterdam:20261025T023000", "DTEND:20261025T013000Z"],
            id="the clock goes back",
        ),
        pytest.param(
            datetime.datetime(2026, 3, 12, 19, 0, tzinfo=UTC),
            datetime.datetime(2026, 3, 13, 0, 30, tzinfo=UTC),
            "donderdag 12 maart 2026, 20.00 uur, tot vrijdag 13 maart 2026, 01.30 uur",
            ["DTSTART;TZID=Europe/Amsterdam:20260312T200000", "DTEND;TZID=Europe/Amsterdam:20260313T013000"],
            id="over midnight",
        ),
        pytest.param(
            datetime.datetime(2026, 3, 12, 12, 30, tzinfo=UTC),
            None,
            "donderdag 12 maart 2026, 13.30 uur",
            ["DTSTART;TZID=Europe/Amsterdam:20260312T133000"],
            id="open end",
        ),
        pytest.param(
            datetime.datetime(2026, 3, 11, 23, 0, tzinfo=UTC),
            datetime.datetime(2026, 3, 12, 23, 0, tzinfo=UTC),
            "donderdag 12 maart 2026, hele dag",
            ["DTSTART;VALUE=DATE:20260312", "DTEND;VALUE=DATE:20260313"],
            id="all day",
        ),
        pytest.param(
            datetime.datetime(2026, 3, 11, 23, 0, tzinfo=UTC),
            None,
            "donderdag 12 maart 2026, hele dag",
            ["DTSTART;VALUE=DATE:20260312"],
            id="all day with an open end",
        ),
        pytest.param(
            datetime.datetime(2026, 3, 27, 23, 0, tzinfo=UTC),
            datetime.datetime(2026, 3, 29, 22, 0, tzinfo=UTC),
            "zaterdag 28 maart 2026 tot en met zondag 29 maart 2026, hele dagen",
            ["DTSTART;VALUE=DATE:20260328", "DTEND;VALUE=DATE:20260330"],
            id="two whole days with the night in which the clock goes forward",
        ),
        pytest.param(
            datetime.datetime(2026, 10, 24, 22, 0, tzinfo=UTC),
            datetime.datetime(2026, 10, 25, 23, 0, tzinfo=UTC),
            "zondag 25 oktober 2026, hele dag",
            ["DTSTART;VALUE=DATE:20261025", "DTEND;VALUE=DATE:20261026"],
            id="the day of 25 hours",
        ),
    ],
)
def test_when_it_is(noord, sent, client, start, end, words, lines):
    with time_machine.travel("2026-03-01T12:00:00Z"):
        event = make_open_event(noord, start=start, end=end)
        register(event)
        (mail,) = sent()

    assert mail.line("Wanneer") == words
    for content in (decoded(mail.file), client.get(f"/api/v2/events/{event.pk}.ics").content.decode()):
        within = content[content.index("BEGIN:VEVENT") :].replace("\r\n", "\n").splitlines()
        assert [line for line in within if line.startswith(("DTSTART", "DTEND"))] == lines
