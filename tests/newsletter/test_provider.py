"""Mail by the API of a provider: its settings, and what it tells by its webhook."""

import base64
import hashlib
import hmac
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsletter.models import Feedback
from newsletter.sending.return_path import mark_of
from newsletter.subscribing.addresses import hash_of

from .sent import make_delivery, make_run

ROOT = Path(__file__).parents[2]
SECRET = "anymail:a-secret-that-is-long-enough"
SIGNING_KEY = "a-key-of-mailgun"
POSTMARK = {
    "ENVIRONMENT": "development",
    "ANYMAIL_PROVIDER": "postmark",
    "ANYMAIL_WEBHOOK_SECRET": SECRET,
    "ANYMAIL_POSTMARK_SERVER_TOKEN": "a-token",
    "ANYMAIL_POSTMARK_MESSAGE_STREAM": "broadcast",
    "ANYMAIL_BREVO_API_KEY": "of-another",
}
Kind = Feedback.Kind
READER = "lezer@school.example"


def start(code, **changes):
    """Run ``code`` with the settings of ``POSTMARK``, in a process of its own and away from any .env file."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **POSTMARK, **changes}
    environment = {name: value for name, value in environment.items() if value is not None}
    code = f"import environ; environ.Env.read_env = lambda *a, **k: None; {code}"
    return subprocess.run([sys.executable, "-c", code], env=environment, cwd=ROOT, capture_output=True, text=True)


def test_mail_goes_by_the_provider():
    result = start("from cms import settings as s; print(s.EMAIL_BACKEND, *sorted(s.ANYMAIL), *s.INSTALLED_APPS)")
    assert result.returncode == 0, result.stderr
    backend, *options = result.stdout.split()
    assert backend == "anymail.backends.postmark.EmailBackend"
    assert options[:4] == ["POSTMARK_MESSAGE_STREAM", "POSTMARK_SERVER_TOKEN", "REQUESTS_TIMEOUT", "WEBHOOK_SECRET"]
    assert "anymail" in options


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ANYMAIL_PROVIDER": "duif"}, "ANYMAIL_PROVIDER must be one of brevo, mailgun, mailjet, postmark, sparkpost"),
        ({"ANYMAIL_POSTMARK_SERVER_TOKEN": None}, "ANYMAIL_POSTMARK_SERVER_TOKEN must be set"),
        ({"ANYMAIL_PROVIDER": "mailgun"}, "ANYMAIL_MAILGUN_API_KEY must be set"),
        ({"ANYMAIL_WEBHOOK_SECRET": None}, "ANYMAIL_WEBHOOK_SECRET must be"),
        ({"ANYMAIL_WEBHOOK_SECRET": "anymail:kort"}, "ANYMAIL_WEBHOOK_SECRET must be"),
        ({"EMAIL_URL": "smtp://localhost"}, "ANYMAIL_PROVIDER and EMAIL_URL can't both be set"),
        ({"NEWSLETTER_BOUNCE_ADDRESS": "a@example.org"}, "NEWSLETTER_BOUNCE_ADDRESS must be empty"),
        ({"NEWSLETTER_BOUNCE_ADDRESS": "a+b@example.org"}, "NEWSLETTER_BOUNCE_ADDRESS must be an address as"),
    ],
)
def test_what_is_missing_or_weak_stops_the_start(changes, words):
    result = start("import cms.settings", **changes)
    assert result.returncode != 0
    assert f"ImproperlyConfigured: {words}" in result.stderr


def test_only_the_webhook_of_the_provider_is_there():
    code = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings"
django.setup()
from django.urls import resolve
for path in ("postmark/tracking/", "brevo/tracking/", "postmark/inbound/"):
    print(resolve(f"/anymail/{path}").view_name)
"""
    result = start(f"exec({code!r})")
    assert result.stdout.split() == ["postmark_tracking_webhook", *["wagtail_serve"] * 2], result.stderr


def test_without_a_provider_there_is_no_webhook(client, db):
    assert client.post("/anymail/postmark/tracking/", {}, content_type="application/json").status_code in (404, 405)


@pytest.fixture
def delivery(newsletter):
    return make_delivery(make_run(newsletter), READER, provider_id="the-id-of-the-mail")


@pytest.fixture
def tell(client, settings, db):
    """``tell(provider, events)`` is what a provider does; gives the status of the answer."""
    settings.ROOT_URLCONF = "tests.newsletter.anymail_urls"
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET, "MAILGUN_WEBHOOK_SIGNING_KEY": SIGNING_KEY}

    def post(provider, events, secret=SECRET):
        headers = {"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"}
        path = f"/anymail/{provider}/tracking/"
        return client.post(path, json.dumps(events), content_type="application/json", headers=headers).status_code

    return post


def postmark(kind="HardBounce", words="550 5.1.1 <lezer@school.example>: User unknown", **changes):
    return {
        "RecordType": "Bounce",
        "ID": 692560173,
        "Type": kind,
        "MessageID": "the-id-of-the-mail",
        "Description": "The server was unable to deliver your message.",
        "Details": f"smtp;{words}",
        "Email": READER,
        "BouncedAt": "2026-03-02T08:00:09Z",
        **changes,
    }


def brevo(event="hard_bounce", reason="550 5.1.1 User unknown"):
    written = {"event": event, "email": READER, "message-id": "the-id-of-the-mail", "reason": reason}
    return written | {"ts_epoch": 1772438409000}


def mailjet(event="bounce", **changes):
    written = {"event": event, "time": 1772438409, "MessageID": "the-id-of-the-mail", "email": READER}
    return [written | changes]


def mailgun(event="failed", severity="permanent", message="5.1.1 User unknown"):
    signature = hmac.new(SIGNING_KEY.encode(), b"1772438409a-token", hashlib.sha256).hexdigest()
    return {
        "signature": {"timestamp": "1772438409", "token": "a-token", "signature": signature},
        "event-data": {
            "event": event,
            "severity": severity,
            "reason": "bounce",
            "timestamp": 1772438409.5,
            "recipient": READER,
            "message": {"headers": {"message-id": "the-id-of-the-mail"}},
            "delivery-status": {"code": 550, "message": message, "description": ""},
        },
    }


def sparkpost(kind="bounce", bounce_class="10", reason="550 5.1.1 User unknown"):
    event = {"type": kind, "transmission_id": "the-id-of-the-mail", "raw_rcpt_to": READER, "timestamp": "1772438409"}
    return [{"msys": {"message_event": event | {"bounce_class": bounce_class, "raw_reason": reason}}}]


@pytest.mark.parametrize(
    ("provider", "events", "kind"),
    [
        ("postmark", postmark(), Kind.HARD_BOUNCE),
        ("postmark", postmark(words="550 mailbox unavailable"), Kind.HARD_BOUNCE),
        ("postmark", postmark(words="550 5.7.1 blocked by policy"), Kind.SOFT_BOUNCE),
        ("postmark", postmark("SoftBounce"), Kind.SOFT_BOUNCE),
        ("postmark", postmark("Transient"), Kind.SOFT_BOUNCE),
        ("postmark", postmark("Blocked", words="550 spam"), Kind.OTHER),
        ("postmark", postmark("SpamComplaint", RecordType="SpamComplaint"), Kind.COMPLAINT),
        ("brevo", brevo(), Kind.HARD_BOUNCE),
        ("brevo", brevo("soft_bounce"), Kind.SOFT_BOUNCE),
        ("brevo", brevo("spam"), Kind.COMPLAINT),
        ("brevo", brevo("unsubscribe"), Kind.LEFT),
        ("mailjet", mailjet(error="user unknown", hard_bounce=True), Kind.HARD_BOUNCE),
        ("mailjet", mailjet(error="quota exceeded", hard_bounce=False), Kind.SOFT_BOUNCE),
        ("mailjet", mailjet("spam"), Kind.COMPLAINT),
        ("mailgun", mailgun(), Kind.HARD_BOUNCE),
        ("mailgun", mailgun(severity="temporary"), Kind.SOFT_BOUNCE),
        ("mailgun", mailgun("complained"), Kind.COMPLAINT),
        ("mailgun", mailgun("unsubscribed"), Kind.LEFT),
        ("sparkpost", sparkpost(), Kind.HARD_BOUNCE),
        ("sparkpost", sparkpost(bounce_class="22", reason="552 5.2.2 full"), Kind.SOFT_BOUNCE),
        ("sparkpost", sparkpost("spam_complaint"), Kind.COMPLAINT),
    ],
)
def test_what_a_provider_tells_is_written_down(tell, provider, events, kind):
    assert tell(provider, events) == 200
    feedback = Feedback.objects.get()
    assert feedback.kind == kind
    assert feedback.address_hash == hash_of(READER)
    assert "the-id-of-the-mail" in feedback.provider_id
    assert READER not in feedback.words


@pytest.mark.parametrize(
    ("provider", "events"),
    [
        ("postmark", {"RecordType": "Open", "MessageID": "the-id-of-the-mail", "Recipient": READER}),
        ("brevo", brevo("click")),
        ("mailgun", mailgun("opened")),
        ("sparkpost", sparkpost("delivery")),
    ],
)
def test_who_opened_or_clicked_is_not_kept(tell, provider, events):
    assert tell(provider, events) == 200
    assert not Feedback.objects.exists()


def test_the_same_again_is_no_second(tell):
    tell("postmark", postmark())
    tell("postmark", postmark(ID=692560174, BouncedAt="2026-03-02T09:00:00Z"))
    assert Feedback.objects.count() == 1


def test_several_people_may_have_one_mail(tell):
    tell("postmark", postmark())
    tell("postmark", postmark(Email="ander@school.example"))
    assert Feedback.objects.count() == 2


def test_nobody_else_can_tell_us_anything(tell):
    assert tell("postmark", postmark(), secret="anymail:another") == 400
    assert not Feedback.objects.exists()


def test_a_mail_that_took_its_mark_along_is_known_at_once(tell, delivery):
    tell("postmark", postmark(MessageID="not-known-yet", Metadata={"delivery": mark_of(delivery.pk)}))
    assert Feedback.objects.get().delivery == delivery


def test_a_mark_that_was_made_up_names_nothing(tell, delivery):
    tell("postmark", postmark(MessageID="not-known", Metadata={"delivery": f"{delivery.pk}-{'0' * 16}"}))
    assert Feedback.objects.get().delivery is None
