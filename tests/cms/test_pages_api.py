"""The pages API as its readers use it."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from cms.models import Audience, Theme
from home.models import ContentPage
from tests.factories import make_draft, make_event, make_image, make_news, make_story


def titles(answer):
    return [item["title"] for item in answer["items"]]


def test_listing_without_type_shows_the_card_of_every_kind(api, noord, home):
    make_news(noord, "Nieuw lokaal", summary="Kort.", image=make_image("Lokaal", credit="Maker"))
    make_event(home, "Landelijke dag")
    make_story(noord, "Verhaal uit Noord")

    answer = api("pages/?order=-date&limit=3&date_from=2026-01-01")

    assert {item["meta"]["type"] for item in answer["items"]} == {
        "regions.NewsPage",
        "agenda.EventPage",
        "inspiration.StoryPage",
    }
    card = answer["items"][0]
    assert list(card) == ["id", "type", "meta", "title", "date", "summary", "image", "region", "themes", "audiences"]
    assert card["title"] == "Nieuw lokaal"
    assert card["meta"]["html_path"] == "/regio/noord/nieuws/nieuw-lokaal/"
    assert card["meta"]["html_url"] == "http://cms.test/regio/noord/nieuws/nieuw-lokaal/"
    assert card["region"] == {"id": noord.pk, "slug": "noord", "name": "Noord"}
    assert card["date"] == "2026-01-15"
    national = next(item for item in answer["items"] if item["title"] == "Landelijke dag")
    assert national["region"] is None


def test_detail_gives_everything(api, noord, home):
    event = make_event(home, "Landelijke dag")
    page = make_news(noord, body=[("quote", {"text": "Mooi", "attribution": "Leerling"})], related_event=event)

    answer = api(f"pages/{page.pk}/")

    assert answer["body"][0]["type"] == "quote"
    assert answer["body"][0]["value"] == {"text": "Mooi", "attribution": "Leerling"}
    assert answer["related_event"]["title"] == "Landelijke dag"
    assert answer["downloads"] == []
    assert answer["meta"]["parent"]["title"] == "Nieuws"
    assert answer["meta"]["parent"]["meta"]["detail_url"].startswith("http://cms.test/api/v2/pages/")


def test_filters_narrow_by_region_theme_audience_type_and_date(api, noord, zuid):
    theme, audience = Theme.objects.get(slug="mbo"), Audience.objects.get(slug="vmbo")
    make_news(noord, "Oud", date=datetime.date(2025, 1, 1), themes=[theme])
    make_news(noord, "Nieuw", date=datetime.date(2026, 1, 1), audiences=[audience])
    make_news(zuid, "Zuiden", date=datetime.date(2026, 1, 1))
    make_story(noord, "Verhaal")

    assert set(titles(api("pages/?type=regions.NewsPage&region=noord"))) == {"Oud", "Nieuw"}
    assert set(titles(api(f"pages/?type=regions.NewsPage&region={zuid.pk}"))) == {"Zuiden"}
    assert titles(api("pages/?theme=mbo")) == ["Oud"]
    assert titles(api("pages/?audience=vmbo")) == ["Nieuw"]
    assert titles(api("pages/?region=noord&type=regions.NewsPage&date_from=2025-01-02")) == ["Nieuw"]
    assert titles(api("pages/?region=noord&date_to=2025-01-01")) == ["Oud"]
    several = api("pages/?type=regions.NewsPage,inspiration.StoryPage&region=noord")
    assert set(titles(several)) == {"Oud", "Nieuw", "Verhaal"}


def test_filters_work_together_with_search(api, noord, zuid):
    make_news(noord, "Lasrobot in Noord", themes=[Theme.objects.get(slug="mbo")])
    make_news(zuid, "Lasrobot in Zuid")

    assert set(titles(api("pages/?search=lasrobot"))) == {"Lasrobot in Noord", "Lasrobot in Zuid"}
    assert titles(api("pages/?search=lasrobot&region=zuid")) == ["Lasrobot in Zuid"]
    assert titles(api("pages/?search=lasrobot&theme=mbo&type=regions.NewsPage")) == ["Lasrobot in Noord"]
    assert titles(api("pages/?search=lasrobot&date_from=2026-01-01&order=-date&region=noord")) == ["Lasrobot in Noord"]


def test_events_by_start(api, home, noord):
    make_event(noord, "Maart", start=timezone.make_aware(datetime.datetime(2026, 3, 31, 23, 30)))
    make_event(home, "April", start=timezone.make_aware(datetime.datetime(2026, 4, 1, 0, 0)))
    make_news(noord, "Geen bijeenkomst")

    assert titles(api("pages/?starts_from=2026-04-01")) == ["April"]
    assert titles(api("pages/?starts_to=2026-03-31")) == ["Maart"]
    assert titles(api("pages/?starts_from=2026-03-31T23:00&starts_to=2026-03-31T23:45")) == ["Maart"]
    assert titles(api("pages/?type=agenda.EventPage&order=start")) == ["Maart", "April"]
    assert api("pages/?type=agenda.EventPage&order=start")["items"][0]["start"] == "2026-03-31T23:30:00+02:00"


def test_order_is_stable_and_undated_pages_come_last(api, noord):
    same_day = [make_news(noord, date=datetime.date(2026, 1, 1)).pk for _ in range(4)]

    answer = api("pages/?order=-date&region=noord")

    assert [item["id"] for item in answer["items"][:4]] == same_day
    assert [item["date"] for item in answer["items"][4:]] == [None] * 4


def test_page_can_be_found_by_path(client, noord):
    page = make_news(noord, "Vindbaar")

    response = client.get("/api/v2/pages/find/?html_path=/regio/noord/nieuws/vindbaar/")

    assert response.status_code == 302
    assert response["Location"].rstrip("?") == f"http://cms.test/api/v2/pages/{page.pk}/"


def count_queries(api, path):
    """After a first request, which makes renditions and warms the caches of sites and content types."""
    api(path)
    with CaptureQueriesContext(connection) as queries:
        answer = api(path)
    return len(queries), answer


def test_listing_takes_the_same_few_queries_whatever_its_length(api, noord, zuid):
    themes = list(Theme.objects.all()[:3])
    audiences = list(Audience.objects.all()[:2])
    for number in range(50):
        region = noord if number % 2 else zuid
        image = make_image(f"Foto {number}", width=20, height=10)
        make_news(region, themes=themes, audiences=audiences, image=image)

    for_5, answer = count_queries(api, "pages/?limit=5&order=-date&date_from=2026-01-01")
    assert len(answer["items"]) == 5
    for_50, answer = count_queries(api, "pages/?limit=50&order=-date&date_from=2026-01-01")
    assert len(answer["items"]) == 50
    assert len(answer["items"][-1]["image"]["srcset"]) == 2

    assert for_5 == for_50 <= 5


def test_detail_takes_as_many_queries_for_few_references_as_for_many(api, noord, home):
    def page_referring_to(number):
        cards = [make_news(noord, image=make_image(width=20, height=10)) for _ in range(number)]
        images = [make_image(width=20, height=10) for _ in range(number)]
        links = "".join(f'<a linktype="page" id="{card.pk}">lees</a>' for card in cards)
        body = [
            ("text", f"<p>{links}</p>"),
            ("gallery", {"title": "", "images": images}),
            ("page_cards", {"title": "", "pages": cards}),
        ]
        return make_news(noord, image=images[0], body=body, related_event=make_event(home))

    for_3, _ = count_queries(api, f"pages/{page_referring_to(3).pk}/")
    for_6, answer = count_queries(api, f"pages/{page_referring_to(6).pk}/")

    assert len(answer["body"][2]["value"]["pages"]) == 6
    assert for_3 == for_6 == 1


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("limit=-1", "limit"),
        ("limit=51", "limit"),
        ("offset=-1", "offset"),
        ("offset=99999999999999999999", "offset"),
        ("type=auth.User", "auth.User"),
        ("type=regions.NewsPage,nothing", "nothing"),
        ("order=password", "password"),
        ("order=themes", "themes"),
        ("region=nergens", "nergens"),
        ("theme=nergens", "nergens"),
        ("audience=nergens", "nergens"),
        ("date_from=gisteren", "date_from"),
        ("date_to=2026-02-30", "date_to"),
        ("starts_from=2026-13-01", "starts_from"),
        ("starts_to=ooit", "starts_to"),
        ("date=gisteren", "date"),
        ("themes=mbo", "themes"),
        ("onbekend=1", "onbekend"),
        ("child_of=x", "child_of"),
        ("search=a&search_operator=xor", "search_operator"),
        ("rich_text_format=db_html", "rich_text_format"),
        ("fields=nergens", "nergens"),
        ("summary=%00", "summary"),
        ("offset=%C2%B2", "offset"),
        ("starts_to=9999-12-31", "starts_to"),
        ("starts_from=0001-01-01T00:00:00%2B23:59", "starts_from"),
        ("region=9223372036854775808", "region"),
        ("type=agenda.EventPage&order=programme", "programme"),
        ("type=regions.RegionPage&order=schools", "schools"),
        ("search=%22", "quotation"),
        ("search=" + "woord%20" * 50, "search"),
        ("search=" + "woord%20" * 600, "4000"),
        ("summary=%ff", "UTF-8"),
        ("fields=" + "parent(" * 500, "deep"),
        ("fields=image(alt)", "alt"),
        ("fields=title,,", "fields"),
        ("after=onzin", "after"),
        ("after=WyJwYXRoIiwiMDAwMSJd&order=-date", "after"),
        ("after=x&offset=1", "exclude"),
        ("search=a&after=x", "after"),
        ("order=path", "path"),
        ("child_of=0", "child_of"),
    ],
)
def test_bad_parameters_are_named(api, query, named):
    assert named in api(f"pages/?{query}", status=400)["message"]


@pytest.mark.parametrize("path", ["../..", "/regio/../../etc/passwd", "/nergens/"])
def test_unknown_paths_are_not_found(api, path):
    assert api(f"pages/find/?html_path={path}", status=404)["message"] == "not found"


@pytest.mark.parametrize("endpoint", ["pages", "redirects"])
@pytest.mark.parametrize("pk", ["een", "%C2%B2", "99999999999999999999", "-1"])
def test_find_by_a_bad_id_is_a_bad_request(api, endpoint, pk):
    assert "id" in api(f"{endpoint}/find/?id={pk}", status=400)["message"]


@pytest.mark.parametrize(
    "query", ["image=99999999999999999999999999", "type=agenda.EventPage&start=0001-01-01T00:00:00%2B14:00"]
)
def test_value_that_no_column_can_hold_finds_nothing(client, db, query):
    """SQLite can't ask the question, which is a bad request; PostgreSQL finds that nothing is the answer."""
    response = client.get(f"/api/v2/pages/?{query}")

    if connection.vendor == "sqlite":
        assert (response.status_code, response.json()["message"]) == (400, "a value is out of range")
    else:
        assert response.json()["items"] == []


def test_ids_and_offsets_beyond_all_bounds(client, api):
    assert client.get("/api/v2/pages/99999999999999999999999999/").status_code in (400, 404)
    assert "offset" in api("redirects/?offset=99999999999999999999999", status=400)["message"]


def test_drafts_are_nowhere(api, noord, home):
    live = make_news(noord, "Openbaar")
    secret = make_news(noord, "Geheim", summary="Geheim")
    alias = secret.create_alias(parent=secret.get_parent(), update_slug="alias")
    series = make_event(home, "Geheime bijeenkomst")
    live.related_event = series
    live.body = [
        ("text", f'<p>Lees <a linktype="page" id="{secret.pk}">meer hierover</a>.</p>'),
        ("page_cards", {"title": "Ook", "pages": [secret]}),
        ("call_to_action", {"text": "Verder", "page": secret, "url": ""}),
    ]
    live.save()
    make_draft(live, title="Geheim nieuw")
    secret.unpublish()
    series.unpublish()

    detail = api(f"pages/{live.pk}/")
    assert [block["type"] for block in detail["body"]] == ["text"]
    assert detail["body"][0]["value"] == "<p>Lees meer hierover.</p>"
    assert detail["related_event"] is None
    api(f"pages/{secret.pk}/", status=404)
    api(f"pages/{alias.pk}/", status=404)
    api("pages/find/?html_path=/regio/noord/nieuws/geheim/", status=404)
    assert api("pages/?search=geheim")["meta"]["total_count"] == 0
    for listing in (api("pages/?limit=50"), api("pages/?type=regions.NewsPage&fields=*"), detail):
        assert "geheim" not in str(listing).lower()


def test_alias_does_not_name_an_original_that_went_offline(api, noord):
    original = make_news(noord, "Origineel")
    alias = original.create_alias(parent=original.get_parent(), update_slug="alias")
    PageViewRestriction.objects.create(page=original, restriction_type="login")

    assert api(f"pages/{alias.pk}/")["meta"]["alias_of"] is None


def test_redirects_do_not_lead_to_drafts(client, api, noord):
    from wagtail.contrib.redirects.models import Redirect

    live, draft = make_news(noord, "Openbaar"), make_news(noord, "Geheim")
    draft.unpublish()
    Redirect.objects.create(old_path="/oud", redirect_page=live)
    Redirect.objects.create(old_path="/geheim-oud", redirect_page=draft)

    assert [item["old_path"] for item in api("redirects/")["items"]] == ["/oud"]
    api("redirects/find/?html_path=/geheim-oud", status=404)
    assert client.get("/api/v2/redirects/find/?html_path=/oud/").status_code == 302


@pytest.mark.parametrize("path", ["", "pages/een/", "nergens/"])
def test_unknown_endpoints_answer_in_json(api, path):
    answer = {"status": 404, "title": "Not Found", "detail": "not found", "message": "not found"}
    assert api(path, status=404) == answer


def test_answers_are_the_same_for_an_editor(noord_client, noord):
    secret = make_news(noord, "Geheim")
    secret.unpublish()

    assert noord_client.get(f"/api/v2/pages/{secret.pk}/").status_code == 404


def test_undated_pages_can_be_live(home):
    from cms.tree import add_live

    page = add_live(home, ContentPage(title="Over ons"))

    assert page.date is None


@pytest.mark.parametrize("path", ["pages/", "pages/{pk}/", "pages/find/?html_path=/regio/noord/"])
def test_site_and_type_narrow_all_doors_as_in_wagtail(api, client, noord, path):
    path = path.format(pk=noord.pk)
    also = "&" if "?" in path else "?"
    hostname = Site.objects.get().hostname

    for fits in (f"site={hostname}", "site=", "type=regions.RegionPage"):
        assert client.get(f"/api/v2/{path}{also}{fits}").status_code in (200, 302)
    api(f"{path}{also}site=elders.example", status=404)
    assert "site" in api(f"{path}{also}site={hostname}:x", status=400)["message"]
    assert "type" in api(f"{path}{also}type=regions.Nope", status=400)["message"]


def test_page_of_another_type_is_not_found(api, noord):
    api(f"pages/{noord.pk}/?type=regions.NewsPage", status=404)
    api("pages/find/?html_path=/regio/noord/&type=regions.NewsPage", status=404)


def test_order_by_foreign_key(api, noord):
    assert titles(api("pages/?order=locale&limit=3")) == titles(api("pages/?order=id&limit=3"))


def test_root_has_nothing_above_it(api, db):
    assert "ancestor_of" in api("pages/?ancestor_of=root", status=400)["message"]
