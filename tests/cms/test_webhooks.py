"""Webhooks: which changes are told, how each message is delivered in the end, and what editors can do about it."""

import datetime
import json

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from cms.models import Webhook, WebhookDelivery
from cms.tree import add_live
from cms.webhooks import delivery
from cms.webhooks.tasks import send_webhooks, send_what_is_due
from home.models import ContentPage, SiteSettings
from regions.models import NewsPage
from tests.factories import make_draft, make_news, make_region, make_story, make_user
from tests.receiver import Receiver, answer, hang, is_signed, talk_nonsense
from tests.regions.test_editing import add_url, news_form

ADDRESS = "https://1.1.1.1/haak"
MINUTE = datetime.timedelta(minutes=1)
State = WebhookDelivery.State


@pytest.fixture
def webhook(db):
    return Webhook.objects.create(name="Website", url="https://hooks.example.org/")


@pytest.fixture
def told(webhook):
    """What was told since the last time, as payloads without the moment."""

    def payloads():
        sent = list(WebhookDelivery.objects.filter(webhook=webhook).order_by("pk"))
        WebhookDelivery.objects.all().delete()
        return [{name: value for name, value in one.payload.items() if name != "at"} for one in sent]

    return payloads


@pytest.fixture
def receive(settings):
    """``receive(*behaviours)`` gives a receiver that runs until the test is over, with a webhook of its own."""
    settings.WEBHOOK_ALLOW_LOOPBACK = True
    running = []

    def start(*behaviours):
        receiver = Receiver(*behaviours).__enter__()
        running.append(receiver)
        receiver.webhook = Webhook.objects.create(name="Ontvanger", url=receiver.url)
        return receiver

    yield start
    for receiver in running:
        receiver.__exit__()


def told_of(event, page, path, old_path=None):
    return {"event": event, "id": page.pk, "type": page._meta.label, "path": path, "old_path": old_path}


def publish(page, **changes):
    make_draft(page, **changes).publish()


def test_publishing_is_told_at_the_first_time_and_each_time_after(told, noord_client, noord):
    noord_client.post(add_url(noord), news_form() | {"action-publish": "1"})
    page = NewsPage.objects.get()
    published = told_of("page.published", page, "/regio/noord/nieuws/open-dag-in-het-techlab/")
    assert told() == [published]

    publish(page, summary="Iets anders")
    assert told() == [published]


def test_message_is_complete(webhook, noord):
    with time_machine.travel("2026-03-01T12:00:00+01:00", tick=False):
        page = make_news(noord, "Nieuw lokaal")
    [sent] = WebhookDelivery.objects.all()
    assert sent.payload == {
        "event": "page.published",
        "id": page.pk,
        "type": "regions.NewsPage",
        "path": "/regio/noord/nieuws/nieuw-lokaal/",
        "old_path": None,
        "at": "2026-03-01T11:00:00.000Z",
    }
    assert (sent.event_id, sent.state, sent.attempts) == (sent.event_id, State.WAITING, 0)
    assert sent.event_id.startswith("msg_")


def test_drafts_are_not_told(told, noord_client, noord):
    noord_client.post(add_url(noord), news_form())
    page = make_news(noord)
    told()

    make_draft(page, title="Nog niet", slug="nog-niet")
    NewsPage.objects.get(slug="open-dag-in-het-techlab").delete()
    assert told() == []


def test_what_is_published_in_a_hidden_region_is_not_told(told, noord):
    page = make_news(noord, "Lokaal")
    noord.unpublish()
    assert told()[1:] == [told_of("page.unpublished", noord, "/regio/noord/")]

    publish(page, summary="Iets anders")
    assert told() == []

    noord.save_revision().publish()
    assert told() == [told_of("page.published", noord, "/regio/noord/")]


def test_new_region_is_told_as_one(told):
    region = make_region("Oost", slug="oost")
    assert told_of("page.published", region, "/regio/oost/") in told()


def test_other_address_is_told_with_the_old_one(told, noord):
    page = make_news(noord, "Lokaal")
    told()
    publish(page, slug="anders", summary="Iets anders")
    assert told() == [told_of("page.moved", page, "/regio/noord/nieuws/anders/", "/regio/noord/nieuws/lokaal/")]


def test_move_is_told_once_for_the_page_and_all_below_it(told, noord, zuid):
    page = add_live(noord, ContentPage(title="Over ons"))
    add_live(page, ContentPage(title="Contact"))
    told()
    page.move(zuid, pos="last-child")
    assert told() == [told_of("page.moved", page, "/regio/zuid/over-ons/", "/regio/noord/over-ons/")]


def test_other_order_is_told(told, noord):
    first, last = [add_live(noord, ContentPage(title=title)) for title in ("Over ons", "Contact")]
    told()
    last.move(first, pos="left")
    assert told() == [told_of("page.moved", last, "/regio/noord/contact/", "/regio/noord/contact/")]


def test_move_out_of_sight_takes_a_page_offline_and_back_publishes_it(told, noord, zuid):
    page = add_live(noord, ContentPage(title="Over ons"))
    zuid.unpublish()
    told()
    page.move(zuid, pos="last-child")
    assert told() == [told_of("page.unpublished", page, "/regio/noord/over-ons/")]
    Page.objects.get(pk=page.pk).move(noord, pos="last-child")
    assert told() == [told_of("page.published", page, "/regio/noord/over-ons/")]


def test_unpublishing_is_told(told, noord):
    page = make_story(noord, "Verhaal")
    told()
    page.unpublish()
    assert told() == [told_of("page.unpublished", page, "/regio/noord/inspiratie/verhaal/")]
    publish(page)
    assert told() == [told_of("page.published", page, "/regio/noord/inspiratie/verhaal/")]


def test_what_editors_planned_is_told_when_it_happens(told, noord):
    now = timezone.now()
    page = make_news(noord, "Tijdelijk")
    publish(page, expire_at=now + datetime.timedelta(hours=2))
    other = make_news(noord, "Later", live=False)
    other.unpublish()
    publish(other, go_live_at=now + datetime.timedelta(hours=1))
    told()

    with time_machine.travel(now + datetime.timedelta(hours=3)):
        call_command("publish_scheduled")
    assert told() == [
        told_of("page.unpublished", page, "/regio/noord/nieuws/tijdelijk/"),
        told_of("page.published", other, "/regio/noord/nieuws/later/"),
    ]


def test_deleting_is_told_once_for_the_page_and_all_below_it(told, noord):
    page = add_live(noord, ContentPage(title="Over ons"))
    add_live(page, ContentPage(title="Contact"))
    told()
    deleted = told_of("page.deleted", page, "/regio/noord/over-ons/")
    Page.objects.get(pk=page.pk).delete()
    assert told() == [deleted]


def test_public_page_below_a_draft_is_told_when_the_draft_is_deleted(told, noord):
    page = add_live(noord, ContentPage(title="Over ons"))
    child = add_live(page, ContentPage(title="Contact"))
    page.unpublish()
    told()
    deleted = told_of("page.deleted", child, "/regio/noord/over-ons/contact/")
    Page.objects.get(pk=page.pk).delete()
    assert told() == [deleted]


def test_settings_of_the_site_are_told_when_they_are_published(told):
    site = SiteSettings.objects.get()
    site.phone = "030 123 45 67"
    revision = site.save_revision()
    assert told() == []

    revision.publish()
    assert told() == [
        {"event": "settings.changed", "id": None, "type": "home.SiteSettings", "path": None, "old_path": None}
    ]


def test_change_that_is_rolled_back_is_not_told(told, noord):
    with transaction.atomic():
        make_news(noord)
        transaction.set_rollback(True)
    assert told() == []
    assert not DBTaskResult.objects.filter(task_path=send_webhooks.module_path).exists()


def test_each_webhook_is_told_what_it_asked_for(noord):
    everything = Webhook.objects.create(name="Alles", url="https://a.example.org/")
    moves = Webhook.objects.create(name="Adressen", url="https://b.example.org/", events=["page.moved"])
    Webhook.objects.create(name="Uit", url="https://c.example.org/", is_active=False)
    page = make_news(noord)
    publish(page, slug="anders")

    assert [sent.event for sent in everything.deliveries.order_by("pk")] == ["page.published", "page.moved"]
    [moved] = moves.deliveries.all()
    assert WebhookDelivery.objects.count() == 3
    assert everything.deliveries.filter(event_id=moved.event_id).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        moves.deliveries.create(event_id=moved.event_id, event=moved.event, body=moved.body)


def test_publishing_asks_one_question_when_nobody_listens(noord):
    page = make_news(noord)
    draft = make_draft(page, summary="Iets anders")
    with CaptureQueriesContext(connection) as queries:
        draft.publish()
    assert sum("webhook" in query["sql"] for query in queries) == 1


def test_publishing_writes_once_however_many_listen(noord):
    page = make_news(noord)

    def count_with(number):
        Webhook.objects.all().delete()
        for index in range(number):
            Webhook.objects.create(name="Ontvanger", url=f"https://hooks.example.org/{index}")
        draft = make_draft(page)
        with CaptureQueriesContext(connection) as queries:
            draft.publish()
        return sum("webhook" in query["sql"] for query in queries)

    assert count_with(2) == count_with(4) == 3  # who listens, what they are told, and the worker


def test_message_is_delivered_signed_and_once(receive, noord):
    receiver = receive(answer(200, b"dank"))
    page = make_news(noord)
    assert DBTaskResult.objects.ready().filter(task_path=send_webhooks.module_path).count() == 1

    send_webhooks.call()
    send_webhooks.call()

    [received] = receiver.received
    assert is_signed(received, receiver.webhook.secret)
    sent = WebhookDelivery.objects.get()
    assert received.headers["webhook-id"] == sent.event_id
    assert json.loads(received.body) == sent.payload
    assert sent.payload["id"] == page.pk
    assert (sent.state, sent.attempts, sent.last_status, sent.answer) == (State.DELIVERED, 1, 200, "dank")
    assert sent.delivered_at


def test_receiver_that_fails_gets_the_same_message_later(receive, noord):
    receiver = receive(answer(500, b"stuk"), answer(200))
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False) as clock:
        make_news(noord)
        delivery.send_due()
        sent = WebhookDelivery.objects.get()
        assert (sent.state, sent.attempts, sent.last_status, sent.answer) == (State.WAITING, 1, 500, "stuk")
        assert sent.next_attempt_at == timezone.now() + MINUTE

        clock.shift(59)
        delivery.send_due()
        assert len(receiver.received) == 1
        clock.shift(1)
        delivery.send_due()

    first, second = receiver.received
    assert first.body == second.body
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert int(second.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) == 60
    assert is_signed(second, receiver.webhook.secret)
    sent.refresh_from_db()
    assert (sent.state, sent.attempts, sent.last_status) == (State.DELIVERED, 2, 200)


def test_message_that_never_arrives_is_given_up_after_a_day_and_a_half(receive, noord):
    receiver = receive(answer(503))
    waits = []
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False) as clock:
        make_news(noord)
        while True:
            delivery.send_due()
            sent = WebhookDelivery.objects.get()
            if sent.state != State.WAITING:
                break
            waits.append((sent.next_attempt_at - timezone.now()) / MINUTE)
            clock.move_to(sent.next_attempt_at)

    assert waits == [1, 5, 30, 120, 480, 1440]
    assert (sent.state, sent.attempts, sent.last_status, len(receiver.received)) == (State.GIVEN_UP, 7, 503, 7)


@pytest.mark.parametrize("behaviour", [talk_nonsense, answer(500, b"\0\xff nonsense")])
def test_nonsense_is_a_failure_like_any_other(behaviour, receive, noord):
    receive(behaviour)
    make_news(noord)
    delivery.send_due()
    sent = WebhookDelivery.objects.get()
    assert (sent.state, sent.attempts) == (State.WAITING, 1)
    assert "nonsense" in sent.last_error + sent.answer


def test_redirect_is_a_failure(receive, noord):
    receive(answer(302, headers=[("Location", "http://127.0.0.1:1/")]))
    make_news(noord)
    delivery.send_due()
    sent = WebhookDelivery.objects.get()
    assert (sent.state, sent.last_status) == (State.WAITING, 302)
    assert "volgen we niet" in sent.last_error


def test_receiver_that_is_gone_is_switched_off(receive, noord):
    receiver = receive(answer(410))
    page = make_news(noord)
    publish(page)
    delivery.send_due()

    receiver.webhook.refresh_from_db()
    assert not receiver.webhook.is_active
    assert "410" in receiver.webhook.switched_off_because
    assert len(receiver.received) == 1
    assert {sent.state for sent in WebhookDelivery.objects.all()} == {State.GIVEN_UP}
    publish(page)
    assert WebhookDelivery.objects.count() == 2


def test_slow_receiver_holds_up_nobody_else(receive, noord):
    slow, quick = receive(hang), receive(answer(200))
    for _ in range(3):
        make_news(noord)
    with time_machine.travel(timezone.now(), tick=False):
        delivery.send_due(seconds=0.5)

        assert len(quick.received) == 3
        assert quick.webhook.deliveries.filter(state=State.DELIVERED).count() == 3
        # Asked once; the rest waits along with the first.
        assert len(slow.received) == 1
        assert not slow.webhook.deliveries.due().exists()


def test_message_is_sent_by_one_worker_at_a_time_and_again_when_that_dies(webhook, noord):
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False) as clock:
        make_news(noord)
        [claimed] = delivery.claim(16, busy=set())
        assert delivery.claim(16, busy=set()) == []

        clock.shift(60)
        [again] = delivery.claim(16, busy=set())
        assert (again.pk, again.attempts) == (claimed.pk, 2)

        # The first was only slow: what it has to say is of an attempt that is over.
        delivery.record(claimed, delivery.Answer(500, "stuk"))
        again.refresh_from_db()
        assert (again.last_status, again.next_attempt_at) == (None, timezone.now() + MINUTE)


def test_webhook_is_given_one_message_at_a_time(webhook, noord):
    make_news(noord)
    make_news(noord)
    [first] = delivery.claim(16, busy=set())
    assert delivery.claim(16, busy={webhook.pk}) == []
    [second] = delivery.claim(16, busy=set())
    assert first.pk < second.pk


def test_clock_wakes_the_worker_for_what_is_due(webhook, noord):
    waiting = DBTaskResult.objects.ready().filter(task_path=send_webhooks.module_path)
    send_what_is_due()
    assert waiting.count() == 0

    make_news(noord)
    assert waiting.count() == 1
    send_what_is_due()
    assert waiting.count() == 1
    waiting.delete()
    send_what_is_due()
    assert waiting.count() == 1


def test_log_is_kept_for_thirty_days(webhook, noord):
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False) as clock:
        make_news(noord)
        clock.shift(datetime.timedelta(days=30))
        delivery.forget_deliveries()
        assert WebhookDelivery.objects.count() == 1
        clock.shift(1)
        delivery.forget_deliveries()
        assert WebhookDelivery.objects.count() == 0


def webhook_form(**changes):
    return {"name": "Website", "url": ADDRESS, "events": ["page.published"], "is_active": "on", **changes}


def errors_of(client, **changes):
    response = client.post(reverse("webhooks:add"), webhook_form(**changes))
    return response.content.decode() if response.status_code == 200 else None


def test_national_editor_makes_a_webhook_and_finds_its_secret(national_client):
    index = reverse("webhooks:index")
    assert index in national_client.get("/admin/").content.decode()

    response = national_client.post(reverse("webhooks:add"), webhook_form())
    webhook = Webhook.objects.get()
    assert (webhook.url, webhook.events, webhook.is_active) == (ADDRESS, ["page.published"], True)
    assert response.url == reverse("webhooks:edit", args=[webhook.pk])
    assert webhook.secret in national_client.get(response.url).content.decode()
    assert webhook.secret not in national_client.get(index).content.decode()

    national_client.post(response.url, webhook_form(name="Voorkant", events=[]))
    webhook.refresh_from_db()
    assert (webhook.name, webhook.events) == ("Voorkant", [])
    national_client.post(reverse("webhooks:delete", args=[webhook.pk]))
    assert not Webhook.objects.exists()


def test_secrets_are_random_and_as_the_standard_wants_them(webhook):
    other = Webhook(name="Ander", url=ADDRESS)
    assert webhook.secret != other.secret
    assert webhook.secret.startswith("whsec_")
    assert len(webhook.key) == 32
    other.full_clean()
    for secret in ("whsec_", "geheim", "whsec_a2xlaW4=", "whsec_%%%", webhook.secret.removeprefix("whsec_")):
        other.secret = secret
        with pytest.raises(ValidationError, match="base64"):
            other.full_clean()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://hooks.example.org/", "moet beginnen met https://"),
        ("https://localhost/", "geen openbaar adres"),
        ("https://169.254.169.254/latest/meta-data/", "geen openbaar adres"),
        ("https://[::ffff:127.0.0.1]/", "geen openbaar adres"),
        ("https://2130706433/", "naam van de server"),
        ("https://017700000001/", "naam van de server"),
        ("https://naam:wachtwoord@hooks.example.org/", "geen gebruikersnaam of wachtwoord"),
        ("https://hooks.example.org/\0", "Null-tekens"),
        ("https://hooks.example.org/" + "a" * 500, "500"),
        ("https://hooks.example.org:25/", "Deze poort kan niet"),
        ("geen adres", "teken dat daar niet kan"),
        ("", "verplicht"),
    ],
)
def test_form_says_what_is_wrong_with_an_address(url, reason, national_client):
    errors = errors_of(national_client, url=url)
    assert errors
    assert reason in errors
    assert not Webhook.objects.exists()


def test_form_refuses_an_address_twice_and_unknown_events(national_client, webhook):
    assert errors_of(national_client, events=["page.eaten"])
    assert errors_of(national_client) is None
    assert "Er is al een webhook voor dit adres" in errors_of(national_client)


def test_editor_switches_off_and_on(national_client, webhook, noord):
    make_news(noord)
    edit = reverse("webhooks:edit", args=[webhook.pk])
    Webhook.objects.update(url=ADDRESS)
    national_client.post(edit, {"name": "Website", "url": ADDRESS})
    webhook.refresh_from_db()
    assert not webhook.is_active
    assert "Uitgezet door een redacteur" in national_client.get(edit).content.decode()
    assert WebhookDelivery.objects.get().state == State.GIVEN_UP

    national_client.post(edit, webhook_form())
    webhook.refresh_from_db()
    assert (webhook.is_active, webhook.switched_off_because) == (True, "")


def test_editor_tries_out_a_webhook_and_sends_again(national_client, receive):
    receiver = receive(answer(200, b"<b>dank</b>"))
    test = reverse("webhooks:test", args=[receiver.webhook.pk])
    assert national_client.get(test).status_code == 405
    assert national_client.post(test).url == reverse("webhooks:edit", args=[receiver.webhook.pk])
    delivery.send_due()

    sent = WebhookDelivery.objects.get()
    detail = reverse("webhook-deliveries:inspect", args=[sent.pk])
    assert json.loads(receiver.received[0].body)["event"] == "test"
    for url in (reverse("webhooks:edit", args=[receiver.webhook.pk]), reverse("webhook-deliveries:index")):
        assert detail in national_client.get(url).content.decode()
    page = national_client.get(detail).content.decode()
    assert sent.event_id in page
    assert "&lt;b&gt;dank" in page
    assert "<b>dank" not in page

    resend = reverse("webhook-deliveries:resend", args=[sent.pk])
    assert national_client.get(resend).status_code == 405
    assert national_client.post(resend).url == detail
    delivery.send_due()
    first, second = receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    sent.refresh_from_db()
    assert (sent.state, sent.attempts) == (State.DELIVERED, 1)


def test_buttons_need_the_token_of_the_form(django_user_model, webhook, client):
    client.handler.enforce_csrf_checks = True
    client.force_login(django_user_model.objects.get(email="landelijk@example.org"))
    assert client.post(reverse("webhooks:test", args=[webhook.pk])).status_code == 403
    assert not WebhookDelivery.objects.exists()


def test_log_is_filtered(national_client, webhook, noord):
    other = Webhook.objects.create(name="Ander", url=ADDRESS)
    make_news(noord, "Eerste")
    WebhookDelivery.objects.filter(webhook=other).update(state=State.GIVEN_UP)
    index = reverse("webhook-deliveries:index")

    def shown(query):
        page = national_client.get(f"{index}?{query}").content.decode()
        return [one.webhook for one in WebhookDelivery.objects.all() if f"/inspect/{one.pk}/" in page]

    assert len(shown("")) == 2
    assert shown(f"webhook={webhook.pk}") == [webhook]
    assert shown("state=given_up") == [other]
    assert shown("event=page.deleted") == []


def test_lists_take_the_same_queries_for_many_as_for_few(national_client, noord, count_queries):
    def count_with(number):
        for index in range(number):
            Webhook.objects.create(name="Ontvanger", url=f"https://hooks.example.org/{number}/{index}")
        make_news(noord)
        addresses = [reverse(name) for name in ("webhooks:index", "webhook-deliveries:index")]
        return [count_queries(national_client, address) for address in addresses]

    assert count_with(3) == count_with(6)


def test_nobody_makes_or_changes_what_is_in_the_log(client, webhook, noord):
    client.force_login(make_user("beheer@example.org", is_superuser=True))
    make_news(noord)
    sent = WebhookDelivery.objects.get()
    index = reverse("webhook-deliveries:index")
    assert client.get(index).status_code == 200
    for action in ("new/", f"edit/{sent.pk}/", f"delete/{sent.pk}/"):
        assert client.post(index + action).status_code == 404
    assert client.get(reverse("webhook-deliveries:inspect", args=[sent.pk])).status_code == 200


def test_regional_editor_has_no_access(noord_client, webhook, noord):
    make_news(noord)
    sent = WebhookDelivery.objects.get()
    assert reverse("webhooks:index") not in noord_client.get("/admin/").content.decode()

    urls = [reverse("webhooks:index"), reverse("webhooks:add"), reverse("webhook-deliveries:index")]
    urls += [reverse(f"webhooks:{name}", args=[webhook.pk]) for name in ("edit", "delete", "history", "usage")]
    urls += [reverse("webhook-deliveries:inspect", args=[sent.pk])]
    for url in urls:
        response = noord_client.get(url)
        assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home")), url
    urls += [
        reverse("webhooks:test", args=[webhook.pk]),
        reverse("webhook-deliveries:resend", args=[sent.pk]),
    ]
    for url in urls:
        assert noord_client.post(url, webhook_form()).url == reverse("wagtailadmin_home"), url
    assert Webhook.objects.get().name == "Website"
    assert WebhookDelivery.objects.count() == 1


def test_command_adds_a_webhook_once(db, capsys):
    call_command("add_webhook", ADDRESS, name="Website")
    secret = capsys.readouterr().out.strip()
    assert (Webhook.objects.get().name, Webhook.objects.get().secret) == ("Website", secret)

    call_command("add_webhook", ADDRESS)
    assert capsys.readouterr().out.strip() == secret
    other = Webhook(name="", url="").secret
    call_command("add_webhook", ADDRESS, secret=other)
    assert capsys.readouterr().out.strip() == other
    assert (Webhook.objects.get().name, Webhook.objects.get().secret) == ("Website", other)


@pytest.mark.parametrize(
    ("url", "options", "reason"),
    [
        ("http://hooks.example.org/", {}, "https://"),
        ("https://10.0.0.1/", {}, "openbaar"),
        (ADDRESS, {"secret": "geheim"}, "base64"),
    ],
)
def test_command_refuses_what_the_form_refuses(url, options, reason, db):
    with pytest.raises(CommandError, match=reason):
        call_command("add_webhook", url, **options)
    assert not Webhook.objects.exists()
