"""Two national editors change the same regions in the same moment.

On PostgreSQL each has a connection of their own and really commits; what they made is taken away again. SQLite lets one
write at a time, so that there one simply comes after the other.
"""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from wagtail.models import Collection

from regions import lifecycle
from regions.models import RegionPage
from tests.factories import make_news, make_region

PATIENCE = 20


def elsewhere(act, *arguments):
    """What ``act`` gives, on a connection of its own."""

    def run():
        try:
            return act(*arguments)
        finally:
            connections.close_all()

    if connection.vendor == "sqlite":
        return act(*arguments)
    with ThreadPoolExecutor(1) as editor:
        return editor.submit(run).result()


@pytest.fixture
def two_regions(db):
    regions = elsewhere(plant)
    yield regions
    elsewhere(clear, regions)


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


def in_one_moment(first, second):
    """What became of ``second``, which was begun before ``first`` was over."""
    if connection.vendor == "sqlite":
        first()
        return second()
    with ThreadPoolExecutor(1) as colleague:
        with transaction.atomic():
            first()
            answer = colleague.submit(elsewhere, second)
            until = time.monotonic() + PATIENCE
            while not somebody_waits():
                assert time.monotonic() < until
        return answer.result(PATIENCE)


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
        return cursor.fetchone() is not None


@pytest.mark.parametrize("with_content", [True, False])
@pytest.mark.parametrize("second", ["back", "again", "close"])
def test_the_second_one_waits_and_is_refused(two_regions, with_content, second):
    one, other = two_regions
    change, *arguments = {
        "back": (lifecycle.merge, other, one, with_content),
        "again": (lifecycle.merge, one, other, with_content),
        "close": (lifecycle.close, one),
    }[second]

    def refused_as():
        try:
            change(*arguments)
        except lifecycle.Refused as refusal:
            return refusal.code

    answer = elsewhere(in_one_moment, lambda: lifecycle.merge(one, other, with_content), refused_as)

    assert answer == "merged"
    regions = RegionPage.objects.in_bulk([one.pk, other.pk])
    assert (regions[one.pk].merged_into_id, regions[one.pk].live) == (other.pk, not with_content)
    assert (regions[other.pk].status, regions[other.pk].live) == ("actief", True)
