"""What browsers are told about each kind of answer, and what pages ask of them."""

import datetime
import json
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from regions.people import invitations
from regions.people.mail import link
from tests.factories import make_news

from .test_operation import PRODUCTION

ROOT = Path(__file__).parents[2]
OWN = ["/", "/nergens/", "/healthz", "/.well-known/security.txt", "/uitnodiging/vervalst/"]
DOORS = ["/api/v2/pages/", "/api/v2/docs/", "/api/v2/nergens/", "/api/v2/openapi.json"]
ADMIN = ["/admin/login/", "/admin/", "/admin/nergens/"]


def policy(response):
    """The sources of each directive."""
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in parts}


@pytest.fixture
def invitation(noord):
    """The address of somebody's invitation."""
    national = get_user_model().objects.get(email="landelijk@example.org")
    return link(invitations.invite(noord, "nieuw@example.org", by=national))


@pytest.mark.parametrize("address", [*OWN, *DOORS, *ADMIN])
def test_every_answer_says_what_browsers_may_do(client, home, address):
    response = client.get(address)

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Referrer-Policy"] in ("same-origin", "strict-origin")
    refused = response["Permissions-Policy"].split(", ")
    assert {"camera=()", "geolocation=()", "microphone=()"} <= set(refused)


@pytest.mark.parametrize("address", OWN)
def test_own_pages_run_nothing_but_own_files(client, home, address):
    given = policy(client.get(address))

    assert given["default-src"] == given["frame-ancestors"] == given["base-uri"] == ["'none'"]
    assert given["script-src"] == given["style-src"] == given["form-action"] == ["'self'"]


@pytest.mark.parametrize("address", DOORS)
def test_doors_of_the_api_load_nothing_but_the_style_of_the_contract(client, home, address):
    assert policy(client.get(address)) == {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }


@pytest.mark.parametrize("address", ADMIN)
def test_admin_may_do_what_wagtail_needs_and_reaches_no_other_host(noord_client, address):
    given = policy(noord_client.get(address))

    assert given["default-src"] == given["base-uri"] == given["form-action"] == given["frame-ancestors"] == ["'self'"]
    assert given["object-src"] == ["'none'"]
    assert given["script-src"] == given["style-src"] == ["'self'", "'unsafe-inline'"]
    assert given["img-src"] == ["'self'", "data:", "blob:"]
    assert given["frame-src"] == ["'self'"]


def test_preview_that_wagtail_shows_itself_may_be_in_a_frame_of_the_admin(noord_client, noord):
    page = make_news(noord, "Concept")

    response = noord_client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))

    assert "Concept" in response.content.decode()
    assert policy(response)["frame-ancestors"] == ["'self'"]
    assert policy(Client().get(page.url))["frame-ancestors"] == ["'none'"]


class Asked(HTMLParser):
    """What a page asks of the browser: addresses to load, and code and style within it."""

    def __init__(self, html):
        super().__init__()
        self.loaded, self.inline = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.inline += [f"<{tag} {name}>" for name in attrs if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in attrs and attrs.get("type") != "application/json"):
            self.inline.append(f"<{tag}>")
        if tag != "a" and (address := attrs.get("src") or (attrs.get("href") if tag == "link" else None)):
            self.loaded.append(address)


def test_own_pages_have_no_code_or_style_within_them(client, noord, invitation):
    news = make_news(noord, body=[("video", {"url": "https://vimeo.com/76979871", "title": "Rondleiding"})])
    for address in ("/", news.url, invitation, "/uitnodiging/vervalst/", "/api/v2/docs/"):
        asked = Asked(client.get(address).content.decode())
        assert asked.loaded, address
        assert asked.inline == [], address


def test_admin_asks_no_other_host_for_anything_and_shows_no_gravatar(national_client, noord):
    page = make_news(noord)
    addresses = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_account"),
        reverse("wagtailadmin_explore", args=[noord.pk]),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_pages:history", args=[page.pk]),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailimages:index"),
        reverse("people:index"),
    ]
    for address in addresses:
        response = national_client.get(address)
        assert response.status_code == 200, address
        html = response.content.decode()
        assert "gravatar.com" not in html, address
        assert [url for url in Asked(html).loaded if not url.startswith(("/", "data:")) or url.startswith("//")] == []


def test_security_txt_says_whom_to_tell(client, settings):
    settings.WAGTAILADMIN_BASE_URL, settings.FRONTEND_URL = "https://cms.example.nl", "https://www.example.nl"
    settings.SECURITY_CONTACT = "mailto:veilig@example.nl"

    response = client.get("/.well-known/security.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    fields = [line.split(": ", 1) for line in response.content.decode().splitlines()]
    assert [value for name, value in fields if name == "Canonical"] == [
        "https://cms.example.nl/.well-known/security.txt",
        "https://www.example.nl/.well-known/security.txt",
    ]
    assert dict(fields)["Contact"] == "mailto:veilig@example.nl"
    assert dict(fields)["Preferred-Languages"] == "nl, en"


def test_security_txt_is_not_about_to_expire(client):
    """It fails two months before: ask whether mails to the contact are still read, and renew the date."""
    [line] = [
        line for line in client.get("/.well-known/security.txt").content.decode().splitlines() if "Expires" in line
    ]
    left = datetime.datetime.fromisoformat(line.removeprefix("Expires: ")) - timezone.now()

    assert left > datetime.timedelta(days=60), "Renew EXPIRES in cms/security_txt.py, for less than a year."
    assert left < datetime.timedelta(days=366), "RFC 9116 §2.5.5 recommends less than a year."


def ask(code, **environment):
    """What ``code`` prints as JSON in a process of its own, where the settings are those of ``environment``."""
    start = "import environ; environ.Env.read_env = lambda *a, **k: None; import json\n"
    result = subprocess.run(
        [sys.executable, "-c", start + code],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "cms.settings"}
        | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(result.stdout)


def test_production_insists_on_https():
    code = """
import django; django.setup()
from django.test import Client
browser = Client(headers={"host": "cms.example.nl"})
print(json.dumps([browser.get("/healthz", secure=True).headers["Strict-Transport-Security"],
                  browser.get("/admin/login/").headers["Location"]]))
"""
    policy, location = ask(code, **PRODUCTION)

    assert policy == "max-age=31536000; includeSubDomains; preload"
    assert location == "https://cms.example.nl/admin/login/"


def test_admin_may_show_the_site_in_a_frame():
    code = "from django.conf import settings; print(json.dumps(settings.ADMIN_CONTENT_POLICY['frame-src']))"

    assert ask(code, **PRODUCTION, FRONTEND_URL="https://www.example.nl/") == ["'self'", "https://www.example.nl"]


ADDRESSES = """
import django; django.setup()
from django.urls import is_valid_path
folders = ["images", "original_images", "avatar_images", "documents"]
print(json.dumps([folder for folder in folders if is_valid_path(f"/media/{folder}/a.pdf")]))
"""


def test_files_are_given_out_to_developers_only_and_documents_not_even_to_them():
    at_work = {"ENVIRONMENT": "development", "DATABASE_URL": "sqlite:///:memory:"}

    assert ask(ADDRESSES, **at_work) == ["images", "original_images", "avatar_images"]
    assert ask(ADDRESSES, **PRODUCTION) == []
