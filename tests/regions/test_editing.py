"""Editors at work, through the real forms of the admin."""

import datetime
import io
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from regions.models import NewsPage, RegionPage
from tests.factories import jpeg, make_draft, make_event, make_image, make_news, upload


def news_form(**changes):
    return nested_form_data(
        {
            "title": "Open dag in het techlab",
            "slug": "open-dag-in-het-techlab",
            "date": "21-11-2026",
            "summary": "Iedereen is welkom.",
            "image": "",
            "body": streamfield([("text", rich_text("<p>Kom kijken.</p>"))]),
            "downloads": inline_formset([]),
            "related_event": "",
            "seo_title": "",
            "search_description": "",
            "comments": inline_formset([]),
            **changes,
        }
    )


def add_url(region):
    section = region.get_children().get(slug="nieuws")
    return reverse("wagtailadmin_pages:add", args=["regions", "newspage", section.pk])


def region_form(region, **changes):
    return nested_form_data(
        {
            "summary": "Nieuwe samenvatting",
            "image": "",
            "body": streamfield([]),
            "contact_name": "Projectbureau",
            "contact_role": "",
            "contact_email": "bureau@example.org",
            "contact_phone": "",
            "schools": inline_formset([{"name": "De school", "place": "Stad"}]),
            "external_site": "",
            "seo_title": "",
            "search_description": "",
            "comments": inline_formset([]),
            **changes,
        }
    )


def test_editor_publishes_news_and_readers_have_it_at_once(noord_client, noord):
    response = noord_client.get(add_url(noord))
    assert response.status_code == 200
    assert response.context["page"].date is not None

    response = noord_client.post(add_url(noord), news_form() | {"action-publish": "1"})

    assert response.status_code == 302, response.context["form"].errors
    [item] = noord_client.get("/api/v2/pages/?region=noord&type=regions.NewsPage").json()["items"]
    assert item["title"] == "Open dag in het techlab"
    assert item["date"] == "2026-11-21"
    assert item["region"]["slug"] == "noord"
    body = noord_client.get(f"/api/v2/pages/{item['id']}/").json()["body"]
    assert body[0]["value"] == "<p>Kom kijken.</p>"


def test_draft_may_lack_its_date_and_publishing_may_not(noord_client, noord):
    assert noord_client.post(add_url(noord), news_form(date="")).status_code == 302
    draft = NewsPage.objects.get(slug="open-dag-in-het-techlab")
    assert not draft.live

    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    response = noord_client.post(edit, news_form(date="") | {"action-publish": "1"})

    assert response.context["form"].errors["date"] == ["Dit is een verplicht veld."]
    draft.refresh_from_db()
    assert not draft.live


def test_slug_that_is_taken_is_refused_in_dutch(noord_client, noord):
    make_news(noord, "Open dag in het techlab")

    response = noord_client.post(add_url(noord), news_form())

    assert "al in gebruik" in response.context["form"].errors["slug"][0]
    assert NewsPage.objects.count() == 1


def test_video_of_an_unknown_host_is_refused_in_dutch(noord_client, noord):
    video = {"url": "https://video.example.com/1", "title": "Film", "transcript": rich_text("")}

    response = noord_client.post(add_url(noord), news_form(body=streamfield([("video", video)])))

    assert "YouTube of Vimeo" in response.content.decode()
    assert not NewsPage.objects.exists()


def test_button_leads_to_one_place(noord_client, noord):
    button = {"text": "Verder", "page": "", "url": ""}

    response = noord_client.post(
        add_url(noord), news_form(body=streamfield([("call_to_action", button)])) | {"action-publish": "1"}
    )

    assert "een van de twee" in response.content.decode()
    assert not NewsPage.objects.exists()


def test_editor_keeps_up_the_region_page_but_not_its_name_and_number(noord_client, noord):
    edit = reverse("wagtailadmin_pages:edit", args=[noord.pk])
    form = noord_client.get(edit).context["form"]
    assert not {"title", "slug", "status", "merged_into", "registration_numbers", "province"} & set(form.fields)

    stolen = {"title": "Gekaapt", "slug": "gekaapt", "status": "gesloten", "action-publish": "1"}
    response = noord_client.post(edit, region_form(noord) | stolen)

    assert response.status_code == 302, response.context["form"].errors
    region = RegionPage.objects.get(pk=noord.pk)
    assert (region.title, region.slug, region.status) == ("Noord", "noord", "actief")
    assert region.summary == "Nieuwe samenvatting"
    assert [school.name for school in region.schools.all()] == ["De school"]
    contact = noord_client.get(f"/api/v2/pages/{noord.pk}/").json()["contact"]
    assert contact == {"name": "Projectbureau", "role": "", "email": "bureau@example.org", "phone": ""}


def test_national_editor_renames_a_region(national_client, noord):
    identity = {
        "title": "Hoog Noord",
        "slug": "noord",
        "brand": "",
        "province": "Groningen",
        "second_province": "",
        "places": "",
        "latitude": "53.2",
        "longitude": "6.5",
        "status": "actief",
        "merged_into": "",
        "registration_numbers": streamfield([("registration", {"number": "STO19001", "period": "2020-2023"})]),
    }
    edit = reverse("wagtailadmin_pages:edit", args=[noord.pk])

    response = national_client.post(edit, region_form(noord, **identity) | {"action-publish": "1"})

    assert response.status_code == 302, response.context["form"].errors
    detail = national_client.get(f"/api/v2/pages/{noord.pk}/").json()
    assert detail["title"] == "Hoog Noord"
    assert detail["registration_numbers"] == [{"number": "STO19001", "period": "2020-2023"}]
    assert detail["point"] == {"latitude": 53.2, "longitude": 6.5}
    noord.access.group.refresh_from_db()
    assert noord.access.group.name == "Redactie Hoog Noord"


def test_region_is_merged_into_another_region_only(national_client, noord, zuid):
    edit = reverse("wagtailadmin_pages:edit", args=[noord.pk])
    identity = {
        "title": "Noord",
        "slug": "noord",
        "status": "samengevoegd",
        "merged_into": "",
        "registration_numbers": streamfield([]),
    }

    response = national_client.post(edit, region_form(noord, **identity) | {"action-publish": "1"})
    assert response.context["form"].errors["merged_into"] == ["Kies bij ‘samengevoegd’ de andere regio, en alleen dan."]

    form = region_form(noord, **{**identity, "merged_into": zuid.pk}) | {"action-publish": "1"}
    assert national_client.post(edit, form).status_code == 302
    assert national_client.get(f"/api/v2/pages/{noord.pk}/").json()["merged_into"]["title"] == "Zuid"


def test_first_screen_shows_the_own_region(noord_client, noord):
    make_news(noord)

    html = noord_client.get(reverse("wagtailadmin_home")).content.decode()

    assert "Mijn regio: Noord" in html
    assert "Mijn regio: Zuid" not in html
    assert add_url(noord) in html


@pytest.mark.parametrize(
    ("url", "label"),
    [
        ("/admin/nieuws/", "Nieuwsberichten"),
        ("/admin/agenda/", "Bijeenkomsten"),
        ("/admin/verhalen/", "Inspiratieverhalen"),
        ("/admin/techlabs/", "Techlabs"),
    ],
)
def test_flat_lists_are_in_dutch(noord_client, url, label):
    assert label in noord_client.get(url).content.decode()


def test_flat_lists_show_the_own_region_only_and_take_few_queries(noord_client, noord, zuid, django_assert_num_queries):
    make_event(zuid, "Zuidelijk")
    for _ in range(3):
        make_event(noord)
    noord_client.get("/admin/agenda/")
    with CaptureQueriesContext(connection) as for_3:
        response = noord_client.get("/admin/agenda/")
    assert "Zuidelijk" not in response.content.decode()
    for _ in range(3):
        make_event(noord)
    with django_assert_num_queries(len(for_3)):
        noord_client.get("/admin/agenda/")


@pytest.fixture
def image_upload(noord_client):
    def send(file, **changes):
        fields = {
            "title": "Foto",
            "file": file,
            "description": "Een leerling soldeert",
            "credit": "",
            "consent_note": "",
        }
        return noord_client.post(reverse("wagtailimages:add"), fields | changes)

    return send


def test_image_goes_to_the_collection_of_the_region(image_upload, noord):
    assert image_upload(upload()).status_code == 302

    image = get_image_model().objects.get()
    assert image.collection == noord.access.collection
    assert image.description == "Een leerling soldeert"


def test_image_needs_an_alternative_text(image_upload):
    response = image_upload(upload(), description="")

    assert response.context["form"].errors["description"] == ["Dit is een verplicht veld."]
    assert not get_image_model().objects.exists()


def test_text_named_jpg_is_refused(image_upload):
    response = image_upload(upload(content=b"dit is geen foto"))

    assert response.context["form"].errors["file"]
    assert not get_image_model().objects.exists()


def test_image_of_100_megapixels_is_refused(image_upload):
    content = io.BytesIO()
    Picture.new("1", (10_000, 10_000)).save(content, "PNG")

    response = image_upload(upload("groot.png", content.getvalue(), "image/png"))

    assert "teveel pixels" in response.context["form"].errors["file"][0]
    assert not get_image_model().objects.exists()


def picture(mode="RGB", size=(40, 30), kind="PNG"):
    content = io.BytesIO()
    Picture.new(mode, size).save(content, kind)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("grijs.png", picture("I;16"), "kleurformaat"),
        ("lang.png", picture(size=(2, 20_000)), "te lang"),
        ("half.jpg", jpeg()[:400], "beschadigd"),
    ],
)
def test_picture_of_which_no_sizes_can_be_made_is_refused(image_upload, name, content, words):
    response = image_upload(upload(name, content))

    assert words in response.context["form"].errors["file"][0]
    assert not get_image_model().objects.exists()


def test_html_document_is_refused(noord_client):
    file = upload("pagina.html", b"<script>alert(1)</script>", "text/html")
    response = noord_client.post(reverse("wagtaildocs:add"), {"title": "Pagina", "file": file, "tags": ""})

    assert "html" in response.context["form"].errors["file"][0]
    assert not get_document_model().objects.exists()


def test_tags_are_not_offered(noord_client, noord):
    image = make_image(collection=noord.access.collection)

    form = noord_client.get(reverse("wagtailimages:edit", args=[image.pk])).context["form"]

    assert "tags" not in form.fields


def test_preview_and_reading_view_show_the_page(noord_client, noord):
    page = make_news(noord, "Zichtbaar", summary="Kort", body=[("quote", {"text": "Mooi", "attribution": "Leerling"})])

    html = noord_client.get("/regio/noord/nieuws/zichtbaar/").content.decode()
    assert "<h1>Zichtbaar</h1>" in html
    assert "‘Mooi’" in html
    draft = noord_client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert "<h1>Zichtbaar</h1>" in draft.content.decode()


def test_page_that_was_never_saved_can_be_previewed_on_the_front_end(noord_client, noord, api, settings):
    settings.FRONTEND_URL = "https://www.example.org"
    index = noord.get_children().get(slug="nieuws")
    address = reverse("wagtailadmin_pages:preview_on_add", args=["regions", "newspage", index.pk])

    assert noord_client.post(address, news_form(title="Nieuw", slug="nieuw")).json()["is_valid"]
    response = noord_client.get(address, {"in_preview_panel": "true"})

    assert response["Location"].startswith("https://www.example.org/voorbeeld/pagina/?")
    page = api(f"preview/?{urlsplit(response['Location']).query.rpartition('&')[2]}")
    assert (page["id"], page["title"], page["type"]) == (None, "Nieuw", "regions.NewsPage")
    assert page["meta"]["html_path"] == "/regio/noord/nieuws/nieuw/"
    assert page["region"]["slug"] == "noord"
    assert not NewsPage.objects.filter(slug="nieuw").exists()


def test_page_leads_to_the_front_end_when_there_is_one(client, noord, settings):
    make_news(noord, "Zichtbaar")
    settings.FRONTEND_URL = "https://www.example.org"

    response = client.get("/regio/noord/nieuws/zichtbaar/")

    assert response["Location"] == "https://www.example.org/regio/noord/nieuws/zichtbaar/"


def test_add_screen_describes_every_kind_of_page(noord_client, noord):
    inspiration = noord.get_children().get(slug="inspiratie")

    html = noord_client.get(reverse("wagtailadmin_pages:add_subpage", args=[inspiration.pk])).content.decode()

    assert "Een verhaal uit de praktijk" in html
    assert "Een techlab, hotspot, techbus" in html


def test_no_page_offers_privacy(noord_client, noord):
    page = make_news(noord)
    url = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])

    noord_client.post(url, {"restriction_type": "password", "password": "geheim", "groups": []})

    assert not page.get_view_restrictions().exists()


def test_incomplete_drafts_are_not_published_in_bulk(noord_client, noord):
    noord_client.post(add_url(noord), news_form(date=""))
    draft = NewsPage.objects.get(slug="open-dag-in-het-techlab")

    response = noord_client.post(f"/admin/bulk/wagtailcore/page/publish/?id={draft.pk}&next=/admin/", follow=True)

    assert "nog niet compleet" in response.content.decode()
    draft.refresh_from_db()
    assert not draft.live


def test_incomplete_drafts_below_a_page_are_not_published_along_with_it(noord_client, noord):
    noord_client.post(add_url(noord), news_form(date=""))
    section = noord.get_children().get(slug="nieuws")

    response = noord_client.post(
        f"/admin/bulk/wagtailcore/page/publish/?id={section.pk}&next=/admin/",
        {"include_descendants": "on"},
        follow=True,
    )

    assert "nog niet compleet" in response.content.decode()
    assert not NewsPage.objects.get(slug="open-dag-in-het-techlab").live


def test_complete_drafts_are_published_in_bulk(noord_client, noord, api):
    page = make_news(noord, "Eerst")
    make_draft(page, title="Daarna")

    noord_client.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}&next=/admin/")

    assert api(f"pages/{page.pk}/")["title"] == "Daarna"


def test_scheduled_news_goes_online_and_offline_by_the_clock(noord_client, noord, api):
    page = make_news(noord, "Gepland")
    page.unpublish()
    past = timezone.now() - datetime.timedelta(minutes=1)
    page.go_live_at = past
    revision = page.save_revision(approved_go_live_at=past)
    assert revision.approved_go_live_at == past
    api(f"pages/{page.pk}/", status=404)

    call_command("publish_scheduled")
    assert api(f"pages/{page.pk}/")["title"] == "Gepland"

    NewsPage.objects.filter(pk=page.pk).update(expire_at=past, go_live_at=None)
    call_command("publish_scheduled")
    api(f"pages/{page.pk}/", status=404)
