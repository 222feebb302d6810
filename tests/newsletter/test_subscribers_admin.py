"""The editor's screens about subscribers: who sees whom, and what can be done for one of them or for a whole list."""

import datetime
import io
import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry, PageLogEntry

from newsletter.models import (
    ConsentEvent,
    Delivery,
    Feedback,
    FrozenIssue,
    NewsletterIndexPage,
    SendRun,
    Subscriber,
    SubscriberImport,
    Subscription,
    Suppression,
)
from newsletter.subscribing.addresses import hash_of
from tests.factories import make_newsletter

from .subscribers import addresses_on, make_subscriber, put_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def noord_list(noord):
    return make_newsletter(noord, "Nieuws uit het noorden")


@pytest.fixture
def zuid_list(zuid):
    return make_newsletter(zuid, "Nieuws uit het zuiden")


@pytest.fixture
def lists(newsletter, noord_list, zuid_list):
    """One subscriber on each, and one on all of them."""
    for number, one in enumerate((newsletter, noord_list, zuid_list)):
        put_on(one, f"{('landelijk', 'noord', 'zuid')[number]}@example.org")
        put_on(one, "overal@example.org")
    return newsletter, noord_list, zuid_list


def url(name, *args):
    return reverse(f"subscribers:{name}", args=args)


def listed(client, **asked):
    response = client.get(url("index"), asked)
    return sorted(subscription.subscriber.email for subscription in response.context["object_list"])


def send(subscriber, newsletter, **fields):
    """As if an issue had gone to ``subscriber``."""
    frozen = FrozenIssue.objects.create(
        revision=1, subject=f"Nummer van {newsletter.title}", html="", text="", web={}, sha256="0" * 64
    )
    run = SendRun.objects.create(frozen=frozen, newsletter=newsletter, state="done")
    fields = {"state": "accepted", **fields}
    return Delivery.objects.create(run=run, subscriber=subscriber, address_hash=subscriber.address_hash, **fields)


def actions_on(newsletter):
    return list(PageLogEntry.objects.filter(page=newsletter.pk).values_list("action", flat=True))


def test_editor_sees_who_is_on_the_list_of_the_region(noord_client, lists):
    assert listed(noord_client) == ["noord@example.org", "overal@example.org"]


def test_national_editor_sees_all_lists(national_client, lists):
    assert len(listed(national_client)) == 6
    assert listed(national_client, newsletter=lists[2].pk) == ["overal@example.org", "zuid@example.org"]


def test_filter_by_a_list_of_another_region_finds_nothing_of_it(noord_client, lists):
    response = noord_client.get(url("index"), {"newsletter": lists[2].pk})

    assert "zuid@example.org" not in response.content.decode()
    assert "Nieuws uit het zuiden" not in response.content.decode()


def test_search_and_filters(noord_client, noord_list):
    put_on(noord_list, "een@example.org")
    put_on(noord_list, "twee@example.org", "pending")
    put_on(noord_list, "drie@example.org", "ended", source="import")

    assert listed(noord_client, q="TWEE") == ["twee@example.org"]
    assert listed(noord_client, state="ended") == ["drie@example.org"]
    assert listed(noord_client, source="site") == ["een@example.org", "twee@example.org"]
    assert listed(noord_client, ordering="subscriber__email")[0] == "drie@example.org"


def test_numbers_of_each_list(national_client, lists):
    put_on(lists[1], "wacht@example.org", "pending")
    put_on(lists[1], "weg@example.org", "ended")
    context = national_client.get(url("index")).context
    numbers = {line.title: (line.active, line.pending, line.ended) for line in context["overview"].lists}

    assert numbers == {
        "Nieuwsbrief STO": (2, 0, 0),
        "Nieuws uit het noorden (Noord)": (2, 1, 1),
        "Nieuws uit het zuiden (Zuid)": (2, 0, 0),
    }
    assert context["line"].active == 6
    assert national_client.get(url("index"), {"newsletter": lists[1].pk}).context["line"].pending == 1


def test_menu_names_subscribers_only_to_who_has_a_list(noord_client, noord):
    assert url("index") not in noord_client.get(reverse("wagtailadmin_home")).content.decode()
    newsletter = make_newsletter(noord)

    assert url("index") in noord_client.get(reverse("wagtailadmin_home")).content.decode()
    edit = noord_client.get(reverse("wagtailadmin_pages:edit", args=[newsletter.pk])).content.decode()
    assert f"{url('index')}?newsletter={newsletter.pk}" in edit


def test_screen_of_a_subscriber_has_the_whole_history(national_client, lists):
    subscriber = Subscriber.objects.get(email="overal@example.org")
    ConsentEvent(
        address_hash=subscriber.address_hash,
        newsletter=lists[0],
        newsletter_title="Nieuwsbrief STO",
        kind="confirmed",
        wording="Ja, graag.",
        source="De site",
        client_address="192.0.2.1",
    ).save()
    delivery = send(subscriber, lists[0], state="rejected", reply="550 vol")
    Feedback.objects.create(key="1", kind="hard", delivery=delivery, status="5.1.1", words="onbekend adres")
    shown = national_client.get(url("person", subscriber.pk)).content.decode()

    for words in (
        "Nieuws uit het zuiden (Zuid)",
        "Inschrijving bevestigd",
        "Ja, graag.",
        "192.0.2.1",
        "Nummer van Nieuwsbrief STO",
        "550 vol",
        "onbekend adres",
    ):
        assert words in shown


def test_editor_of_a_region_sees_of_a_subscriber_what_is_of_the_own_list(noord_client, lists):
    national, noord_list, zuid_list = lists
    subscriber = Subscriber.objects.get(email="overal@example.org")
    for one in lists:
        ConsentEvent(
            address_hash=subscriber.address_hash, newsletter=one, kind="requested", source=f"Formulier {one.title}"
        ).save()
        delivery = send(subscriber, one)
        Feedback.objects.create(key=one.title, kind="soft", delivery=delivery, words=f"Terug {one.title}")
    Feedback.objects.create(key="los", kind="complaint", address_hash=subscriber.address_hash, words="Terug los")
    Suppression.objects.create(address_hash=subscriber.address_hash, reason="complaint")
    shown = noord_client.get(url("person", subscriber.pk)).content.decode()

    for beginning in ("Formulier ", "Terug ", "Nummer van "):
        assert beginning + noord_list.title in shown
        assert beginning + national.title not in shown
        assert beginning + zuid_list.title not in shown
    assert "Terug los" not in shown
    assert "Gemeld als ongewenste mail" not in shown
    assert "geblokkeerd" in shown
    assert url("erase", subscriber.pk) not in shown


def test_subscriber_of_another_list_is_not_found(noord_client, lists):
    theirs = Subscription.objects.get(subscriber__email="zuid@example.org")
    shared = lists[2].subscriptions.get(subscriber__email="overal@example.org")

    assert noord_client.get(url("person", theirs.subscriber_id)).status_code == 404
    assert noord_client.post(url("end", theirs.subscriber_id, theirs.pk)).status_code == 404
    assert noord_client.post(url("end", shared.subscriber_id, shared.pk)).status_code == 404
    assert addresses_on(lists[2]) == ["overal@example.org", "zuid@example.org"]


def test_somebody_is_taken_off_the_list(noord_client, lists):
    subscription = lists[1].subscriptions.get(subscriber__email="overal@example.org")
    address = url("end", subscription.subscriber_id, subscription.pk)
    assert "niet terugdraaien" in noord_client.get(address).content.decode()
    assert subscription.pk in lists[1].subscriptions.active().values_list("pk", flat=True)

    noord_client.post(address)
    assert [addresses_on(one) for one in lists] == [
        ["landelijk@example.org", "overal@example.org"],
        ["noord@example.org"],
        ["overal@example.org", "zuid@example.org"],
    ]
    said = ConsentEvent.objects.get()
    assert (said.kind, said.newsletter_id, said.source) == ("withdrawn", lists[1].pk, "Een redacteur, op verzoek")
    assert "newsletter.end_subscription" in actions_on(lists[1])
    assert noord_client.post(address).status_code == 404


def test_erasing_asks_to_type_the_address(national_client, lists):
    subscriber = Subscriber.objects.get(email="overal@example.org")
    response = national_client.post(url("erase", subscriber.pk), {"address": "zuid@example.org"})
    assert "Dit is een ander adres." in response.content.decode()
    assert Subscriber.objects.filter(pk=subscriber.pk).exists()

    national_client.post(url("erase", subscriber.pk), {"address": " Overal@example.org"})
    assert not Subscriber.objects.filter(pk=subscriber.pk).exists()
    assert Suppression.objects.get(address_hash=hash_of("overal@example.org")).reason == "erased"
    entry = ModelLogEntry.objects.get(action="newsletter.erase_subscriber")
    assert "overal" not in f"{entry.label} {entry.data}"


@pytest.mark.parametrize("name", ["erase", "blocked", "blocked_results", "block", "lift"])
def test_erasing_and_blocking_is_for_national_editors(noord_client, lists, name):
    suppression = Suppression.objects.create(address_hash=hash_of("weg@example.org"), reason="blocked")
    subscriber = Subscriber.objects.get(email="overal@example.org")
    args = {"erase": [subscriber.pk], "lift": [suppression.pk]}.get(name, [])
    for response in (
        noord_client.get(url(name, *args)),
        noord_client.post(url(name, *args), {"address": "overal@example.org"}),
    ):
        assert response.status_code == 302
        assert response["Location"] == reverse("wagtailadmin_home")
    assert Subscriber.objects.filter(pk=subscriber.pk).exists()
    assert list(Suppression.objects.all()) == [suppression]


def test_address_is_blocked_and_let_in_again(national_client, lists):
    national_client.post(url("block"), {"address": "Overal@example.org"})
    blocked = Suppression.objects.get()
    assert (blocked.address_hash, blocked.reason) == (hash_of("overal@example.org"), "blocked")
    subscriber = Subscriber.objects.get(email="overal@example.org")
    screen = national_client.get(url("person", subscriber.pk)).content.decode()
    assert "Dit adres krijgt geen nieuwsbrieven: wil geen mail meer" in screen

    national_client.post(url("lift", blocked.pk))
    assert not Suppression.objects.exists()
    actions = ModelLogEntry.objects.filter(action__startswith="newsletter.").order_by("pk")
    assert list(actions.values_list("action", flat=True)) == ["newsletter.suppress", "newsletter.lift_suppression"]


def test_who_was_erased_is_not_let_in_by_an_editor(national_client, db):
    erased = Suppression.objects.create(address_hash=hash_of("weg@example.org"), reason="erased")

    assert national_client.post(url("lift", erased.pk)).status_code == 404
    assert url("lift", erased.pk) not in national_client.get(url("blocked")).content.decode()
    assert Suppression.objects.exists()


def test_blocked_addresses_show_whose_they_are_as_far_as_we_know(national_client, db):
    known = make_subscriber("bekend@example.org")
    for address_hash in (known.address_hash, hash_of("weg@example.org")):
        Suppression.objects.create(address_hash=address_hash, reason="blocked")
    shown = national_client.get(url("blocked")).content.decode()
    assert "bekend@example.org" in shown
    assert "onbekend" in shown

    found = national_client.get(url("blocked"), {"q": "Weg@example.org"})
    assert [one.address_hash for one in found.context["object_list"]] == [hash_of("weg@example.org")]
    assert not national_client.get(url("blocked"), {"q": "weg@example"}).context["object_list"]


def test_list_and_spreadsheet_say_whose_address_is_blocked(noord_client, noord_list):
    for number, state in enumerate(Subscription.State.values * 2):
        subscription = put_on(noord_list, f"{state}{number}@example.org", state)
        if number > 2:
            Suppression.objects.create(address_hash=subscription.subscriber.address_hash, reason="bounces")
    stated = {
        "pending0@example.org": "Nog niet bevestigd",
        "active1@example.org": "Ingeschreven",
        "ended2@example.org": "Uitgeschreven",
        # Whoever confirms lifts it.
        "pending3@example.org": "Nog niet bevestigd",
        "active4@example.org": "Geblokkeerd",
        "ended5@example.org": "Uitgeschreven",
    }

    rows = re.findall(r"<tr.*?</tr>", noord_client.get(url("index")).text, re.DOTALL)
    for address, state in stated.items():
        (row,) = [row for row in rows if address in row]
        assert re.search(rf">\s*{state}\s*<", row)
    exported = noord_client.get(url("index"), {"export": "csv"})
    lines = b"".join(exported.streaming_content).decode().splitlines()
    cells = [line.split(",") for line in lines[1:]]
    assert {address: state for address, _newsletter, state, *_rest in cells} == stated


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_spreadsheet_has_what_is_shown_and_no_formula(noord_client, lists, kind):
    put_on(lists[1], "=cmd@example.org", "ended")
    response = noord_client.get(url("index"), {"export": kind, "q": "cmd"})
    content = b"".join(response.streaming_content)
    if kind == "csv":
        heading, *rows = content.decode().splitlines()
        cells = [row.split(",")[:3] for row in (heading, *rows)]
        assert cells[1][0] == "'=cmd@example.org"
    else:
        sheet = load_workbook(io.BytesIO(content)).active
        assert sheet["A2"].data_type == "s"
        cells = [[cell.value for cell in row[:3]] for row in sheet.iter_rows()]
    assert cells[0] == ["E-mailadres", "Nieuwsbrief", "Status"]
    assert [row[1:] for row in cells[1:]] == [["Nieuws uit het noorden (Noord)", "Uitgeschreven"]]


def test_spreadsheet_is_noted_in_the_history_of_its_lists(national_client, lists):
    response = national_client.get(url("index"), {"export": "csv", "newsletter": lists[1].pk})
    rows = b"".join(response.streaming_content).decode().splitlines()

    assert len(rows) == 3
    assert "attachment" in response["Content-Disposition"]
    assert "newsletter.export_subscribers" in actions_on(lists[1])
    assert "newsletter.export_subscribers" not in actions_on(lists[2])
    history = national_client.get(reverse("wagtailadmin_pages:history", args=[lists[1].pk])).content.decode()
    assert "Lijst van abonnees gedownload (2 abonnees)" in history


def test_spreadsheet_of_an_editor_has_the_own_list_only(noord_client, lists):
    response = noord_client.get(url("index"), {"export": "csv"})

    assert b"zuid@example.org" not in b"".join(response.streaming_content)


def test_spreadsheet_asks_for_the_password_after_a_while(noord_client, lists):
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=16)):
        response = noord_client.get(url("index"), {"export": "csv"})

    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert "newsletter.export_subscribers" not in actions_on(lists[1])


def upload(client, newsletter, content="E-mailadres\neen@example.org\ngeen adres\n", **fields):
    form = {
        "newsletter": newsletter.pk,
        "file": SimpleUploadedFile("beurs.csv", content.encode()),
        "obtained": "Formulier op de beurs",
        "given_on": "12-03-2025",
        "wording": "Ja, stuur mij de nieuwsbrief.",
        "proven": "on",
    }
    return client.post(url("import"), {**form, **fields}, follow=True)


def test_day_of_consent_is_chosen_from_a_calendar(noord_client, noord_list):
    assert "date-time-chooser.js" in noord_client.get(url("import")).content.decode()


def test_import_shows_first_what_it_comes_to(noord_client, noord_list):
    put_on(noord_list, "weg@example.org", "ended")
    shown = upload(noord_client, noord_list, "E-mailadres\neen@example.org\ngeen adres\nweg@example.org\n")
    text = shown.content.decode()

    assert "1 adres komt op de lijst" in text
    assert "1 adres dat zich eerder uitschreef" in text
    assert "‘geen adres’ is geen e-mailadres." in text
    assert addresses_on(noord_list) == []
    assert not Subscriber.objects.filter(email="een@example.org").exists()

    done = noord_client.post(shown.redirect_chain[0][0], follow=True).content.decode()
    assert addresses_on(noord_list) == ["een@example.org"]
    assert "1 adres staat nu op de lijst" in done
    assert "2 regels van het bestand bleven erbuiten." in done
    history = noord_client.get(reverse("wagtailadmin_pages:history", args=[noord_list.pk])).content.decode()
    assert "Abonnees geïmporteerd (1 abonnee)" in history
    assert "een@example.org" not in history


def test_import_done_twice_says_so(noord_client, noord_list):
    address = upload(noord_client, noord_list).redirect_chain[0][0]
    noord_client.post(address)

    assert "Dit bestand is al geïmporteerd." in noord_client.post(address, follow=True).content.decode()
    assert addresses_on(noord_list) == ["een@example.org"]


def test_import_that_is_not_wanted_is_thrown_away(noord_client, noord_list):
    address = upload(noord_client, noord_list).redirect_chain[0][0]
    noord_client.post(address, {"discard": "1"})

    assert not SubscriberImport.objects.exists()
    assert addresses_on(noord_list) == []


@pytest.mark.parametrize(
    ("field", "given", "told"),
    [
        ("proven", "", "Zonder bewijs van toestemming"),
        ("wording", "", "Dit is een verplicht veld"),
        ("obtained", "", "Dit is een verplicht veld"),
        ("given_on", "31-12-2999", "nog niet geweest"),
        ("content", "PK\x03\x04", "Excel-bestand"),
        ("content", "E-mailadres\n", "Er staan geen adressen in."),
    ],
)
def test_import_without_proof_or_addresses_is_refused_beside_the_field(noord_client, noord_list, field, given, told):
    response = upload(noord_client, noord_list, **{field: given})

    assert told in response.content.decode()
    assert not SubscriberImport.objects.exists()


def test_import_into_the_list_of_another_region_is_refused(noord_client, noord_list, zuid_list):
    upload(noord_client, zuid_list)

    assert not SubscriberImport.objects.exists()


def test_import_of_another_region_is_not_found(noord_client, noord_list, zuid_list):
    theirs = SubscriberImport.objects.create(
        newsletter=zuid_list,
        file_name="zuid.csv",
        wording="Ja",
        obtained="Post",
        rows=[["een@example.org", "2025-01-01"]],
    )

    assert noord_client.get(url("check_import", theirs.pk)).status_code == 404
    assert noord_client.post(url("check_import", theirs.pk)).status_code == 404
    assert "zuid.csv" not in noord_client.get(url("import")).content.decode()
    assert addresses_on(zuid_list) == []


def test_newsletter_with_subscribers_is_not_deleted(national_client, newsletter, noord, noord_list):
    put_on(newsletter)
    put_on(noord_list)
    refused = national_client.post(reverse("wagtailadmin_pages:delete", args=[newsletter.pk]), follow=True)
    assert "Er is 1 abonnee. Verwijderen kan niet" in refused.content.decode()

    for page in (newsletter, noord):
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        national_client.post(f"{bulk}?id={page.pk}&next=/admin/")
    assert NewsletterIndexPage.objects.filter(pk__in=[newsletter.pk, noord_list.pk]).count() == 2


def test_newsletter_that_everybody_left_is_deleted(national_client, newsletter):
    put_on(newsletter, state="ended")
    put_on(newsletter, state="pending")
    national_client.post(reverse("wagtailadmin_pages:delete", args=[newsletter.pk]))

    assert not NewsletterIndexPage.objects.exists()


def test_number_of_queries_does_not_grow(national_client, newsletter, zuid, count_queries):
    def counts():
        subscriber = put_on(newsletter).subscriber
        send(subscriber, newsletter)
        names = ["index", "index_results", "import", "blocked"]
        addresses = [*map(url, names), url("person", make_subscriber("overal@example.org").pk)]
        return [count_queries(national_client, address) for address in addresses]

    def add():
        for _ in range(2):
            subscription = put_on(newsletter)
            Suppression.objects.create(address_hash=subscription.subscriber.address_hash, reason="blocked")
            SubscriberImport.objects.create(newsletter=newsletter, file_name="a.csv", wording="Ja", obtained="Post")
        subscriber = make_subscriber("overal@example.org")
        send(subscriber, newsletter)
        ConsentEvent(address_hash=subscriber.address_hash, newsletter=newsletter, kind="requested").save()

    put_on(newsletter, "overal@example.org")
    put_on(make_newsletter(zuid), "overal@example.org")
    add()
    few = counts()
    add()
    assert counts() == few
