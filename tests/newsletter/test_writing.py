"""Beginning an issue, and seeing it as it will be."""

import datetime

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.nomination import accept, nominate
from newsletter.models import NewsletterPage
from newsletter.previews import PREVIEW_MODES, WEB
from newsletter.proposals import propose_blocks
from tests.factories import make_event, make_image, make_issue, make_news, make_newsletter, make_question, make_story

from .blocks import item, question

TODAY = datetime.date(2026, 3, 1)
SOON = datetime.datetime(2026, 4, 9, 12, tzinfo=datetime.UTC)


def put_on_shortlist(page, user):
    nomination = nominate(page, user)
    accept(nomination, user)
    return page


def proposed(newsletter):
    """The kinds of block, each with the titles of its pages."""
    found = {}
    for kind, value in propose_blocks(newsletter, TODAY):
        pages = [choice["page"] for choice in value["items"]] if "items" in value else [value["page"]]
        found.setdefault(kind, []).extend(page.title for page in pages)
    return found


def test_new_issue_is_proposed_from_what_is_there(newsletter, home, noord, national):
    make_issue(newsletter, date=datetime.date(2026, 2, 1))
    make_news(home, "Oud nieuws", datetime.date(2026, 1, 20))
    make_news(home, "Nieuws", datetime.date(2026, 2, 20))
    make_news(noord, "Van een regio", datetime.date(2026, 2, 21))
    put_on_shortlist(make_news(noord, "Voorgedragen nieuws", datetime.date(2026, 2, 22)), national)
    make_event(home, "Webinar", SOON)
    make_event(home, "Voorbij", SOON - datetime.timedelta(days=60))
    make_question("Mag het?")
    for title in ("Een", "Twee"):
        put_on_shortlist(make_story(noord, title), national)
    make_story(noord, "Niet voorgedragen")

    assert proposed(newsletter) == {
        "item": ["Voorgedragen nieuws", "Nieuws"],
        "events": ["Webinar"],
        "question": ["Mag het?"],
        "stories": ["Twee", "Een"],
    }


def test_question_and_stories_are_proposed_once(newsletter, noord, national):
    first, second = make_question("Eerste?"), make_question("Tweede?", date=datetime.date(2025, 1, 1))
    stories = [put_on_shortlist(make_story(noord), national) for _ in range(2)]
    assert proposed(newsletter)["question"] == ["Eerste?"]
    make_issue(newsletter, [question(first), *map(item, stories)])
    assert proposed(newsletter) == {"question": [second.title]}


def test_answer_that_no_longer_holds_is_not_proposed(newsletter):
    make_question("Toen?", valid_until=datetime.date(2026, 2, 28))
    make_question("Straks?", valid_from=datetime.date(2026, 3, 2))
    assert proposed(newsletter) == {}


def test_newsletter_of_a_region_is_proposed_what_is_its_own(noord, zuid, home):
    for place in (noord, zuid, home):
        make_news(place, f"Nieuws van {place.title}", datetime.date(2026, 2, 20))
        make_event(place, f"Bijeenkomst van {place.title}", SOON)
    found = proposed(make_newsletter(noord))
    assert found["item"] == ["Nieuws van Noord"]
    assert set(found["events"]) == {"Bijeenkomst van Noord", f"Bijeenkomst van {home.title}"}


def test_form_of_a_new_issue_begins_with_the_proposals(national_client, newsletter, home):
    make_issue(newsletter, number=7)
    make_issue(newsletter, number=9).unpublish()  # a form that was left
    make_news(home, "Nieuws van vandaag", datetime.date.today())
    url = reverse("wagtailadmin_pages:add", args=["newsletter", "newsletterpage", newsletter.pk])
    form = national_client.get(url)
    assert form.context["form"].initial["number"] == 8
    assert "Nieuws van vandaag" in form.text
    assert not NewsletterPage.objects.filter(number=8).exists()
    # What was begun with is no more than a beginning: an editor may leave all of it out.
    data = {"title": "Leeg", "slug": "leeg", "number": 8, "date": "01-12-2026", "subject": "", "preheader": ""}
    data |= {"salutation": "", "summary": "", "image": "", "seo_title": "", "search_description": ""}
    data |= {"body": streamfield([]), "comments": inline_formset([])}
    answer = national_client.post(url, nested_form_data(data))
    assert answer.status_code == 302
    assert len(NewsletterPage.objects.get(number=8).body) == 0


@pytest.fixture
def issue(newsletter, noord):
    news = make_news(noord, "Lasrobot", summary="Leerlingen lassen.", image=make_image("lasrobot"))
    return make_issue(newsletter, [item(news, topic="Robots")], "Een & twee", subject="o" * 61)


def preview(client, issue, mode):
    answer = client.get(reverse("wagtailadmin_pages:view_draft", args=[issue.pk]), {"mode": mode})
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("mode", [name for name, _label in PREVIEW_MODES if name != WEB])
def test_preview_shows_envelope_and_findings(national_client, issue, mode):
    shown = preview(national_client, issue, mode)
    assert f'<dd class="subject">{"o" * 61}</dd>' in shown
    assert "<dd>Nieuwsbrief STO &lt;info@localhost&gt;</dd>" in shown
    assert "<dd>Robots</dd>" in shown
    assert "Het onderwerp is 61 tekens lang" in shown
    assert "Leerlingen lassen." in shown


def test_each_preview_shows_what_it_is_for(national_client, issue):
    shown = {mode: preview(national_client, issue, mode) for mode, _label in PREVIEW_MODES}
    assert "@media not all" in shown[""]
    assert "@media all" in shown["donker"]
    assert "min(100%, 375px)" in shown["telefoon"]
    assert "lasrobot" in shown[""]
    assert "/media/images/lasrobot" not in shown["zonder-beeld"]
    assert "Beschrijving van lasrobot" in shown["zonder-beeld"]
    assert "EEN &amp; TWEE" in shown["tekst"]
    assert "srcdoc" not in shown["tekst"]
    assert "Leerlingen lassen." in shown["site"]
    assert 'class="subject"' not in shown["site"]


def test_first_screen_leads_to_a_new_issue(client, national_client, noord_client, newsletter, noord, django_user_model):
    def first_screen(email):
        client.force_login(django_user_model.objects.get(email=email))
        return client.get(reverse("wagtailadmin_home")).text

    own = make_newsletter(noord, "Nieuwsbrief Noord")
    add = {
        page: reverse("wagtailadmin_pages:add", args=["newsletter", "newsletterpage", page.pk])
        for page in (own, newsletter)
    }
    national, regional = first_screen("landelijk@example.org"), first_screen("noord@example.org")
    assert (add[newsletter] in national, add[own] in national) == (True, False)
    assert (add[newsletter] in regional, add[own] in regional) == (False, True)
    assert add[own] not in first_screen("zuid@example.org")
