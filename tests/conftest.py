"""What all tests share: a database with a tree in it, and browsers in which its editors are logged in."""

import gc
from contextlib import ExitStack, nullcontext

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.plugin import blocking_manager_key

from home.models import HomePage
from regions.models import RegionPage

from . import template
from .tree import plant

TEMPLATE = pytest.StashKey[str]()


def pytest_configure():
    """Of what a test makes most goes as soon as nobody refers to it; looking for the rest takes a tenth of the time."""
    gc.set_threshold(20_000, 10, 10)


def pytest_collection_finish():
    """What was imported stays: nothing of it needs looking at."""
    gc.collect()
    gc.freeze()


def pytest_xdist_setupnodes(config):
    """Here in the process that starts the others."""
    needed = ExitStack()
    config.add_cleanup(needed.close)
    with config.stash[blocking_manager_key].unblock():
        config.stash[TEMPLATE] = needed.enter_context(template.made())


def pytest_configure_node(node):
    node.workerinput["template"] = node.config.stash[TEMPLATE]


def pytest_terminal_summary(terminalreporter):
    """What tests measured, whether they passed or not."""
    reports = [*terminalreporter.stats.get("passed", ()), *terminalreporter.stats.get("failed", ())]
    for figure in (value for report in reports for name, value in report.user_properties if name == "measured"):
        terminalreporter.write_line(figure)


@pytest.fixture(scope="session")
def started_from(request):
    """The template of this process; none when it runs the tests alone."""
    return getattr(request.config, "workerinput", {}).get("template")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, started_from):
    with template.copied(started_from) if started_from else nullcontext():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, started_from):
    """The tree is planted once; every test rolls back what it does to it."""
    if not started_from:
        with django_db_blocker.unblock():
            plant()


@pytest.fixture(autouse=True)
def _empty_caches(settings):
    """What a test rolls back may still stand in the cache, under ids that the next test uses again."""
    for alias in settings.CACHES:
        caches[alias].clear()


@pytest.fixture
def forget_answers():
    """Have the API ask the database again for what it answered before and would keep."""
    return caches["answers"].clear


@pytest.fixture
def within_a_minute():
    """No minute begins: what lists select by the minute is counted anew in each."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.fixture
def home(db):
    return HomePage.objects.get()


@pytest.fixture
def noord(db):
    return RegionPage.objects.get(slug="noord")


@pytest.fixture
def zuid(db):
    return RegionPage.objects.get(slug="zuid")


@pytest.fixture
def noord_client(client, django_user_model, db):
    """A browser in which the editor of Noord is logged in."""
    client.force_login(django_user_model.objects.get(email="noord@example.org"))
    return client


@pytest.fixture
def national_client(client, django_user_model, db):
    """A browser in which the national editor is logged in."""
    client.force_login(django_user_model.objects.get(email="landelijk@example.org"))
    return client


@pytest.fixture
def api(client, db):
    """``api("pages/?limit=1")`` gives the parsed answer, after checking its status (200 unless told)."""

    def get(path, status=200):
        response = client.get(f"/api/v2/{path}")
        assert response.status_code == status, response.content
        return response.json()

    return get


@pytest.fixture
def count_queries():
    """``count_queries(client, address)`` opens a screen and gives the number of queries that it takes.

    It is opened once before: then Django and Wagtail know the content types and the site.
    """

    def count(client, address):
        assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    return count
