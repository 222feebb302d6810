"""Who comes on a list by a file, who stays out, and what is kept to prove their consent."""

import datetime
import itertools

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from newsletter.models import ConsentEvent, Subscriber, SubscriberImport, Subscription, Suppression
from newsletter.subscribing import address_file, importing
from newsletter.subscribing.addresses import hash_of
from tests.factories import make_newsletter

from .subscribers import addresses_on, make_subscriber, put_on

pytestmark = pytest.mark.django_db
DAY = datetime.date(2025, 3, 12)


def keep(newsletter, *addresses, user=None, file_name="beurs.csv"):
    read = address_file.read("\n".join(["E-mailadres", *addresses]).encode(), DAY)
    proof = {"wording": "Ja, stuur mij de nieuwsbrief.", "obtained": "Formulier op de beurs"}
    return importing.keep(newsletter, file_name, read, **proof, user=user)


def carry_out(*args, **kwargs):
    return importing.carry_out(keep(*args, **kwargs).pk, kwargs.get("user"))


def test_addresses_come_on_the_list_at_once_with_their_consent(newsletter, national):
    done = carry_out(newsletter, "een@example.org", "Twee@Example.org", user=national)
    subscription = Subscription.objects.get(subscriber__email="Twee@Example.org")
    consent = ConsentEvent.objects.get(address_hash=hash_of("twee@example.org"))

    assert addresses_on(newsletter) == ["Twee@Example.org", "een@example.org"]
    assert (subscription.source, subscription.confirmed_at is not None) == ("import", True)
    assert (consent.kind, consent.newsletter_id, consent.newsletter_title) == (
        "imported",
        newsletter.pk,
        newsletter.title,
    )
    assert consent.wording == "Ja, stuur mij de nieuwsbrief."
    assert consent.wording_version == f"import {done.pk}"
    assert consent.source == "Formulier op de beurs, 12 maart 2025 (bestand beurs.csv)"
    assert (done.added, done.left_out, done.rows, done.errors) == (2, 0, [], [])


def test_looking_first_writes_nothing_but_what_was_read(newsletter):
    planned = keep(newsletter, "een@example.org", "geen adres")

    assert importing.foresee(planned) == {"new": 1}
    assert not Subscriber.objects.exists()
    assert not ConsentEvent.objects.exists()


def test_who_left_or_is_blocked_or_known_stays_as_they_are(newsletter, noord):
    other = make_newsletter(noord)
    put_on(newsletter, "actief@example.org")
    put_on(newsletter, "wacht@example.org", "pending")
    put_on(newsletter, "weg@example.org", "ended")
    put_on(other, "elders@example.org")
    put_on(other, "elders-weg@example.org", "ended")
    for reason in Suppression.Reason:
        Suppression.objects.create(address_hash=hash_of(f"{reason}@example.org"), reason=reason)
    planned = keep(
        newsletter,
        *(f"{name}@example.org" for name in ("actief", "wacht", "weg", "elders", "elders-weg", "nieuw")),
        *(f"{reason}@EXAMPLE.org" for reason in Suppression.Reason),
    )

    assert importing.foresee(planned) == {"known": 1, "pending": 1, "left": 1, "new": 3, "suppressed": 4}
    done = importing.carry_out(planned.pk, None)
    assert (done.added, done.left_out) == (3, 7)
    assert addresses_on(newsletter) == [
        "actief@example.org",
        "elders-weg@example.org",
        "elders@example.org",
        "nieuw@example.org",
    ]
    states = dict(newsletter.subscriptions.values_list("subscriber__email", "state"))
    assert (states["wacht@example.org"], states["weg@example.org"]) == ("pending", "ended")
    assert ConsentEvent.objects.count() == 3


def test_who_left_and_was_forgotten_since_stays_out(newsletter, noord):
    other = make_newsletter(noord)

    def said(email, kind, of=newsletter):
        ConsentEvent(address_hash=hash_of(email), kind=kind, newsletter=of).save()

    said("weg@example.org", "withdrawn")
    said("klacht@example.org", "complained")
    said("nooit@example.org", "erased", None)
    said("elders@example.org", "withdrawn", other)
    said("vroeg@example.org", "requested")
    carry_out(newsletter, *(f"{name}@example.org" for name in ("weg", "klacht", "nooit", "elders", "vroeg")))

    assert addresses_on(newsletter) == ["elders@example.org", "nooit@example.org", "vroeg@example.org"]


def test_same_file_again_adds_nobody(newsletter):
    carry_out(newsletter, "een@example.org")
    again = carry_out(newsletter, "een@example.org", "twee@example.org")

    assert (again.added, again.left_out) == (1, 1)
    assert ConsentEvent.objects.count() == 2


def test_one_file_is_imported_once(newsletter):
    done = carry_out(newsletter, "een@example.org")
    with pytest.raises(importing.AlreadyImported):
        importing.carry_out(done.pk, None)


def test_five_thousand_lines(newsletter, national):
    put_on(newsletter, "abonnee1@example.org", "ended")
    lines = [f"abonnee{n}@example.org" if n % 100 else f"abonnee{n}" for n in range(1, 5_001)]
    done = carry_out(newsletter, *lines, user=national)
    entry = PageLogEntry.objects.get(action="newsletter.import_subscribers")

    assert (done.added, done.left_out) == (4_949, 51)
    assert newsletter.subscriptions.active().count() == ConsentEvent.objects.count() == 4_949
    assert entry.data == {"number": 4_949, "import": done.pk}


def test_number_of_queries_depends_on_batches_only(newsletter, django_assert_max_num_queries):
    importing.carry_out(keep(newsletter, "eerst@example.org").pk, None)  # Wagtail looks up what it keeps
    for number in (10, 20):
        planned = keep(newsletter, *(f"van{number}-{n}@example.org" for n in range(number)))
        with django_assert_max_num_queries(25):
            importing.carry_out(planned.pk, None)


def break_off_at(part):
    """The connection breaks while this part of a file is imported, the first being 1."""
    parts = itertools.count(1)

    def execute_or_not(execute, sql, *arguments):
        if sql.startswith("UPDATE") and SubscriberImport._meta.db_table in sql and next(parts) == part:
            raise ConnectionError
        return execute(sql, *arguments)

    return connection.execute_wrapper(execute_or_not)


def test_what_breaks_off_at_once_leaves_nothing_and_can_be_done_again(newsletter):
    planned = keep(newsletter, *(f"abonnee{n}@example.org" for n in range(5)))

    with pytest.raises(ConnectionError), break_off_at(1):
        importing.carry_out(planned.pk, None)
    assert (Subscriber.objects.count(), Subscription.objects.count()) == (0, 0)

    assert importing.carry_out(planned.pk, None).added == 5


@pytest.fixture
def broken_off(newsletter, monkeypatch):
    """An import of five that broke off when two had come on the list, and one had stayed out."""
    monkeypatch.setattr(importing, "AT_ONCE", 3)
    put_on(newsletter, "abonnee1@example.org", "ended")
    planned = keep(newsletter, *(f"abonnee{n}@example.org" for n in range(5)), "fout", "abonnee0@example.org")
    with pytest.raises(ConnectionError), break_off_at(2):
        importing.carry_out(planned.pk, None)
    planned.refresh_from_db()
    return planned


def test_what_breaks_off_later_says_how_far_it_came_and_goes_on_there(newsletter, broken_off):
    assert (broken_off.added, broken_off.left_out, broken_off.done_at) == (2, 1, None)
    assert [address for address, _day in broken_off.rows] == ["abonnee3@example.org", "abonnee4@example.org"]
    assert addresses_on(newsletter) == ["abonnee0@example.org", "abonnee2@example.org"]

    done = importing.carry_out(broken_off.pk, None)

    assert (done.added, done.left_out, done.rows) == (4, 3, [])
    assert newsletter.subscriptions.active().count() == ConsentEvent.objects.count() == 4
    assert PageLogEntry.objects.get(action="newsletter.import_subscribers").data == {"number": 4, "import": done.pk}


def test_editor_sees_how_far_it_came(national_client, broken_off):
    screen = national_client.get(reverse("subscribers:check_import", args=[broken_off.pk])).text

    assert "De import is nog niet af." in screen
    assert "Toegevoegd: 2. Weggelaten: 1." in screen
    assert "Nog te doen: 2 adressen komen op de lijst" in " ".join(screen.split())
    assert "2 adressen importeren" in screen
    assert "2, nog niet af" in national_client.get(reverse("subscribers:import")).text


def test_rest_can_be_thrown_away_and_what_came_on_the_list_keeps_its_proof(national_client, newsletter, broken_off):
    national_client.post(reverse("subscribers:check_import", args=[broken_off.pk]), {"discard": "1"})

    broken_off.refresh_from_db()
    assert (broken_off.added, broken_off.left_out, broken_off.rows) == (2, 5, [])
    assert broken_off.done_at
    assert newsletter.subscriptions.active().count() == 2


def test_rest_is_forgotten_after_a_day(broken_off):
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1, hours=1)):
        importing.forget_imports()

    broken_off.refresh_from_db()
    assert (broken_off.added, broken_off.rows, broken_off.errors) == (2, [], [])
    assert broken_off.done_at


def test_address_is_kept_as_the_subscriber_gave_it(newsletter):
    make_subscriber("Een@Example.org")
    carry_out(newsletter, "een@example.org")

    assert addresses_on(newsletter) == ["Een@Example.org"]


def test_files_that_nobody_imports_are_forgotten_after_a_day(newsletter):
    with time_machine.travel("2026-03-01 12:00", tick=False) as clock:
        keep(newsletter, "een@example.org")
        done = carry_out(newsletter, "twee@example.org")
        clock.shift(datetime.timedelta(hours=23))
        importing.forget_imports()
        assert SubscriberImport.objects.count() == 2
        clock.shift(datetime.timedelta(hours=2))
        importing.forget_imports()

    assert list(SubscriberImport.objects.all()) == [done]
