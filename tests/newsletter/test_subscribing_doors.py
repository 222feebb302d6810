"""The doors by which visitors subscribe, confirm, leave, and choose."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.api.openapi.specification import specification
from newsletter.models import ConsentEvent, NewsletterIndexPage, Subscriber, SubscriberMail, Subscription, Suppression
from newsletter.subscribing import links, suppression, tokens
from newsletter.subscribing.addresses import hash_of
from newsletter.subscribing.wording import wording_of_form
from tests import contract
from tests.factories import make_newsletter, make_region

from .subscribers import put_on
from .subscribing import ask, consents, path_in, send_mails, state_of, token_in

pytestmark = pytest.mark.django_db
READER = "lezer@example.org"
ROOT = "/api/v2/newsletters"


@pytest.fixture
def post(client):
    """``post(path, body)`` sends JSON to the API."""

    def send(path, body, **headers):
        return client.post(f"{ROOT}/{path}", json.dumps(body), content_type="application/json", headers=headers)

    return send


def filled_in(*newsletters, **fields):
    return {
        "email": READER,
        "newsletters": [newsletter.pk for newsletter in newsletters],
        "wording_version": wording_of_form().version,
        **fields,
    }


def described(path, method="get", status="200"):
    responses = specification()["paths"][f"/newsletters/{path}"][method]["responses"]
    return contract.validator(responses[status]["content"]["application/json"]["schema"])


def everything():
    """All that subscribers have, to see that something changed nothing."""
    models = (Subscriber, Subscription, ConsentEvent, Suppression, SubscriberMail)
    return [list(model.objects.order_by("pk").values()) for model in models]


def shown_of_regional(regional):
    return {
        "id": regional.pk,
        "title": "Nieuwsbrief van Noord",
        "html_path": "/regio/noord/nieuwsbrief-van-noord/",
        "description": "Het nieuws uit het noorden",
        "region": {"id": regional.get_parent().pk, "title": "Noord"},
    }


@pytest.fixture
def regional(noord):
    return make_newsletter(noord, "Nieuwsbrief van Noord", summary="Het nieuws uit het noorden")


def test_form_shows_the_newsletters_and_what_one_agrees_to(api, newsletter, regional):
    NewsletterIndexPage.objects.get(pk=make_newsletter(make_region("Oost")).pk).unpublish()

    form = api("newsletters/subscription-form/")

    described("subscription-form/").validate(form)
    assert form["newsletters"] == [
        {
            "id": newsletter.pk,
            "title": newsletter.title,
            "html_path": newsletter.document.html_path,
            "description": "",
            "region": None,
        },
        shown_of_regional(regional),
    ]
    assert "aangekruist" in form["wording"]
    assert "na 7 dagen" in form["privacy"]
    assert (form["trap"], form["proof"]) == ("website", None)


def test_form_takes_as_many_queries_for_more_newsletters(client, count_queries, newsletter):
    numbers = []
    for _ in range(2):
        for _ in range(3):
            make_newsletter(make_region(f"Regio {NewsletterIndexPage.objects.count()}"))
        numbers.append(count_queries(client, f"{ROOT}/subscription-form/"))

    assert numbers[0] == numbers[1]


def test_whole_way_in_and_out(client, post, newsletter, regional, mailoutbox):
    answer = post("subscriptions/", filled_in(newsletter, regional))
    assert answer.status_code == 202
    described("subscriptions/", "post", "202").validate(answer.json())
    (mail,) = send_mails(mailoutbox)
    assert mail.to == [READER]
    assert mail.subject == "Bevestig uw inschrijving"
    assert "- Nieuwsbrief STO\n- Nieuwsbrief van Noord\n" in mail.body
    assert path_in(mail).startswith("/abonnement/bevestigen/")

    path = f"subscriptions/confirm/{token_in(mail)}/"
    shown = client.get(f"{ROOT}/{path}")
    described("subscriptions/confirm/{token}/").validate(shown.json())
    assert shown["Cache-Control"] == "no-store"
    assert shown.json()["state"] == "pending"
    assert shown.json()["newsletters"][0]["title"] == newsletter.title
    assert shown.json()["newsletters"][1] == shown_of_regional(regional)
    for _ in range(2):
        confirmed = post(path, {})
        assert (confirmed.status_code, confirmed.json()["state"]) == (200, "active")
    assert consents(READER) == ["requested"] * 2 + ["confirmed"] * 2

    token = tokens.unsubscribe_token(Subscription.objects.get(newsletter=regional).public_id)
    path = f"unsubscribe/{token}/"
    described("unsubscribe/{token}/").validate(client.get(f"{ROOT}/{path}").json())
    for _ in range(2):
        left = post(path, {})
        assert left.status_code == 200
        assert left.json() == {"newsletter": shown_of_regional(regional), "state": "ended"}
    assert (state_of(READER, newsletter), state_of(READER, regional)) == ("active", "ended")
    assert consents(READER)[4:] == ["withdrawn"]


WRONG = [
    ({"email": "geen adres"}, "email"),
    ({"email": ""}, "email"),
    ({"email": 7}, "email"),
    ({"email": f"{'a' * 250}@example.org"}, "email"),
    ({"newsletters": []}, "newsletters"),
    ({"newsletters": "1"}, "newsletters"),
    ({"newsletters": [True]}, "newsletters"),
    ({"newsletters": [2**63]}, "newsletters"),
    ({"newsletters": [[1]]}, "newsletters"),
    ({"wording_version": "1999"}, "wording_version"),
    ({"wording_version": None}, "wording_version"),
    ({"website": 1}, "website"),
    ({"name": "Lezer"}, "name"),
]


@pytest.mark.parametrize(("fields", "name"), WRONG)
def test_what_is_wrong_is_said_beside_its_field(post, newsletter, fields, name):
    answer = post("subscriptions/", filled_in(newsletter) | fields)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert [*answer.json()["errors"]] == [name]
    assert everything() == [[]] * 5


@pytest.mark.parametrize("path", ["subscriptions/", "preferences/"])
def test_only_json_comes_in(client, path, db):
    assert client.post(f"{ROOT}/{path}", {"email": READER}).status_code == 415
    assert client.post(f"{ROOT}/{path}", "[", content_type="application/json").status_code == 400


def test_who_fills_in_the_trap_gets_the_usual_answer_and_nothing_else(post, newsletter):
    usual = post("subscriptions/", filled_in(newsletter))
    before = everything()

    trapped = post("subscriptions/", filled_in(newsletter, email="robot@example.org", website="https://example.org"))

    assert (trapped.status_code, trapped.json()) == (usual.status_code, usual.json())
    assert everything() == before


def test_proof_is_asked_for_where_that_is_switched_on(post, api, newsletter, settings):
    settings.PROOF_OF_WORK = True
    assert api("newsletters/subscription-form/")["proof"]["parameters"]

    answer = post("subscriptions/", filled_in(newsletter))

    assert (answer.status_code, [*answer.json()["errors"]]) == (422, ["proof"])


@pytest.mark.parametrize("path", ["subscriptions/", "preferences/"])
def test_too_often_is_refused(post, newsletter, settings, path):
    settings.REGISTRATIONS_PER_ADDRESS = 2
    body = filled_in(newsletter) if path == "subscriptions/" else {"email": READER}

    statuses = [post(path, body | {"email": READER.upper()}).status_code for _ in range(3)]
    assert statuses == [202, 202, 429]
    settings.REGISTRATIONS_PER_CLIENT = 4
    assert post(path, body | {"email": "ander@example.org"}).status_code == 202
    assert post(path, body | {"email": "weer-ander@example.org"}).status_code == 429


@pytest.fixture
def people(newsletter):
    """Addresses of every kind that there is, but for their names the same to a stranger."""
    put_on(newsletter, "actief@example.org")
    put_on(newsletter, "wachtend@example.org", "pending")
    put_on(newsletter, "vertrok@example.org", "ended")
    put_on(newsletter, "stoorde@example.org", "ended")
    suppression.suppress(hash_of("stoorde@example.org"), Suppression.Reason.COMPLAINT)
    suppression.suppress(hash_of("blokkeer@example.org"), Suppression.Reason.BLOCKED)
    suppression.suppress(hash_of("gewist@example.org"), Suppression.Reason.ERASED)
    suppression.suppress(hash_of("weigert@example.org"), Suppression.Reason.BOUNCES)
    return ["nieuw", "actief", "wachtend", "vertrok", "stoorde", "blokkeer", "gewist", "weigert"]


def answers_to_all(post, people, path, body):
    """What each is told, and by how many statements."""
    post(path, body | {"email": "eerst@example.org"})
    told = []
    for name in people:
        SubscriberMail.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            answer = post(path, body | {"email": f"{name}@example.org"})
        headers = {key: value for key, value in answer.headers.items() if key != "Date"}
        told.append((answer.status_code, answer.content, headers, len(queries)))
    return told


def test_nobody_learns_from_subscribing_whether_an_address_is_known(post, newsletter, people):
    told = answers_to_all(post, people, "subscriptions/", filled_in(newsletter))

    assert told == [told[0]] * len(people)
    assert told[0][0] == 202


def test_nobody_learns_from_asking_for_preferences_whether_an_address_is_known(post, newsletter, people):
    told = answers_to_all(post, people, "preferences/", {})

    assert told == [told[0]] * len(people)
    assert told[0][0] == 202


def test_the_mail_is_what_differs(post, newsletter, people, mailoutbox):
    for name in people:
        post("subscriptions/", filled_in(newsletter, email=f"{name}@example.org"))

    subjects = {mail.to[0].partition("@")[0]: mail.subject for mail in send_mails(mailoutbox)}
    assert subjects == {
        "actief": "U bent al ingeschreven",
        **dict.fromkeys(["nieuw", "wachtend", "vertrok", "gewist", "weigert"], "Bevestig uw inschrijving"),
    }
    for name in people:
        post("preferences/", {"email": f"{name}@example.org"})
    post("preferences/", {"email": "onbekend@example.org"})
    asked = {mail.to[0].partition("@")[0] for mail in send_mails(mailoutbox)}
    assert asked == {"actief", "nieuw", "wachtend", "vertrok", "gewist", "weigert"}


def test_looking_at_links_changes_nothing_however_often(client, newsletter, mailoutbox):
    subscription = put_on(newsletter)
    subscriber = subscription.subscriber
    ask("ander@example.org", newsletter)
    (mail,) = send_mails(mailoutbox)
    paths = [
        f"subscriptions/confirm/{token_in(mail)}/",
        f"unsubscribe/{tokens.unsubscribe_token(subscription.public_id)}/",
        f"preferences/{tokens.preferences_token(subscriber.public_id)}/",
        f"preferences/{tokens.preferences_token(subscriber.public_id)}/data/",
    ]
    before = everything()

    for path in paths:
        for _ in range(100):
            assert client.get(f"{ROOT}/{path}").status_code == 200
        assert client.head(f"{ROOT}/{path}").status_code == 200
        assert client.options(f"{ROOT}/{path}").status_code == 204

    assert everything() == before


@pytest.mark.parametrize("multipart", [False, True])
def test_mail_programs_leave_by_one_post(client, newsletter, multipart):
    """RFC 8058, 3.2."""
    subscription = put_on(newsletter)
    path = f"{ROOT}/unsubscribe/{tokens.unsubscribe_token(subscription.public_id)}/"
    client.cookies.clear()

    for _ in range(2):
        if multipart:
            answer = client.post(path, {"List-Unsubscribe": "One-Click"})
        else:
            form = "application/x-www-form-urlencoded"
            answer = client.post(path, "List-Unsubscribe=One-Click", content_type=form)
        assert (answer.status_code, answer.json()["state"]) == (200, "ended")
        assert not answer.cookies
        assert "Location" not in answer

    subscription.refresh_from_db()
    assert subscription.state == "ended"
    assert ConsentEvent.objects.filter(kind="withdrawn").count() == 1


ODD_BODIES = [
    ("", ""),
    ("", "application/json"),
    ("{", "application/json"),
    ("List-Unsubscribe", "multipart/form-data"),
    ("x" * 100_000, "multipart/form-data; boundary=y"),
    ("\x00", "text/plain"),
]


@pytest.mark.parametrize(("content", "kind"), ODD_BODIES)
def test_leaving_never_fails_by_what_comes_with_it(client, newsletter, content, kind):
    subscription = put_on(newsletter)

    answer = client.post(
        f"{ROOT}/unsubscribe/{tokens.unsubscribe_token(subscription.public_id)}/?source=mail",
        content,
        content_type=kind,
    )

    assert (answer.status_code, answer.json()["state"]) == (200, "ended")


def test_log_does_not_tell_the_links(client, newsletter, caplog):
    subscription = put_on(newsletter)
    unsubscribing = tokens.unsubscribe_token(subscription.public_id)
    preferring = tokens.preferences_token(subscription.subscriber.public_id)

    client.put(f"{ROOT}/unsubscribe/{unsubscribing}/")
    client.put(f"{ROOT}/preferences/{preferring}/data/")
    client.get(f"/abonnement/afmelden/{unsubscribing}/")
    client.get(f"/abonnement/voorkeuren/{preferring}/")

    for path in ("newsletters/unsubscribe/…/", "preferences/…/data/", "afmelden/…/", "voorkeuren/…/"):
        assert path in caplog.text
    assert unsubscribing not in caplog.text
    assert preferring not in caplog.text


def test_browser_that_comes_from_a_mail_program_is_led_to_the_page(client, newsletter):
    subscription = put_on(newsletter)
    token = tokens.unsubscribe_token(subscription.public_id)
    path = f"{ROOT}/unsubscribe/{token}/"

    answer = client.get(path, headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})

    assert (answer.status_code, answer["Location"]) == (302, links.unsubscribe_page(token))
    assert answer["Cache-Control"] == "no-store"
    assert client.get(path, headers={"accept": "*/*"}).json()["state"] == "active"
    subscription.refresh_from_db()
    assert subscription.state == "active"


def test_leaving_what_was_erased_is_fine(client, post, newsletter):
    subscription = put_on(newsletter)
    token = tokens.unsubscribe_token(subscription.public_id)
    subscription.subscriber.delete()

    for answer in (client.get(f"{ROOT}/unsubscribe/{token}/"), post(f"unsubscribe/{token}/", {})):
        assert (answer.status_code, answer.json()) == (200, {"newsletter": None, "state": "ended"})
        described("unsubscribe/{token}/").validate(answer.json())


def test_preferences_are_changed_at_once(client, post, newsletter, regional, mailoutbox):
    put_on(newsletter, READER)
    post("preferences/", {"email": READER})
    (mail,) = send_mails(mailoutbox)
    assert path_in(mail).startswith("/abonnement/voorkeuren/")
    path = f"preferences/{token_in(mail)}/"

    shown = client.get(f"{ROOT}/{path}").json()
    described("preferences/{token}/").validate(shown)
    assert shown["email"] == READER
    assert [one["subscribed"] for one in shown["newsletters"]] == [True, False]
    changed = post(path, {"newsletters": [regional.pk]})

    assert changed.status_code == 200
    assert [one["subscribed"] for one in changed.json()["newsletters"]] == [False, True]
    assert (state_of(READER, newsletter), state_of(READER, regional)) == ("ended", "active")
    assert consents(READER) == ["withdrawn", "confirmed"]
    event = ConsentEvent.objects.get(kind="confirmed")
    assert (event.newsletter_id, event.source, event.client_address) == (regional.pk, "Eigen voorkeuren", "127.0.0.1")
    assert "aangekruist" in event.wording
    assert send_mails(mailoutbox) == []


@pytest.mark.parametrize("body", [{}, {"newsletters": None}, {"newsletters": ["1"]}, {"newsletters": [9**9]}])
def test_preferences_take_only_newsletters_that_there_are(post, newsletter, body):
    subscriber = put_on(newsletter).subscriber
    before = everything()

    answer = post(f"preferences/{tokens.preferences_token(subscriber.public_id)}/", body)

    assert (answer.status_code, [*answer.json()["errors"]]) == (422, ["newsletters"])
    assert everything() == before


def test_newsletter_that_went_offline_can_still_be_left(client, post, newsletter, regional):
    subscription = put_on(regional)
    NewsletterIndexPage.objects.get(pk=regional.pk).unpublish()
    path = f"preferences/{tokens.preferences_token(subscription.subscriber.public_id)}/"

    shown = client.get(f"{ROOT}/{path}").json()["newsletters"]
    assert [(one["id"], one["html_path"], one["subscribed"]) for one in shown][1:] == [(regional.pk, "", True)]
    assert post(path, {"newsletters": []}).status_code == 200
    assert [one["id"] for one in client.get(f"{ROOT}/{path}").json()["newsletters"]] == [newsletter.pk]


def test_preferences_take_as_many_queries_for_more_newsletters(client, count_queries, newsletter):
    subscription = put_on(newsletter)
    path = f"{ROOT}/preferences/{tokens.preferences_token(subscription.subscriber.public_id)}/"
    numbers = []
    for _ in range(2):
        for _ in range(3):
            made = make_newsletter(make_region(f"Regio {NewsletterIndexPage.objects.count()}"))
            put_on(made, subscription.subscriber.email)
        numbers.append([count_queries(client, path), count_queries(client, f"{path}data/")])

    assert numbers[0] == numbers[1]


PERSONAL = [
    "subscriptions/confirm/{}/",
    "unsubscribe/{}/",
    "preferences/{}/",
    "preferences/{}/data/",
]


@pytest.mark.parametrize("path", PERSONAL)
def test_link_opens_what_it_was_made_for_and_nothing_else(client, newsletter, mailoutbox, path):
    subscription = put_on(newsletter)
    ask("ander@example.org", newsletter)
    (mail,) = send_mails(mailoutbox)
    made = {
        "subscriptions/confirm/{}/": token_in(mail),
        "unsubscribe/{}/": tokens.unsubscribe_token(subscription.public_id),
        "preferences/{}/": tokens.preferences_token(subscription.subscriber.public_id),
    }
    others = [token for name, token in made.items() if not path.startswith(name)]
    fitting = [token for name, token in made.items() if path.startswith(name)]

    for token in [*others, "", "x", f"{fitting[0]}x", fitting[0][:-1], str(subscription.public_id)]:
        assert client.get(f"{ROOT}/{path.format(token)}").status_code in (404, 405)
    assert client.get(f"{ROOT}/{path.format(fitting[0])}").status_code == 200


@pytest.mark.parametrize("path", ["subscriptions/confirm/{}/", "preferences/{}/", "preferences/{}/erase/"])
def test_who_tries_many_links_is_stopped(client, post, path, db):
    statuses = {post(path.format("x"), {"newsletters": []}).status_code for _ in range(31)}
    assert statuses == {404, 429}


def test_erasing_answers_and_closes_the_link(client, post, newsletter):
    subscriber = put_on(newsletter).subscriber
    path = f"preferences/{tokens.preferences_token(subscriber.public_id)}/"

    answer = post(f"{path}erase/", {})

    assert answer.status_code == 200
    described("preferences/{token}/erase/", "post").validate(answer.json())
    assert client.get(f"{ROOT}/{path}").status_code == 404
    assert not Subscriber.objects.exists()
