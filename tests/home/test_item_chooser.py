"""The dialogue in which editors choose what the homepage and newsletters show."""

import datetime
import re

import pytest
from django.urls import reverse

from home.items import ITEMS
from home.models import HomePage
from home.nomination import accept, nominate
from tests.factories import make_event, make_news, make_region, make_story

CHOOSE, RESULTS = reverse("item_chooser:choose"), reverse("item_chooser:choose_results")


def titles(client, **asked):
    """Those that can be chosen, in their order."""
    answer = client.get(RESULTS, asked)
    assert answer.status_code == 200
    return [page.title for page in answer.context["results"]]


def put_on_shortlist(page, user):
    nomination = nominate(page, user)
    accept(nomination, user)


@pytest.fixture
def national(django_user_model, db):
    return django_user_model.objects.get(email="landelijk@example.org")


def test_shortlist_comes_first_and_then_the_newest(national_client, national, noord, zuid):
    make_news(noord, "Januari", date=datetime.date(2026, 1, 5))
    make_news(zuid, "Maart", date=datetime.date(2026, 3, 5))
    put_on_shortlist(make_news(zuid, "Op de lijst", date=datetime.date(2025, 1, 5)), national)
    nominate(make_news(noord, "Nog niet beslist", date=datetime.date(2024, 1, 5)), national)

    assert titles(national_client) == ["Op de lijst", "Maart", "Januari", "Nog niet beslist"]
    dialogue = national_client.get(CHOOSE).json()["html"]
    assert len(re.findall(r"<td[^>]*>\s*ja\s*</td>", dialogue)) == 1
    assert "5 mrt 2026" in dialogue


def test_only_what_is_public_can_be_chosen(national_client, noord):
    make_news(noord, "Online")
    make_news(noord, "Offline").unpublish()
    assert titles(national_client) == ["Online"]


def test_sections_and_regions_are_not_among_it(national_client, noord):
    assert titles(national_client) == []


def test_list_is_narrowed_by_words_region_and_kind(national_client, noord, zuid):
    make_news(noord, "Lasrobot in de klas")
    make_news(zuid, "Lasrobot op bezoek")
    make_event(noord, "Open dag")
    make_story(zuid, "Meisjes lassen")

    assert set(titles(national_client, q="lasrobot")) == {"Lasrobot in de klas", "Lasrobot op bezoek"}
    assert titles(national_client, q="KLAS robot") == ["Lasrobot in de klas"]
    assert set(titles(national_client, region="noord")) == {"Lasrobot in de klas", "Open dag"}
    assert titles(national_client, kind="agenda.EventPage") == ["Open dag"]
    assert titles(national_client, kind="inspiration.StoryPage", region="noord") == []


@pytest.mark.parametrize(
    "asked", [{"region": "999999"}, {"region": "9" * 30}, {"kind": "wagtailcore.Page"}, {"q": "woord " * 1_100}]
)
def test_filter_that_is_none_narrows_nothing(national_client, noord, asked):
    make_news(noord, "Online")
    assert titles(national_client, **asked) == ["Online"]


def test_page_that_is_not_there_is_not_found(national_client):
    assert national_client.get(RESULTS, {"p": "99"}).status_code == 404


def test_chosen_page_leads_to_its_form(national_client, noord):
    page = make_news(noord, "Lasrobot")
    answer = national_client.get(reverse("item_chooser:chosen", args=[page.pk])).json()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert answer["result"] == {"id": str(page.pk), "title": "Lasrobot", "edit_url": edit}


def test_what_is_not_public_is_not_handed_out(national_client, home, noord):
    draft = make_news(noord, "Geheim")
    draft.unpublish()
    for page in (draft, home):
        assert national_client.get(reverse("item_chooser:chosen", args=[page.pk])).status_code == 404
    assert national_client.get(f"{CHOOSE}chosen/x/").status_code == 404


def test_regional_editor_chooses_from_her_region_and_from_what_is_national(noord_client, home, noord, zuid):
    make_news(noord, "Van ons"), make_news(home, "Landelijk")
    theirs = make_news(zuid, "Van hen")

    assert set(titles(noord_client)) == set(titles(noord_client, region="zuid")) == {"Van ons", "Landelijk"}
    assert noord_client.get(reverse("item_chooser:chosen", args=[theirs.pk])).status_code == 404
    dialogue = noord_client.get(CHOOSE).json()["html"]
    assert "Van hen" not in dialogue
    assert 'value="zuid"' not in dialogue


def test_closed_region_is_not_offered(national_client, zuid):
    assert 'value="zuid"' in national_client.get(CHOOSE).json()["html"]
    zuid.status = zuid.Status.CLOSED
    zuid.save_revision().publish()
    assert 'value="zuid"' not in national_client.get(CHOOSE).json()["html"]


def test_form_of_the_homepage_opens_this_dialogue(national_client):
    form = national_client.get(reverse("wagtailadmin_pages:edit", args=[HomePage.objects.get().pk])).text
    assert CHOOSE in form


def test_every_kind_is_offered(national_client):
    dialogue = national_client.get(CHOOSE).json()["html"]
    assert [kind for kind in ITEMS if f'value="{kind}"' not in dialogue] == []


def test_choosing_takes_the_same_queries_for_many_regions_as_for_few(national_client, national, count_queries):
    def grow(numbers):
        for number in numbers:
            region = make_region(f"Regio {number}", slug=f"regio-{number}")
            put_on_shortlist(make_news(region), national)
            make_event(region)

    grow(range(3))
    few = count_queries(national_client, RESULTS)
    grow(range(3, 6))
    assert count_queries(national_client, RESULTS) == few
