"""How the CMS starts, answers for its health, and keeps what it writes whole."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import IntegrityError, connection
from django.db.models.signals import post_save
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Revision

from cms.models import User
from cms.old_addresses import lead
from cms.tree import add_live
from home.models import ContentPage
from regions.models import NewsPage
from tests.factories import make_news, make_user
from tests.regions.test_editing import add_url, news_form

ROOT = Path(__file__).parents[2]
PRODUCTION = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "k7Qw!z" * 10 + "0123456789",
    "ALLOWED_HOSTS": "cms.example.nl",
    "BASE_URL": "https://cms.example.nl",
    "DATABASE_URL": "sqlite:///:memory:",
}


def start(tmp_path, **changes):
    """Load the settings in a process of its own, away from any .env file."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **PRODUCTION, **changes}
    environment = {name: value for name, value in environment.items() if value is not None}
    code = "import environ; environ.Env.read_env = lambda *a, **k: None; import cms.settings"
    return subprocess.run([sys.executable, "-c", code], env=environment, cwd=tmp_path, capture_output=True, text=True)


def test_production_starts_with_sound_values(tmp_path):
    result = start(tmp_path)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY"),
        ({"SECRET_KEY": "kort"}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"DEBUG": "1"}, "DEBUG"),
        ({"BASE_URL": None}, "BASE_URL"),
        ({"WEBHOOK_ALLOW_LOOPBACK": "1"}, "WEBHOOK_ALLOW_LOOPBACK"),
        ({"ENVIRONMENT": "productie"}, "ENVIRONMENT"),
        ({"TWO_FACTOR": "off"}, "TWO_FACTOR"),
        ({"TWO_FACTOR": "iedereen"}, "TWO_FACTOR"),
        ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES"),
        ({"SEARCH_URL": "opensearch.example.nl:9200"}, "SEARCH_URL"),
        ({"SEARCH_URL": "https://opensearch.example.nl:poort"}, "SEARCH_URL"),
        ({"SEARCH_URL": "https://user@opensearch.example.nl"}, "SEARCH_URL"),
        ({"SEARCH_URL": "https://opensearch.example.nl/STO"}, "SEARCH_URL"),
        ({"SEARCH_URL": "https://opensearch.example.nl/a/b"}, "SEARCH_URL"),
        ({"SEARCH_URL": "https://opensearch.example.nl?timeout=1"}, "SEARCH_URL"),
    ],
)
def test_production_refuses_to_start_on_a_missing_or_weak_value(tmp_path, changes, named):
    result = start(tmp_path, **changes)
    assert result.returncode != 0
    assert f"ImproperlyConfigured: {named}" in result.stderr


def test_forgotten_environment_is_production(tmp_path):
    assert "SECRET_KEY" in start(tmp_path, ENVIRONMENT=None, SECRET_KEY=None).stderr


def test_health(client, db):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok"}


def test_people_log_in_with_their_address_whatever_its_capitals(client, db):
    make_user("Iemand@Example.org", is_superuser=True)

    response = client.post(
        reverse("wagtailadmin_login"), {"login": "iemand@example.ORG", "password": "wachtwoord-van-de-test"}
    )

    assert response.status_code == 302
    assert client.session["_auth_user_id"]


def test_address_is_unique_whatever_its_capitals(db):
    make_user("iemand@example.org")
    with pytest.raises(IntegrityError):
        make_user("IEMAND@example.org")


def test_user_needs_an_address(db):
    with pytest.raises(ValueError, match="e-mail address"):
        User.objects.create_user("")


def test_failure_while_publishing_leaves_nothing_behind(noord_client, noord):
    def fail(**kwargs):
        raise OSError("disk full")

    post_save.connect(fail, sender=Revision)
    try:
        with pytest.raises(OSError, match="disk full"):
            noord_client.post(add_url(noord), news_form() | {"action-publish": "1"})
    finally:
        post_save.disconnect(fail, sender=Revision)

    assert not NewsPage.objects.exists()


def test_new_address_of_a_page_leaves_a_redirect(client, noord):
    page = make_news(noord, "Oud adres")
    page.slug = "nieuw-adres"
    page.save_revision().publish()

    redirect = Redirect.objects.get()
    assert redirect.old_path == "/regio/noord/nieuws/oud-adres"
    assert redirect.redirect_page_id == page.pk
    response = client.get("/regio/noord/nieuws/oud-adres/")
    assert (response.status_code, response["Location"]) == (301, "/regio/noord/nieuws/nieuw-adres/")


def test_admin_has_no_old_addresses(noord_client, noord):
    lead("/admin/bulk/nergens", noord.pk)

    with CaptureQueriesContext(connection) as queries:
        assert noord_client.get("/admin/bulk/nergens/").status_code == 404

    assert not any(Redirect._meta.db_table in query["sql"] for query in queries)


def test_page_that_moves_leaves_one_redirect_for_all_below_it(client, noord, zuid):
    page = add_live(noord, ContentPage(title="Over ons"))
    add_live(page, ContentPage(title="Contact"))
    page.move(zuid, pos="last-child")

    assert Redirect.objects.get().old_path == "/regio/noord/over-ons"
    assert client.get("/regio/noord/over-ons/contact/")["Location"] == "/regio/zuid/over-ons/contact/"
    ContentPage.objects.get(pk=page.pk).move(noord, pos="last-child")
    assert client.get("/regio/noord/over-ons/contact/").status_code == 200
    assert client.get("/regio/zuid/over-ons/contact/")["Location"] == "/regio/noord/over-ons/contact/"


def test_draft_leaves_no_redirect(noord):
    page = make_news(noord, "Geheim")
    page.unpublish()
    page.slug = "anders"
    page.save()

    assert not Redirect.objects.exists()
