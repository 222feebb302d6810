"""What all doors of the API have in common, and the path by which a front end finds its way."""

import datetime

import pytest
import time_machine
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from cms.api.ordering import COLUMNS
from cms.api.rendering import DocumentRenderer
from cms.api.router import api as api_router
from cms.models import BasePage, Theme
from regions.models import NewsPage
from tests.factories import make_event, make_news, make_story

DOORS = ["pages/", "pages/1/", "resolve/?path=/", "redirects/", "pages/find/?html_path=/"]


@pytest.mark.parametrize("path", DOORS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_reading_is_all_one_can_do(client, db, path, method):
    response = getattr(client, method)(f"/api/v2/{path}")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert "not allowed" in response.json()["message"]


def test_options_and_head(client, home):
    assert client.options("/api/v2/pages/")["Allow"] == "GET, HEAD, OPTIONS"
    head, get = client.head(f"/api/v2/pages/{home.pk}/"), client.get(f"/api/v2/pages/{home.pk}/")
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == get["ETag"]
    assert head["Content-Length"] == get["Content-Length"] == str(len(get.content))


def test_answer_says_how_long_it_may_be_kept_and_what_is_in_it(client, noord):
    page = make_news(noord)

    response = client.get(f"/api/v2/pages/{page.pk}/")

    assert response["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    assert response["API-Version"] == "2.0.0"
    assert {f"page-{page.pk}", f"region-{noord.pk}", "type-regions.NewsPage"} <= set(response["Surrogate-Key"].split())
    assert not response.cookies
    listing = client.get("/api/v2/pages/?region=noord")
    assert {"pages", f"page-{page.pk}", f"page-{noord.pk}"} <= set(listing["Surrogate-Key"].split())


def test_errors_are_not_kept(client, db):
    response = client.get("/api/v2/pages/999999/")

    assert (response.status_code, response["Cache-Control"]) == (404, "no-store")
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["pages/?limit=50", "pages/{pk}/", "resolve/?path=/regio/noord/nieuws/bericht/"])
def test_unchanged_answer_is_not_sent_again(client, noord, django_assert_num_queries, path):
    page = make_news(noord, "Bericht")
    path = "/api/v2/" + path.format(pk=page.pk)
    etag = client.get(path)["ETag"]
    assert client.get(path)["ETag"] == etag

    with django_assert_num_queries(1):
        response = client.get(path, headers={"if-none-match": f'"iets", {etag}'})
    assert (response.status_code, response.content) == (304, b"")
    assert response["Cache-Control"].startswith("public")

    page.summary = "Anders"
    page.save()
    assert client.get(path, headers={"if-none-match": etag}).status_code == 200


def test_reader_who_asks_for_another_version_is_told_which_there_is(client, noord):
    make_news(noord)

    response = client.get("/api/v2/pages/", headers={"if-match": '"another"'})

    assert (response.status_code, response["Content-Type"]) == (412, "application/problem+json")
    assert response["Cache-Control"] == "no-store"
    assert client.get("/api/v2/pages/")["ETag"] in response.json()["detail"]


def test_kept_answer_is_of_the_kind_that_was_asked_for(client, noord):
    """The answer to one reader is kept; another who accepts less must not get it."""
    make_news(noord)
    path = "/api/v2/pages/"
    packed = client.get(path, headers={"accept-encoding": "br"})

    assert client.get(path).json()["items"]
    assert client.get(path, headers={"accept-encoding": "br"}).content == packed.content
    assert client.get(path, headers={"accept": "image/png"}).status_code == 406
    assert client.get(path, headers={"accept": "application/json"}).status_code == 200
    assert client.options(path).status_code == 204
    assert client.post(path).status_code == 405


def test_logged_in_editor_gets_no_session_of_the_api(noord_client, noord):
    response = noord_client.get("/api/v2/pages/")

    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_resolve_gives_the_page_at_a_path(api, noord):
    page = make_news(noord, "Bericht")

    assert api("resolve/?path=/regio/noord/nieuws/bericht/") == api(f"pages/{page.pk}/")
    assert api("resolve/?path=/")["meta"]["type"] == "home.HomePage"


@pytest.mark.parametrize(
    "path", ["/regio/noord/nieuws/bericht", "regio//noord/nieuws/bericht/", "/Regio/Noord/nieuws/BERICHT/?utm=1"]
)
def test_resolve_leads_to_the_one_spelling_of_a_path(api, noord, path):
    make_news(noord, "Bericht")

    answer = api(f"resolve/?path={path.replace('?', '%3F')}")

    assert answer == {"redirect": "/regio/noord/nieuws/bericht/", "permanent": True}


def test_resolve_follows_redirects(api, noord, zuid):
    page, hidden = make_news(noord, "Bericht"), make_news(noord, "Geheim")
    Redirect.objects.create(old_path="/oud", redirect_page=page, is_permanent=False)
    Redirect.objects.create(old_path="/elders", redirect_link="https://example.org/")
    Redirect.objects.create(old_path="/geheim-oud", redirect_page=hidden)
    hidden.unpublish()

    assert api("resolve/?path=/oud/") == {"redirect": "/regio/noord/nieuws/bericht/", "permanent": False}
    assert api("resolve/?path=/elders/") == {"redirect": "https://example.org/", "permanent": True}
    api("resolve/?path=/elders/verder/", status=404)
    api("resolve/?path=/geheim-oud/", status=404)
    api("resolve/?path=/nergens/", status=404)
    assert "path" in api("resolve/", status=400)["message"]


def test_resolve_knows_the_old_address_of_a_region_and_of_all_below_it(api, noord, django_assert_max_num_queries):
    make_news(noord, "Bericht")
    noord.slug = "noordoost"
    noord.save_revision().publish()
    make_news(noord, "Later")

    assert api("resolve/?path=/regio/noord/")["redirect"] == "/regio/noordoost/"
    assert api("resolve/?path=/regio/noord/nieuws/bericht/")["redirect"] == "/regio/noordoost/nieuws/bericht/"
    with django_assert_max_num_queries(3):
        assert api("resolve/?path=/regio/noord/nieuws/later/")["redirect"] == "/regio/noordoost/nieuws/later/"
    api("resolve/?path=/regio/noord/nieuws/nooit/", status=404)


@pytest.fixture
def items(home, noord, zuid):
    """Twelve items with ties in every column, half of them below one region."""
    theme = Theme.objects.first()
    for number in range(4):
        date = datetime.date(2026, 1, 1 + number // 2)
        make_news([noord, zuid][number % 2], "Zelfde titel", slug=f"n{number}", date=date, themes=[theme])
        make_event(noord, f"Bijeenkomst {number // 2}", slug=f"b{number}")
        make_story(home, f"Verhaal {number}")


def walk(api, query):
    """All ids of a list, by following ``next``."""
    answer = api(f"pages/?{query}")
    while True:
        yield from [item["id"] for item in answer["items"]]
        if (token := answer["meta"]["next"]) is None:
            return
        answer = api(f"pages/?{query}&after={token}")


ORDERS = ["", *(f"&order={sign}{name}" for name in sorted(COLUMNS - {"start"}) for sign in ("", "-"))]


@pytest.mark.parametrize("order", [*ORDERS, "&order=title,-date", "&order=-date,title,-id"])
def test_list_can_be_walked_by_its_tokens(api, items, order):
    for query in (order, f"&region=noord{order}"):
        whole = api(f"pages/?limit=50{query}")
        assert list(walk(api, f"limit=3{query}")) == [item["id"] for item in whole["items"]]
        assert len(whole["items"]) == whole["meta"]["total_count"] >= 10


def test_events_can_be_walked_by_their_start(api, items):
    for order in ("start", "-start"):
        whole = api(f"pages/?type=agenda.EventPage&order={order}")["items"]
        assert list(walk(api, f"type=agenda.EventPage&limit=1&order={order}")) == [item["id"] for item in whole]


def test_total_is_kept_until_a_page_comes_or_goes(api, noord, django_assert_num_queries):
    page = make_news(noord)
    before = api("pages/?type=regions.NewsPage")["meta"]["total_count"]
    with django_assert_num_queries(2):
        assert api("pages/?type=regions.NewsPage&limit=1")["meta"]["total_count"] == before
    with django_assert_num_queries(1):  # the whole answer is kept
        assert api("pages/?type=regions.NewsPage&limit=1")["meta"]["total_count"] == before
    make_news(noord)
    assert api("pages/?type=regions.NewsPage")["meta"]["total_count"] == before + 1
    page.unpublish()
    assert api("pages/?type=regions.NewsPage")["meta"]["total_count"] == before


@pytest.mark.parametrize(
    "fields",
    ["title", "_,title", "*", "*,-body", "-title,body", "_,slug,image", "-date", "html_path,seo_title", "_,id"],
)
def test_chosen_fields_are_those_that_wagtail_would_show(api, noord, fields):
    from wagtail.api.v2.utils import parse_fields_parameter

    page = make_news(noord)
    shown = api(f"pages/?type=regions.NewsPage&fields={fields}")["items"]
    detail = api(f"pages/{page.pk}/?fields={fields}")

    def represented(model, fields, detail=False):
        view = DocumentRenderer().view
        serializer_class = view._get_serializer_class(api_router, model, parse_fields_parameter(fields), detail)
        return serializer_class(context=view.get_serializer_context()).to_representation(page)

    page = NewsPage.objects.get(pk=page.pk)
    assert shown == [represented(NewsPage, fields)]
    assert detail == represented(NewsPage, fields, detail=True)
    cards = api("pages/?fields=title,-date&type=regions.NewsPage,agenda.EventPage")["items"]
    assert cards[0] == represented(BasePage, "title,-date")
    for kind, query in (("card", ""), ("item", "?type=regions.NewsPage"), ("full", "?type=regions.NewsPage&fields=*")):
        model, chosen = (BasePage if kind == "card" else NewsPage), ("*" if kind == "full" else "")
        [item] = [item for item in api(f"pages/{query}")["items"] if item["id"] == page.pk]
        assert item == represented(model, chosen)
    assert api(f"pages/{page.pk}/") == represented(NewsPage, "", detail=True)


def test_other_sites_may_read_when_they_are_named(client, home, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://www.example.org"]

    allowed = client.get("/api/v2/pages/", headers={"origin": "https://www.example.org"})
    refused = client.get("/api/v2/pages/", headers={"origin": "https://elders.example"})

    assert allowed["Access-Control-Allow-Origin"] == "https://www.example.org"
    assert "Access-Control-Allow-Origin" not in refused
    assert "origin" in allowed["Vary"].lower()
    assert "Access-Control-Allow-Credentials" not in allowed
    assert "Access-Control-Allow-Origin" not in client.get(
        "/admin/login/", headers={"origin": "https://www.example.org"}
    )


@pytest.mark.parametrize("encoding", ["br", "gzip", "zstd"])
def test_answers_are_compressed_for_who_can_read_it(client, noord, encoding):
    make_news(noord)

    plain = client.get("/api/v2/pages/")
    packed = client.get("/api/v2/pages/", headers={"accept-encoding": encoding})

    assert packed["Content-Encoding"] == encoding
    assert len(packed.content) < len(plain.content) / 2
    assert "Accept-Encoding" in packed["Vary"]
    # RFC 9110 §8.8.3: other bytes, so the tag is a weak one; asked again with it, the answer is still 304.
    assert packed["ETag"] == f"W/{plain['ETag']}"
    again = client.get("/api/v2/pages/", headers={"accept-encoding": encoding, "if-none-match": packed["ETag"]})
    assert again.status_code == 304


def test_kept_list_follows_the_clock(api, noord):
    """A list in an order that documents don't know is asked of the pages; the state in it changes by time alone."""
    soon = timezone.now() + datetime.timedelta(hours=1)
    event = make_event(noord, start=soon + datetime.timedelta(days=1), registration_url="https://example.org/")
    event.registration_closes_at = soon
    event.save()
    for query in ("order=tagline", "order=start", "search=bijeenkomst"):
        assert api(f"pages/?type=agenda.EventPage&{query}")["items"][0]["registration"]["state"] == "open"
    with time_machine.travel(soon + datetime.timedelta(minutes=1)):
        for query in ("order=tagline", "order=start", "search=bijeenkomst"):
            assert api(f"pages/?type=agenda.EventPage&{query}")["items"][0]["registration"]["state"] == "closed"
        assert api("events/")["items"][0]["registration"]["state"] == "closed"
    with time_machine.travel(soon + datetime.timedelta(days=3)):
        assert api("events/")["items"] == []


def test_random_order_is_not_kept(client, noord):
    for _ in range(8):
        make_news(noord)

    answers = [client.get("/api/v2/pages/?order=random&limit=50") for _ in range(5)]

    assert len({answer.content for answer in answers}) > 1
    assert answers[0]["Cache-Control"] == "no-store"


def test_path_without_end_is_not_looked_for(api, home, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        api(f"resolve/?path={'/a' * 1_000}/", status=404)


def test_what_is_asked_with_a_number_of_its_own_is_not_kept(api, home, django_assert_num_queries):
    api("pages/?_=1")
    with django_assert_num_queries(2):
        api("pages/?_=1")


def test_pages_cannot_be_found_by_what_they_refer_to(api, home, noord):
    secret = make_event(home)
    make_news(noord, related_event=secret)
    secret.unpublish()

    assert "related_event" in api(f"pages/?type=regions.NewsPage&related_event={secret.pk}", status=400)["message"]
    assert "alias_of" in api(f"pages/?alias_of={secret.pk}", status=400)["message"]
