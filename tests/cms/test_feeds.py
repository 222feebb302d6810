"""Feeds and the sitemap, read by the parsers that readers and search engines use."""

import datetime
from urllib.parse import urlsplit

import feedparser
import pytest
from defusedxml import ElementTree
from django.utils import timezone

from cms.models import BasePage, Theme
from regions.models import RegionPage
from tests.factories import make_draft, make_event, make_image, make_news, make_story

FORMATS = ["atom", "rss"]
MAPS = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture
def feed(client, db):
    """``feed("atom", "?kind=nieuws")`` gives the parsed feed."""

    def get(name, query=""):
        response = client.get(f"/api/v2/feeds/{name}/{query}")
        assert response.status_code == 200, response.content
        parsed = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
        assert not parsed.bozo, parsed.get("bozo_exception")
        return parsed

    return get


@pytest.fixture
def sitemap(client, db):
    """``sitemap("?part=1")`` gives the addresses with their ``lastmod``, and what kind of file it is."""

    def get(query=""):
        response = client.get(f"/api/v2/sitemap.xml{query}")
        assert (response.status_code, response["Content-Type"]) == (200, "application/xml; charset=utf-8")
        root = ElementTree.fromstring(response.content)
        rows = {row.find("map:loc", MAPS).text: row.findtext("map:lastmod", None, MAPS) for row in root}
        return root.tag.rpartition("}")[2], rows

    return get


def published(page, moment):
    page.first_published_at = page.last_published_at = moment
    page.save()
    return page


def titles(parsed):
    return [entry.title for entry in parsed.entries]


@pytest.mark.parametrize("name", FORMATS)
def test_entry_tells_what_when_and_where(feed, noord, name):
    image = make_image("Lokaal", width=1000, height=640)
    page = make_news(noord, "Lassen & zagen", summary="Meer <dan> ooit.", image=image)
    page.themes = [Theme.objects.get(slug="mbo")]
    page.first_published_at = datetime.datetime(2026, 1, 15, 9, 30, tzinfo=datetime.UTC)
    page.save()

    parsed = feed(name)

    entry = parsed.entries[0]
    assert entry.title == "Lassen & zagen"
    assert entry.link == "http://cms.test/regio/noord/nieuws/lassen-zagen/"
    assert entry.summary == "Meer &lt;dan&gt; ooit."
    assert entry.published_parsed[:5] == (2026, 1, 15, 9, 30)
    assert entry.id == f"urn:uuid:{page.translation_key}"
    assert [tag.term for tag in entry.tags] == [Theme.objects.get(slug="mbo").title]
    assert entry.author == "Noord"
    enclosure = entry.enclosures[0]
    assert enclosure.type == "image/jpeg"
    assert enclosure.href.startswith("http://cms.test/media/")


def test_atom_says_when_an_entry_and_the_feed_changed(feed, noord):
    published(make_news(noord, "Oud"), datetime.datetime(2026, 1, 2, 12, tzinfo=datetime.UTC))
    page = published(make_news(noord, "Ouder"), datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC))
    page.last_published_at = datetime.datetime(2026, 7, 3, 12, tzinfo=datetime.UTC)
    page.save()

    parsed = feed("atom")

    assert titles(parsed) == ["Oud", "Ouder"]
    assert parsed.entries[1].updated == parsed.feed.updated == "2026-07-03T14:00:00+02:00"
    assert feed("rss").feed.updated_parsed[:5] == (2026, 7, 3, 12, 0)


@pytest.mark.parametrize("name", FORMATS)
def test_feed_of_a_region_and_of_a_kind(feed, home, noord, zuid, name):
    make_news(noord, "Bericht uit Noord")
    make_event(noord, "Bijeenkomst in Noord")
    make_story(zuid, "Verhaal uit Zuid")
    make_news(home, "Landelijk bericht")

    assert len(feed(name).entries) == 4
    assert set(titles(feed(name, "?region=noord"))) == {"Bericht uit Noord", "Bijeenkomst in Noord"}
    assert titles(feed(name, f"?region={zuid.pk}")) == ["Verhaal uit Zuid"]
    assert titles(feed(name, "?region=noord&kind=nieuws")) == ["Bericht uit Noord"]
    assert titles(feed(name, "?kind=agenda")) == ["Bijeenkomst in Noord"]
    assert titles(feed(name, "?kind=inspiratie")) == ["Verhaal uit Zuid"]
    described = feed(name, "?kind=nieuws&region=noord").feed
    assert described.title == "Sterk Techniekonderwijs – Noord – Nieuws"
    assert described.link == "http://cms.test/regio/noord/"
    own = next(link.href for link in described.links if link.rel == "self")
    assert own == f"http://cms.test/api/v2/feeds/{name}/?region=noord&kind=nieuws"


def test_feeds_and_their_entries_lead_to_the_national_site(feed, noord, settings):
    make_news(noord, "Bericht")
    settings.FRONTEND_URL = "https://www.example.org"

    parsed = feed("atom", "?region=noord")

    assert parsed.feed.link == "https://www.example.org/regio/noord/"
    assert parsed.entries[0].link == "https://www.example.org/regio/noord/nieuws/bericht/"


def test_id_of_an_entry_outlives_its_title_and_address(feed, noord):
    page = make_news(noord, "Eerste titel")
    before = feed("atom").entries[0]

    page.title, page.slug = "Tweede titel", "tweede-titel"
    page.save_revision().publish()

    after = feed("atom").entries[0]
    assert (after.title, after.id) == ("Tweede titel", before.id)
    assert after.link.endswith("/tweede-titel/")
    assert after.updated_parsed >= before.updated_parsed


@pytest.mark.parametrize("name", FORMATS)
def test_feed_shows_no_drafts_and_nothing_that_went_offline(feed, noord, zuid, name):
    make_draft(make_news(noord, "Online"), title="Geheim", summary="Geheim")
    make_news(noord, "Offline").unpublish()
    make_news(zuid, "Verborgen")
    RegionPage.objects.get(pk=zuid.pk).unpublish()

    assert titles(feed(name)) == ["Online"]


def test_feed_holds_the_newest_fifty(feed, noord):
    start = timezone.make_aware(datetime.datetime(2026, 1, 1))
    for day in range(52):
        published(make_news(noord, f"Dag {day}"), start + datetime.timedelta(days=day))

    assert titles(feed("atom")) == [f"Dag {day}" for day in range(51, 1, -1)]


def test_control_characters_of_a_word_processor_are_left_out(feed, noord):
    make_news(noord, "Eerste\x0bregel", summary="Begin\x0ceinde")

    entry = feed("atom").entries[0]

    assert (entry.title, entry.summary) == ("Eersteregel", "Begineinde")


@pytest.mark.parametrize("name", FORMATS)
def test_feed_without_items_is_a_feed(feed, name):
    assert feed(name, "?region=noord").entries == []


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("?region=oost", "region 'oost'"),
        ("?region=", "region ''"),
        ("?region=%00", "region"),
        ("?region=99999999999999999999", "region"),
        ("?kind=blog", "kind must be one of nieuws, agenda, inspiratie, nieuwsbrief, not 'blog'"),
        ("?regio=noord", "regio"),
    ],
)
def test_unknown_region_kind_or_parameter_is_a_bad_request(api, query, named):
    assert named in api(f"feeds/atom/{query}", status=400)["message"]


def test_feeds_are_only_read(client, db):
    assert client.post("/api/v2/feeds/atom/").status_code == 405
    assert client.head("/api/v2/feeds/atom/").status_code == 200


def test_feed_takes_as_many_queries_for_few_items_as_for_many(client, noord, forget_answers, django_assert_num_queries):
    for number in (5, 10):
        for _ in range(5):
            page = make_news(noord, image=make_image("Foto"))
            page.themes = [Theme.objects.get(slug="mbo")]
            page.save()
        client.get("/api/v2/feeds/atom/?region=noord")  # renders the documents
        forget_answers()
        with django_assert_num_queries(5):  # what changed, region, items, their texts, their moments
            response = client.get("/api/v2/feeds/atom/?region=noord")
        assert len(feedparser.parse(response.content).entries) == number


def test_sitemap_names_every_public_page_and_when_it_changed(sitemap, noord, settings):
    published(make_news(noord, "Bericht"), datetime.datetime(2026, 7, 1, 10, tzinfo=datetime.UTC))
    settings.FRONTEND_URL = "https://www.example.org"

    kind, rows = sitemap()

    assert kind == "urlset"
    assert rows["https://www.example.org/regio/noord/nieuws/bericht/"] == "2026-07-01T12:00:00+02:00"
    assert set(rows) == {f"https://www.example.org{live.get_url()}" for live in BasePage.objects.live()}


def test_sitemap_leaves_out_what_is_not_public(sitemap, noord, zuid):
    make_draft(make_news(noord, "Online"), slug="geheim")
    make_news(noord, "Offline").unpublish()
    make_news(zuid, "Verborgen")
    RegionPage.objects.get(pk=zuid.pk).unpublish()

    paths = {urlsplit(address).path for address in sitemap()[1]}

    assert "/regio/noord/nieuws/online/" in paths
    assert not [path for path in paths if "geheim" in path or "offline" in path or path.startswith("/regio/zuid")]


def test_sitemap_that_is_too_long_becomes_an_index(sitemap, api, settings, forget_answers):
    whole = sitemap()[1]
    settings.SITEMAP_SIZE = 4
    forget_answers()

    kind, parts = sitemap()

    assert kind == "sitemapindex"
    assert list(parts) == [f"http://cms.test/api/v2/sitemap.xml?part={part}" for part in range(1, len(parts) + 1)]
    found = [sitemap("?" + urlsplit(part).query)[1] for part in parts]
    assert [len(rows) for rows in found[:-1]] == [4] * (len(parts) - 1)
    assert {address: moment for rows in found for address, moment in rows.items()} == whole
    for part in ("0", "-1", "een", str(len(parts) + 1)):
        assert "part" in api(f"sitemap.xml?part={part}", status=400)["message"]


def test_sitemap_takes_as_many_queries_for_few_pages_as_for_many(client, noord, django_assert_num_queries):
    for _ in range(2):
        for _ in range(5):
            make_news(noord)
        with django_assert_num_queries(3):  # what changed, number, pages
            client.get("/api/v2/sitemap.xml")
