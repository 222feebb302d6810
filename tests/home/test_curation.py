"""From the shortlist to the homepage."""

import pytest
from django.urls import reverse

from home.curation import AlreadyThere, SectionFull, chosen_pages, put_on_homepage
from home.models import HomePage
from home.nomination import accept, nominate
from home.sections import MOST_CHOSEN
from tests.factories import make_news


@pytest.fixture
def national(django_user_model, db):
    return django_user_model.objects.get(email="landelijk@example.org")


@pytest.fixture
def accepted(noord, national):
    nomination = nominate(make_news(noord, "Lasrobot"), national)
    accept(nomination, national)
    return nomination


def draft():
    return HomePage.objects.get().get_latest_revision_as_object()


def test_page_stands_first_in_the_draft_and_not_online(home, noord, national, api):
    first, second = make_news(noord), make_news(noord)
    put_on_homepage(first, national)
    put_on_homepage(second, national)

    [section] = draft().sections
    assert [choice["page"].pk for choice in section.value["pages"]] == [second.pk, first.pk]
    assert not HomePage.objects.get().sections
    draft().save_revision().publish()
    [section] = api(f"pages/{home.pk}/")["sections"]
    assert [card["id"] for card in section["value"]["pages"]] == [second.pk, first.pk]


def test_other_sections_stay_as_they_are(home, noord, national):
    home.sections = [("call_to_action", {"text": "Meer", "url": "https://example.org/", "page": None})]
    home.save_revision()
    put_on_homepage(make_news(noord), national)
    assert [section.block_type for section in draft().sections] == ["chosen", "call_to_action"]


def test_page_is_put_there_once(noord, national):
    page = make_news(noord)
    put_on_homepage(page, national)
    with pytest.raises(AlreadyThere):
        put_on_homepage(page, national)
    assert chosen_pages(draft()) == {page.pk}


def test_full_section_takes_no_more(noord, national):
    for _ in range(MOST_CHOSEN):
        put_on_homepage(make_news(noord), national)
    with pytest.raises(SectionFull):
        put_on_homepage(make_news(noord), national)
    assert len(chosen_pages(draft())) == MOST_CHOSEN


def test_shortlist_leads_to_the_homepage(national_client, accepted, home):
    first_screen = reverse("wagtailadmin_home")
    address = reverse("nominations:put_on_homepage", args=[accepted.pk])
    assert address in national_client.get(first_screen).text

    answer = national_client.post(address, follow=True)

    assert answer.redirect_chain == [(reverse("wagtailadmin_pages:edit", args=[home.pk]), 302)]
    assert "De pagina staat vooraan in het concept." in answer.text
    assert chosen_pages(draft()) == {accepted.page_id}
    assert address not in national_client.get(first_screen).text
    assert "al op de homepage" in national_client.post(address, follow=True).text


def test_what_went_offline_is_not_on_the_shortlist(national_client, accepted):
    accepted.page.specific.unpublish()
    address = reverse("nominations:put_on_homepage", args=[accepted.pk])
    assert address not in national_client.get(reverse("wagtailadmin_home")).text
    assert national_client.post(address).status_code == 404


def test_regional_editor_changes_no_homepage(noord_client, accepted):
    noord_client.post(reverse("nominations:put_on_homepage", args=[accepted.pk]))
    assert not chosen_pages(draft())
