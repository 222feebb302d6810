"""The report on how mail arrives, and the list of what came back: for national editors alone."""

import datetime
import re

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.urls import reverse
from django.utils import timezone

from newsletter.bounces.admin.deliverability import DeliverabilityView
from newsletter.bounces.inbox import Report, keep
from newsletter.models import Delivery, Feedback, Subscriber
from tests.factories import make_newsletter

from .sent import make_delivery, make_run

REPORT, LIST = reverse("deliverability"), reverse("feedback")


def text_of(response):
    """What is read, each space one space."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def bounce(delivery, kind=Feedback.Kind.HARD_BOUNCE, words="550 5.1.1 User unknown"):
    report = Report(kind, f"delivery {delivery.pk}", delivery_id=delivery.pk, status="5.1.1", words=words)
    keep(report)


@pytest.mark.parametrize("address", [REPORT, LIST, reverse("feedback_results")])
def test_regional_editors_see_nothing_of_it(noord_client, noord, address):
    delivery = make_delivery(make_run(make_newsletter(noord, "Brief van Noord")), "lezer@school.example")
    bounce(delivery)
    response = noord_client.get(address)
    assert response.status_code == 302
    assert "school.example" not in text_of(noord_client.get(reverse("wagtailadmin_home")))


def test_it_is_among_the_reports(national_client):
    assert REPORT in national_client.get(reverse("wagtailadmin_home")).content.decode()


def test_rates_of_thirty_days_and_of_each_run(national_client, newsletter):
    run = make_run(newsletter)
    now = timezone.now()
    for number in range(8):
        make_delivery(run, f"lezer{number}@example.org")
    make_delivery(run, "terug@example.org", bounced_at=now)
    make_delivery(run, "boos@example.org", complained_at=now)
    make_delivery(run, "geweigerd@example.org", state=Delivery.State.REJECTED)
    make_delivery(run, "weg@example.org", state=Delivery.State.SKIPPED)
    old = make_run(newsletter, started_at=now - datetime.timedelta(days=31))
    make_delivery(old, "lezer1@example.org")

    text = text_of(national_client.get(REPORT))

    assert "Bezorgd 10 Niet aangekomen 2 (18,2%) te veel Klachten 1 (10,00%) te veel" in text
    assert text.count("Nieuwsbrief STO Nieuwsbrief STO") == 2
    assert re.search(r"1 0 \(0,0%\) 0 \(0,00%\)", text)


@pytest.mark.parametrize(("complaints", "word"), [(0, "(0,00%)"), (1, "(0,10%) veel"), (3, "(0,30%) te veel")])
def test_the_lines_for_complaints(national_client, newsletter, complaints, word):
    run = make_run(newsletter)
    rows = [
        Delivery(
            run=run,
            address_hash=f"{number:064}",
            state=Delivery.State.ACCEPTED,
            complained_at=timezone.now() if number < complaints else None,
        )
        for number in range(1000)
    ]
    Delivery.objects.bulk_create(rows)
    text = text_of(national_client.get(REPORT))
    assert f"Klachten {complaints} {word} Blijf" in text


def test_without_anything_sent_there_is_a_page(national_client, newsletter):
    text = text_of(national_client.get(REPORT))
    assert "Er is in deze tijd niets verstuurd." in text
    assert "Er is nog geen nieuwsbrief verstuurd." in text
    assert "Er is nog geen melding binnengekomen." in text
    assert "U ziet hier alleen wat een mailserver meteen weigert." in text


def test_it_says_how_we_hear_of_it(national_client, newsletter, settings):
    settings.NEWSLETTER_BOUNCE_ADDRESS = "bounces@example.org"
    assert "komt terug op bounces@example.org" in text_of(national_client.get(REPORT))
    settings.ANYMAIL_PROVIDER = "postmark"
    assert "meldt Postmark aan ons" in text_of(national_client.get(REPORT))


@pytest.fixture
def look(rf, django_user_model, db):
    """``look(lookup)`` is the page when DNS was asked by ``lookup``, as the national editor sees it."""

    def get(lookup):
        request = rf.get(REPORT, {"dns": "1"})
        request.user = django_user_model.objects.get(email="landelijk@example.org")
        request.session = SessionStore()
        request._messages = FallbackStorage(request)
        return text_of(DeliverabilityView.as_view(lookup=lookup)(request).render())

    return get


def test_dns_is_shown_as_far_as_it_answers(look, newsletter, noord, settings):
    settings.DEFAULT_FROM_EMAIL = "STO <info@example.org>"
    settings.NEWSLETTER_DKIM_SELECTORS = ["sto"]
    make_newsletter(noord, "Brief van Noord", sender_email="nieuws@Noord.example")
    records = {"example.org": ["v=spf1 -all"], "_dmarc.noord.example": ["v=DMARC1; p=reject"]}

    text = look(lambda name, kind: records.get(name, []))

    assert "example.org, noord.example" in text
    assert "SPF: in orde (example.org). Er staat in DNS welke servers" in text
    assert "v=spf1 -all" in text
    assert "DKIM: niet in orde (sto._domainkey.noord.example). De sleutel staat niet in DNS" in text
    assert "DMARC: niet in orde (_dmarc.example.org). Er is geen DMARC-record" in text
    assert "DMARC: in orde (_dmarc.noord.example). Mail die zich onterecht" in text


def test_it_says_when_no_key_is_known(look, newsletter):
    assert "Hier is niet ingesteld met welke sleutel" in look(lambda name, kind: [])


def test_dns_is_not_asked_before_somebody_wants_to_know(national_client, newsletter):
    text = text_of(national_client.get(REPORT))
    assert "DNS nakijken" in text
    assert "SPF" not in text


def test_what_came_back_is_listed(national_client, newsletter):
    delivery = make_delivery(make_run(newsletter), "lezer@school.example")
    bounce(delivery)
    bounce(make_delivery(delivery.run, "ander@school.example"), Feedback.Kind.COMPLAINT, "abuse")

    text = text_of(national_client.get(LIST))
    assert "lezer@school.example Komt niet aan" in text
    assert "Nieuwsbrief STO Nieuwsbrief STO 5.1.1 550 5.1.1 User unknown" in text
    assert "ander@school.example Klacht" in text

    assert reverse("subscribers:person", args=[delivery.subscriber_id]) in national_client.get(LIST).content.decode()

    text = text_of(national_client.get(LIST, {"kind": "complaint"}))
    assert "ander@school.example" in text
    assert "lezer@school.example" not in text


def test_who_was_erased_has_no_name_there(national_client, newsletter):
    bounce(make_delivery(make_run(newsletter), "lezer@school.example"))
    Subscriber.objects.all().delete()
    text = text_of(national_client.get(LIST))
    assert "onbekend of gewist" in text
    assert "school.example" not in text


def test_the_list_is_kept_by_no_browser(national_client, newsletter):
    assert "no-store" in national_client.get(LIST)["Cache-Control"]


@pytest.mark.parametrize("address", [REPORT, LIST])
def test_queries_do_not_grow(national_client, newsletter, count_queries, address):
    def send(number):
        run = make_run(newsletter)
        bounce(make_delivery(run, f"lezer{number}@example.org", bounced_at=timezone.now()))

    for number in range(3):
        send(number)
    few = count_queries(national_client, address)
    for number in range(3, 9):
        send(number)
    assert count_queries(national_client, address) == few
