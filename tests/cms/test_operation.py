"""How the CMS starts, answers for its health, and keeps what it writes whole."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import IntegrityError
from django.db.models.signals import post_save
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Revision

from cms.models import Rendition, User
from cms.tasks import make_renditions
from regions.models import NewsPage
from tests.factories import make_image, make_news, make_user
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
        ({"ENVIRONMENT": "productie"}, "ENVIRONMENT"),
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
        reverse("wagtailadmin_login"), {"username": "iemand@example.ORG", "password": "wachtwoord-van-de-test"}
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


def test_sizes_of_a_picture_are_left_to_the_worker(db):
    image = make_image(width=1800, height=1200)
    [task] = DBTaskResult.objects.all()
    assert (task.task_path, task.args_kwargs["args"]) == ("cms.tasks.make_renditions", [image.pk])
    assert not Rendition.objects.exists()

    make_renditions.call(image.pk)

    assert sorted(Rendition.objects.filter(image=image).values_list("width", flat=True)) == [480, 960, 960, 1200, 1600]


def test_worker_passes_over_a_picture_that_is_gone(db):
    image = make_image("Weg")
    image.file.storage.delete(image.file.name)

    make_renditions.call(image.pk)
    make_renditions.call(image.pk + 1)

    assert not Rendition.objects.exists()


def test_new_address_of_a_page_leaves_a_redirect(noord, django_capture_on_commit_callbacks):
    page = make_news(noord, "Oud adres")
    page.slug = "nieuw-adres"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()

    redirect = Redirect.objects.get()
    assert redirect.old_path == "/regio/noord/nieuws/oud-adres"
    assert redirect.redirect_page_id == page.pk
