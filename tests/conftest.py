"""A real tree: the site's skeleton with two regions, an editor of each, and a national editor."""

import pytest
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.models import HomePage
from home.structure import build_site
from regions.models import RegionPage
from regions.rights import NATIONAL_GROUP

from .factories import make_region, make_user


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The tree is planted once; every test rolls back what it does to it."""
    with django_db_blocker.unblock():
        build_site()
        noord = make_region("Noord", slug="noord", province="Groningen", latitude="53.2", longitude="6.5")
        zuid = make_region("Zuid", slug="zuid")
        make_user("noord@example.org", noord.access.group)
        make_user("zuid@example.org", zuid.access.group)
        make_user("landelijk@example.org", Group.objects.get(name=NATIONAL_GROUP))


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
