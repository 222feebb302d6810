"""Previews on the front end: editors see what they are writing, nobody else does."""

import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from cms.blocks import BodyBlock
from cms.models import Preview, Theme
from cms.tasks import forget_previews
from regions.models import NewsPage
from tests.factories import make_event, make_image, make_news, make_story

FRONT = "https://www.example.org"


@pytest.fixture(autouse=True)
def front_end(settings):
    settings.FRONTEND_URL = FRONT


def token_of(response, kind="pagina"):
    assert response.status_code == 302, response.content[:300]
    address = urlsplit(response["Location"])
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{FRONT}/voorbeeld/{kind}/"
    return parse_qs(address.query)["token"][0]


def draft(region, title="Concept"):
    """A page that nobody but its editors sees."""
    page = make_news(region, title)
    page.unpublish()
    return page


def look(client, page):
    return token_of(client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])))


def shown(client, token, status=200):
    response = client.get("/api/v2/preview/", {"token": token})
    assert response.status_code == status
    assert response["Cache-Control"] == "no-store"
    return response.json()


@pytest.mark.parametrize("make", [make_news, make_event, make_story])
def test_preview_of_a_published_page_is_what_the_api_says_of_it(noord_client, api, noord, make):
    page = make(noord, image=make_image())

    assert shown(noord_client, look(noord_client, page)) == api(f"pages/{page.pk}/")


def test_preview_shows_the_draft_and_is_for_no_cache_or_search_engine(noord_client, noord):
    page = make_news(noord, "Bericht")
    page.title = "Ander bericht"
    page.body = [("text", "<p>Nog niet af</p>")]
    page.themes = [Theme.objects.first()]
    page.image = make_image("Nieuw")
    page.save_revision()

    response = noord_client.get("/api/v2/preview/", {"token": look(noord_client, page)})

    assert response.json()["title"] == "Ander bericht"
    assert response.json()["themes"][0]["slug"] == Theme.objects.first().slug
    assert response.json()["image"]["alt"] == "Beschrijving van Nieuw"
    assert response.json()["body"][0]["value"] == "<p>Nog niet af</p>"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response
    assert "Ander bericht" not in noord_client.get("/api/v2/pages/").content.decode()


@pytest.mark.parametrize("name", [name for name in BodyBlock().child_blocks if name != "download"])
def test_block_can_be_previewed(noord_client, home, noord, name):
    make_story(home, image=make_image())
    make_news(noord, "Van een regio", date=datetime.date(2030, 1, 1), image=make_image())
    block = NewsPage._meta.get_field("body").stream_block.child_blocks[name]

    response = noord_client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})

    [preview] = shown(noord_client, token_of(response, "blok"))
    assert preview["type"] == name
    assert preview["value"]
    assert "Van een regio" not in str(preview)


@pytest.mark.parametrize("name", ["download", "page_cards"])
def test_block_that_would_be_empty_is_shown_by_wagtail(noord_client, home, name):
    block = NewsPage._meta.get_field("body").stream_block.child_blocks[name]

    response = noord_client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})

    assert response.status_code == 200
    assert not Preview.objects.exists()


def test_block_can_be_previewed_by_editors_only(client, home):
    block = NewsPage._meta.get_field("body").stream_block.child_blocks["quote"]

    response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})

    assert response["Location"].startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize("token", ["", "x", "é", "a" * 3000, "' OR 1=1 --"])
def test_wrong_token_opens_nothing(client, home, token):
    shown(client, token, status=404)
    assert client.get("/api/v2/preview/").status_code == 404


def test_tampered_token_opens_nothing(noord_client, noord):
    token = look(noord_client, draft(noord))

    shown(noord_client, token[:-1] + ("A" if token[-1] != "A" else "B"), status=404)
    shown(noord_client, Preview.objects.get().token_hash, status=404)


def test_token_works_for_an_hour(noord_client, noord):
    token = look(noord_client, draft(noord))

    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=59)):
        shown(noord_client, token)
        forget_previews()
        assert Preview.objects.exists()
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=61)):
        shown(noord_client, token, status=404)
        forget_previews()
    assert not Preview.objects.exists()


def test_token_is_dead_when_its_page_is_deleted(noord_client, noord):
    page = draft(noord)
    token = look(noord_client, page)
    other = look(noord_client, draft(noord, "Ander"))

    page.delete()

    shown(noord_client, token, status=404)
    shown(noord_client, other)


def test_token_is_dead_when_its_editor_may_no_longer_log_in(noord_client, noord, django_user_model):
    token = look(noord_client, draft(noord))

    django_user_model.objects.filter(email="noord@example.org").update(is_active=False)

    shown(noord_client, token, status=404)


def test_previews_of_somebody_who_keeps_typing_do_not_pile_up(noord_client, noord):
    page = draft(noord)
    tokens = [look(noord_client, page) for _ in range(53)]

    assert Preview.objects.count() == 50
    shown(noord_client, tokens[-1])
    shown(noord_client, tokens[-50])
    shown(noord_client, tokens[0], status=404)


def test_editor_of_elsewhere_can_not_make_a_preview(noord_client, zuid):
    page = draft(zuid)

    noord_client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    noord_client.get(reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]))

    assert not Preview.objects.exists()


def test_preview_takes_two_queries_whatever_is_in_it(
    noord_client, noord, forget_answers, django_assert_max_num_queries
):
    token = look(noord_client, draft(noord))

    with django_assert_max_num_queries(2):  # whether anything changed, as for all doors, and the preview
        shown(noord_client, token)


def test_userbar_for_previews_names_the_cms_by_the_address_that_browsers_know(client, home, settings):
    response = client.get("/api/v2/preview/userbar/", headers={"host": "testserver"})
    html = response.content.decode()

    assert response["Content-Type"].startswith("text/html")
    assert 'data-wagtail-userbar-origin="//cms.test"' in html
    assert "//cms.test/static/wagtailadmin/js/userbar" in html
    assert '"allowedOrigins": ["\\u003Csame_origin\\u003E", "http://cms.test", "https://www.example.org"]' in html
    assert response["Cache-Control"] == "no-store"


def test_without_a_front_end_wagtail_shows_the_preview_itself(noord_client, noord, settings):
    settings.FRONTEND_URL = ""
    page = draft(noord, "Concept")

    response = noord_client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))

    assert response.status_code == 200
    assert "Concept" in response.content.decode()
    assert not Preview.objects.exists()
