"""What search engines and social media are told of a page."""

import datetime

import pytest
from PIL import Image as Picture

from cms.renditions import represent_social_image
from cms.tree import add_live
from home.models import ContentPage, FaqCategory, FaqIndexPage, FaqPage
from regions.models import NewsIndexPage, RegionPage
from tests.factories import make_draft, make_event, make_image, make_news, make_region, make_story, section

UTC = datetime.UTC


@pytest.fixture
def seo(api):
    return lambda page: api(f"pages/{page.pk}/")["seo"]


@pytest.fixture
def of_type(seo):
    """``of_type(page, "Event")`` gives the one object of that type in the JSON-LD of ``page``."""

    def get(page, name):
        (found,) = [described for described in seo(page)["json_ld"] if described["@type"] == name]
        assert found["@context"] == "https://schema.org"
        return found

    return get


def steps(breadcrumb):
    assert [step["position"] for step in breadcrumb["itemListElement"]] == list(
        range(1, len(breadcrumb["itemListElement"]) + 1)
    )
    return [(step["name"], step["item"]) for step in breadcrumb["itemListElement"]]


def test_title_and_description_fall_back_on_what_readers_see(seo, noord):
    plain = make_news(noord, "Nieuw lokaal", summary="Kort.")
    filled = make_news(noord, "Titel", summary="Kort.", seo_title="Voor zoekers", search_description="Uitleg.")

    assert (seo(plain)["title"], seo(plain)["description"]) == ("Nieuw lokaal", "Kort.")
    assert (seo(filled)["title"], seo(filled)["description"]) == ("Voor zoekers", "Uitleg.")


def test_seo_is_in_the_detail_and_not_in_cards(api, noord):
    page = make_news(noord)

    assert "seo" in api(f"pages/{page.pk}/")
    for query in ("", "&type=regions.NewsPage"):
        assert all("seo" not in item for item in api(f"pages/?limit=50{query}")["items"])
    full = api("pages/?type=regions.NewsPage&fields=*")["items"][0]
    assert full["seo"] == api(f"pages/{page.pk}/")["seo"]


def test_addresses_are_those_of_the_national_site(seo, of_type, noord, settings):
    settings.FRONTEND_URL = "https://www.example.org"
    page = make_news(noord, "Nieuw lokaal")
    address = "https://www.example.org/regio/noord/nieuws/nieuw-lokaal/"

    assert seo(page)["canonical"] == address
    assert of_type(page, "NewsArticle")["url"] == address
    assert steps(of_type(page, "BreadcrumbList")) == [
        ("Sterk Techniekonderwijs", "https://www.example.org/"),
        ("Regio's", "https://www.example.org/regio/"),
        ("Noord", "https://www.example.org/regio/noord/"),
        ("Nieuws", "https://www.example.org/regio/noord/nieuws/"),
        ("Nieuw lokaal", address),
    ]


def test_canonical_address_of_an_alias_is_that_of_its_public_original(seo, home, zuid):
    original = make_news(zuid, "Origineel")
    alias = original.create_alias(parent=section(home, NewsIndexPage))

    assert seo(alias)["canonical"] == seo(original)["canonical"] == "http://cms.test/regio/zuid/nieuws/origineel/"

    RegionPage.objects.get(pk=zuid.pk).unpublish()

    assert seo(alias)["canonical"] == "http://cms.test/nieuws/origineel/"


def test_breadcrumb_names_public_ancestors_by_their_public_title(seo, home):
    above = add_live(home, ContentPage(title="Over ons"))
    hidden = add_live(above, ContentPage(title="Verborgen"))
    page = add_live(hidden, ContentPage(title="Toegankelijkheid"))
    make_draft(above, title="Geheim")
    hidden.unpublish()

    (breadcrumb,) = seo(page)["json_ld"]

    assert [name for name, address in steps(breadcrumb)] == ["Sterk Techniekonderwijs", "Over ons", "Toegankelijkheid"]


def test_home_page_describes_the_site(of_type, home):
    assert of_type(home, "WebSite")["name"] == "Sterk Techniekonderwijs"
    assert steps(of_type(home, "BreadcrumbList")) == [("Sterk Techniekonderwijs", "http://cms.test/")]


@pytest.mark.parametrize("make", [make_news, make_story])
def test_news_and_stories_are_articles(of_type, noord, make):
    image = make_image("Lokaal", width=1600, height=1000)
    page = make(noord, "Nieuw lokaal", summary="Kort.", image=image)
    page.date, page.last_published_at = datetime.date(2026, 1, 15), datetime.datetime(2026, 7, 1, 8, tzinfo=UTC)
    page.save()
    noord_itself = {"@type": "Organization", "name": "Noord", "url": "http://cms.test/regio/noord/"}

    article = of_type(page, "NewsArticle")

    assert article["headline"] == "Nieuw lokaal"
    assert article["description"] == "Kort."
    assert (article["datePublished"], article["dateModified"]) == ("2026-01-15", "2026-07-01T10:00:00+02:00")
    assert article["author"] == article["publisher"] == noord_itself
    assert article["image"] == [represent_social_image(image)["url"]]
    assert article["inLanguage"] == "nl"


def test_event_in_a_building(of_type, home):
    page = make_event(
        home,
        "Landelijke dag",
        start=datetime.datetime(2026, 3, 28, 12, tzinfo=UTC),
        end=datetime.datetime(2026, 3, 29, 12, tzinfo=UTC),
        venue="De school",
        city="Stad",
    )

    event = of_type(page, "Event")

    assert event["name"] == "Landelijke dag"
    assert (event["startDate"], event["endDate"]) == ("2026-03-28T13:00:00+01:00", "2026-03-29T14:00:00+02:00")
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert event["location"] == [
        {
            "@type": "Place",
            "name": "De school",
            "address": {"@type": "PostalAddress", "addressLocality": "Stad", "addressCountry": "NL"},
        }
    ]
    assert event["organizer"]["name"] == "Sterk Techniekonderwijs"
    assert "description" not in event


def test_event_online_and_event_in_both_ways(of_type, noord):
    online = of_type(make_event(noord, "Webinar", online=True), "Event")
    both = of_type(make_event(noord, online=True, city="Stad", registration_url="https://example.org/"), "Event")

    assert online["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert online["location"] == [
        {"@type": "VirtualLocation", "url": "http://cms.test/regio/noord/agenda/webinar/"},
    ]
    assert "endDate" not in online
    assert both["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in both["location"]] == ["Place", "VirtualLocation"]
    assert both["location"][1]["url"] == "https://example.org/"


def test_event_that_is_cancelled(of_type, noord):
    event = of_type(make_event(noord, cancelled=True), "Event")

    assert event["eventStatus"] == "https://schema.org/EventCancelled"


def test_question_and_answer(of_type, home):
    page = FaqPage(
        title="Wat is techniek?",
        answer="<p>Veel <script>alert()</script></p>",
        date=datetime.date(2026, 1, 1),
        category=FaqCategory.objects.first(),
    )
    add_live(FaqIndexPage.objects.get(), page)

    assert of_type(page, "FAQPage")["mainEntity"] == [
        {
            "@type": "Question",
            "name": "Wat is techniek?",
            "acceptedAnswer": {"@type": "Answer", "text": "<p>Veel </p>"},
        }
    ]


def test_social_image_is_1200_by_630(seo, noord):
    image = seo(make_news(noord, image=make_image("Groot", width=2000, height=1500)))["image"]

    assert (image["width"], image["height"]) == (1200, 630)
    assert image["url"].startswith("http://cms.test/media/")


def test_social_image_is_cut_out_around_the_focal_point(seo, noord):
    image = make_image("Hoog", width=1200, height=3000)
    picture = Picture.new("RGB", (1200, 3000), "teal")
    picture.paste("red", (0, 2400, 1200, 3000))
    picture.save(image.file.path, "JPEG")
    image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = 600, 2700, 200, 200
    image.save()

    seo(make_news(noord, image=image))

    rendition = image.renditions.get(filter_spec="fill-1200x630|format-jpeg")
    with rendition.file.open() as file:
        red, _green, blue = Picture.open(file).convert("RGB").getpixel((600, 400))
    assert red > blue


def test_social_image_is_never_enlarged_and_null_when_it_cannot_be_made(seo, noord):
    small = make_image("Klein", width=400, height=300)
    gone = make_image("Weg")
    gone.file.storage.delete(gone.file.name)

    assert seo(make_news(noord, image=small))["image"]["width"] == 400
    assert seo(make_news(noord, image=gone))["image"] is None
    assert seo(make_news(noord))["image"] is None


def test_change_of_a_region_shows_in_the_breadcrumbs_below_it(of_type):
    region = make_region("Oude naam", slug="oost")
    page = make_news(region)
    assert steps(of_type(page, "BreadcrumbList"))[2][0] == "Oude naam"

    region.title = "Nieuwe naam"
    region.save_revision().publish()

    assert steps(of_type(page, "BreadcrumbList"))[2][0] == "Nieuwe naam"
    assert of_type(page, "NewsArticle")["publisher"]["name"] == "Nieuwe naam"


def test_views_of_wagtail_itself_say_it_too(client, settings, noord):
    settings.ROOT_URLCONF = "benchmarks.urls"  # which has these
    page = make_news(noord, "Nieuws")

    said = client.get(f"/stock/api/v2/pages/{page.pk}/").json()

    above = [name for name, address in steps(said["seo"]["json_ld"][0])]
    assert above[0] == "Sterk Techniekonderwijs"
    assert above[-1] == "Nieuws"
    assert noord.title in above
