"""Navigation, footer, contact and statements: what the national editor makes of them and what the API says."""

import datetime
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.models import SiteSettings
from home.structure import build_site
from regions.models import NewsIndexPage
from tests.factories import make_news, make_user, section

PUBLISH = {"action-publish": "1"}


def link(page=None, url="", label=""):
    return {"page": page, "url": url, "label": label}


def link_form(page=None, url="", label=""):
    return {"page": page.pk if page else "", "url": url, "label": label}


def site_form(navigation=(), **changes):
    return nested_form_data(
        {
            "navigation": streamfield([("item", {**item, "children": streamfield([])}) for item in navigation]),
            "footer_text": "",
            "footer_columns": streamfield([]),
            "statements": streamfield([]),
            "organisation": "Sterk Techniekonderwijs",
            "email": "",
            "phone": "",
            "street": "",
            "postcode": "",
            "city": "",
            "social_links": streamfield([]),
            **changes,
        }
    )


def admin_url(name):
    return reverse(f"wagtailsnippets_home_sitesettings:{name}", args=[SiteSettings.objects.get().pk])


def change_site(**changes):
    site = SiteSettings.objects.get()
    for name, value in changes.items():
        setattr(site, name, value)
    site.save()


def labels(links):
    return [shown["label"] for shown in links]


def test_new_site_has_a_menu_of_its_sections(home, api):
    news = section(home, NewsIndexPage)
    site = api("site/")

    assert labels(site["navigation"]) == ["Nieuws", "Agenda", "Inspiratie", "Veelgestelde vragen", "Regio's"]
    assert site["navigation"][0] == {
        "label": "Nieuws",
        "url": "/nieuws/",
        "page": {"id": news.pk, "type": "regions.NewsIndexPage"},
        "children": [],
    }
    assert site["footer"] == {"text": "", "columns": []}
    assert site["contact"] == {
        "organisation": "Sterk Techniekonderwijs",
        "email": "",
        "phone": "",
        "address": {"street": "", "postcode": "", "city": ""},
        "social": [],
    }
    assert site["statements"] == {"accessibility": None, "privacy": None, "cookies": None, "colophon": None}


def test_building_again_keeps_what_editors_made_of_it(home, api):
    change_site(navigation=[("item", link(home, label="Voorpagina"))], phone="030 123 45 67")
    build_site()
    site = api("site/")
    assert site["navigation"][0]["url"] == "/"
    assert labels(site["navigation"]) == ["Voorpagina"]
    assert site["contact"]["phone"] == "030 123 45 67"


def test_everything_has_its_place(home, noord, api):
    news = section(home, NewsIndexPage)
    change_site(
        navigation=[("item", link(news, label="Actueel") | {"children": [link(noord)]})],
        footer_text="Samen voor techniek.",
        footer_columns=[("column", {"title": "Lees ook", "links": [link(url="https://example.org/", label="Elders")]})],
        statements=[("privacy", link(noord, label="Privacyverklaring"))],
        social_links=[("link", {"label": "LinkedIn", "url": "https://www.linkedin.com/"})],
    )
    shown_noord = {"url": "/regio/noord/", "page": {"id": noord.pk, "type": "regions.RegionPage"}}

    site = api("site/")

    [item] = site["navigation"]
    assert (item["label"], item["url"]) == ("Actueel", "/nieuws/")
    assert item["children"] == [{"label": "Noord", **shown_noord}]
    elsewhere = {"label": "Elders", "url": "https://example.org/", "page": None}
    assert site["footer"] == {
        "text": "Samen voor techniek.",
        "columns": [{"title": "Lees ook", "links": [elsewhere]}],
    }
    assert site["statements"]["privacy"] == {"label": "Privacyverklaring", **shown_noord}
    assert site["contact"]["social"] == [{"label": "LinkedIn", "url": "https://www.linkedin.com/"}]


def test_draft_shows_in_the_preview_and_only_once_published_in_the_api(national_client, home, api):
    before = api("site/")
    form = site_form([link_form(home, label="Nieuwe voorpagina")], footer_text="Nieuwe tekst")

    assert national_client.post(admin_url("preview_on_edit"), form).json()["is_valid"]
    preview = national_client.get(admin_url("preview_on_edit")).content.decode()
    assert '<a href="/">Nieuwe voorpagina</a>' in preview
    assert "Nieuwe tekst" in preview

    assert national_client.post(admin_url("edit"), form).status_code == 302
    assert api("site/") == before
    assert "Nieuwe voorpagina" in national_client.get(admin_url("edit")).content.decode()

    assert national_client.post(admin_url("edit"), form | PUBLISH).status_code == 302
    site = api("site/")
    assert labels(site["navigation"]) == ["Nieuwe voorpagina"]
    assert site["footer"]["text"] == "Nieuwe tekst"


def test_draft_can_be_seen_around_the_pages_of_the_front_end(national_client, home, api, settings):
    settings.FRONTEND_URL = "https://www.example.org"
    national_client.post(admin_url("preview_on_edit"), site_form(footer_text="Nieuwe tekst"))

    response = national_client.get(admin_url("preview_on_edit"))

    assert response["Location"].startswith("https://www.example.org/voorbeeld/site/?token=")
    preview, published = api(f"preview/?{urlsplit(response['Location']).query}"), api("site/")
    assert preview.keys() == published.keys()
    assert preview["footer"]["text"] == "Nieuwe tekst" != published["footer"]["text"]


def test_link_leads_to_one_place_and_says_where(national_client, home):
    def errors(**item):
        response = national_client.post(admin_url("edit"), site_form([link_form(**item)]) | PUBLISH)
        return response.content.decode() if response.status_code == 200 else None

    assert "Kies een pagina of vul een adres in" in errors()
    assert "Kies een pagina of vul een adres in" in errors(page=home, url="https://example.org/", label="Twee")
    assert "heeft een tekst nodig" in errors(url="https://example.org/")
    assert errors(url="https://example.org/", label="Elders") is None


def test_draft_may_be_incomplete(national_client, api):
    before = api("site/")
    form = site_form([link_form(), link_form(url="https://example.org/")])
    assert national_client.post(admin_url("edit"), form).status_code == 302
    assert national_client.get(admin_url("edit")).status_code == 200
    assert api("site/") == before


def hide_by_unpublishing(page, region):
    page.unpublish()


def hide_by_taking_the_region_offline(page, region):
    region.unpublish()


def hide_by_deleting(page, region):
    Page.objects.get(pk=page.pk).delete()


@pytest.mark.parametrize("hide", [hide_by_unpublishing, hide_by_taking_the_region_offline, hide_by_deleting])
def test_link_to_what_is_not_public_is_left_out(hide, home, noord, client, api):
    page = make_news(noord, "Geheim plan")
    news = section(home, NewsIndexPage)
    secret = link(page, label="Geheim label")
    change_site(
        navigation=[
            ("item", secret | {"children": [link(news)]}),
            ("item", link(news) | {"children": [link(page), link(home)]}),
        ],
        footer_columns=[
            ("column", {"title": "Geheime kolom", "links": [secret]}),
            ("column", {"title": "Open kolom", "links": [link(page), link(news)]}),
        ],
        statements=[("cookies", secret), ("privacy", link(news))],
    )
    assert client.get("/api/v2/site/").content.decode().count("Geheim label") == 3

    hide(page, noord)

    site = api("site/")
    assert labels(site["navigation"]) == ["Nieuws"]
    assert labels(site["navigation"][0]["children"]) == [home.title]
    [column] = site["footer"]["columns"]
    assert (column["title"], labels(column["links"])) == ("Open kolom", ["Nieuws"])
    assert site["statements"]["cookies"] is None
    assert site["statements"]["privacy"]["label"] == "Nieuws"
    assert "Geheim" not in client.get("/api/v2/site/").content.decode()


def test_caches_are_told_which_pages_are_in_the_menu(home, noord, client):
    """Not all pages: a cache would throw away everything with each message that is published."""
    page = make_news(noord)
    change_site(navigation=[("item", link(page) | {"children": []})])

    tags = client.get("/api/v2/site/")["Surrogate-Key"].split()

    assert {"site", f"page-{page.pk}"} <= set(tags)
    assert "pages" not in tags
    page.unpublish()
    assert f"page-{page.pk}" in client.get("/api/v2/site/")["Surrogate-Key"].split()


def test_label_and_address_follow_the_page(home, api):
    news = section(home, NewsIndexPage)
    change_site(navigation=[("item", link(news)), ("item", link(news, label="Eigen tekst"))])
    news.title, news.slug = "Actueel", "actueel"
    news.save_revision().publish()
    assert [(item["label"], item["url"]) for item in api("site/")["navigation"]] == [
        ("Actueel", "/actueel/"),
        ("Eigen tekst", "/actueel/"),
    ]


@pytest.mark.parametrize("clear", [SiteSettings.delete, SiteSettings.unpublish])
def test_site_without_settings_has_an_empty_menu(clear, api):
    clear(SiteSettings.objects.get())
    site = api("site/")
    assert site["navigation"] == []
    assert site["statements"]["privacy"] is None


def test_takes_the_same_queries_for_many_links_as_for_few(noord, client):
    def count_with(number):
        pages = [make_news(noord) for _ in range(number)]
        links = [link(page) for page in pages]
        change_site(
            navigation=[("item", link(page) | {"children": links}) for page in pages],
            footer_columns=[("column", {"title": "Kolom", "links": links}) for _ in pages],
            statements=[("privacy", links[0])],
        )
        client.get("/api/v2/site/")
        with CaptureQueriesContext(connection) as queries:
            site = client.get("/api/v2/site/").json()
        assert len(site["navigation"][0]["children"]) == number
        return len(queries)

    assert count_with(3) == count_with(6) <= 8


def test_first_menu_can_be_put_back(national_client, api):
    first = SiteSettings.objects.get().latest_revision_id
    national_client.post(admin_url("edit"), site_form() | PUBLISH)
    assert api("site/")["navigation"] == []

    revert = reverse("wagtailsnippets_home_sitesettings:revisions_revert", args=[SiteSettings.objects.get().pk, first])
    assert revert in national_client.get(admin_url("history")).content.decode()
    assert "Veelgestelde vragen" in national_client.get(revert).content.decode()


def test_national_editor_goes_straight_to_the_form(national_client):
    index = reverse("wagtailsnippets_home_sitesettings:list")
    assert index in national_client.get("/admin/").content.decode()
    assert national_client.get(index).url == admin_url("edit")


def test_regional_editor_has_no_access(noord_client, api):
    before = api("site/")
    index = reverse("wagtailsnippets_home_sitesettings:list")
    assert index not in noord_client.get("/admin/").content.decode()

    for url in (index, *(admin_url(name) for name in ("edit", "history", "usage", "preview_on_edit"))):
        assert noord_client.get(url).url == reverse("wagtailadmin_home"), url
    assert noord_client.post(admin_url("edit"), site_form() | PUBLISH).url == reverse("wagtailadmin_home")
    assert api("site/") == before


@pytest.mark.parametrize("is_superuser", [False, True])
def test_settings_are_there_for_good(is_superuser, national_client, api):
    if is_superuser:
        national_client.force_login(make_user("beheer@example.org", is_superuser=True))
    before = api("site/")
    assert admin_url("unpublish") not in national_client.get(admin_url("edit")).content.decode()

    for url in (admin_url("unpublish"), admin_url("delete"), reverse("wagtailsnippets_home_sitesettings:add")):
        assert national_client.post(url, site_form() | PUBLISH).url == reverse("wagtailadmin_home")

    assert SiteSettings.objects.filter(live=True).count() == 1
    assert api("site/") == before


def test_page_knows_that_the_menu_uses_it(national_client, noord):
    page = make_news(noord)
    change_site(footer_columns=[("column", {"title": "Kolom", "links": [link(page)]})])
    usage = national_client.get(reverse("wagtailadmin_pages:usage", args=[page.pk])).content.decode()
    assert admin_url("edit") in usage
    delete = national_client.get(reverse("wagtailadmin_pages:delete", args=[page.pk])).content.decode()
    assert reverse("wagtailadmin_pages:usage", args=[page.pk]) in delete


def test_figures_count_regions_and_those_that_are_active(api, noord, zuid, forget_answers):
    assert api("site/")["figures"] == {"regions": 2, "active_regions": 0}
    make_news(noord, date=timezone.localdate())
    make_news(zuid, date=timezone.localdate() - datetime.timedelta(days=90))
    assert api("site/")["figures"] == {"regions": 2, "active_regions": 1}
    noord.unpublish()
    assert api("site/")["figures"] == {"regions": 1, "active_regions": 0}
