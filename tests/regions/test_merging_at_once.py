"""Two national editors change the same regions in the same moment."""

import pytest
from django.db import connection
from wagtail.models import Collection

from regions import lifecycle
from regions.models import RegionPage
from tests.factories import make_news, make_region
from tests.races import second_after


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """In place of the usual one, in whose transaction nobody else could look."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time: nobody can come in between")
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def two_regions(db):
    regions = plant()
    yield regions
    clear(regions)


def plant():
    regions = [make_region("Eerste", slug="eerste"), make_region("Tweede", slug="tweede")]
    for region in regions:
        make_news(region, slug="bericht")
    return regions


def clear(regions):
    RegionPage.objects.update(merged_into=None)
    for region in regions:
        RegionPage.objects.get(pk=region.pk).delete()
        Collection.objects.get(pk=region.access.collection_id).delete()


@pytest.mark.parametrize("with_content", [True, False])
@pytest.mark.parametrize("second", ["back", "again", "close"])
def test_the_second_one_waits_and_is_refused(two_regions, with_content, second):
    one, other = two_regions
    change, *arguments = {
        "back": (lifecycle.merge, other, one, with_content),
        "again": (lifecycle.merge, one, other, with_content),
        "close": (lifecycle.close, one),
    }[second]

    refusal = second_after(lambda: lifecycle.merge(one, other, with_content), lambda: change(*arguments))

    assert isinstance(refusal, lifecycle.Refused)
    assert refusal.code == "merged"
    regions = RegionPage.objects.in_bulk([one.pk, other.pk])
    assert (regions[one.pk].merged_into_id, regions[one.pk].live) == (other.pk, not with_content)
    assert (regions[other.pk].status, regions[other.pk].live) == ("actief", True)
