"""What is found of a page is what readers see of it: each text that the API shows, and nothing else."""

import datetime
from fnmatch import fnmatchcase

import pytest
from django.apps import apps

from agenda.models import AgendaIndexPage
from cms.tree import add_live
from home.models import FaqIndexPage
from inspiration.models import InspirationIndexPage, TechlabPage
from regions.models import NewsIndexPage, RegionIndexPage
from search import shown
from search.scope import searched_types
from tests.factories import make_document, make_issue, make_news, make_newsletter, make_region, section
from tests.newsletter.blocks import text
from tests.search.marked import Marker

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 1, 1)

NOT_FOUND_BY = {
    "title": "apart in the index",
    "*url": "an address",
    "external_site": "an address",
    "*_email": "an address",
    "contact_phone": "a number to call",
    "*.alt_text": "for who can't see the picture",
    "*.description": "the same",
    "*image": "who made it",
    "*images": "the same",
    "*thumbnail": "the same",
    "body.page_cards.title": "stands above other pages, when they are public",
    "body.automatic.*": "the same",
    "body.download.document": "the address of a file, which has a title of its own here",
    "subject": "in the mail only",
    "preheader": "in the mail only",
    "salutation": "the same for all",
}
"""What the API shows and nobody looks for, with the reason."""


def parent_of(model, region):
    """Where a page of ``model`` can stand."""
    if model._meta.label == "newsletter.NewsletterPage":
        return make_newsletter(region)
    for index in (RegionIndexPage, FaqIndexPage):
        if model._meta.label in index.subpage_types:
            return index.objects.get()
    for index in (NewsIndexPage, AgendaIndexPage, InspirationIndexPage):
        if model._meta.label in index.subpage_types:
            return index.objects.child_of(region).get()
    return region


def marked(label, home, region):
    """A published page, and the words in it by what says them."""
    model = apps.get_model(label)
    marker = Marker(home)
    page = marker.mark(model(live=False))
    parent_of(model, region).add_child(instance=page)
    page.save_revision().publish()
    return page, marker.words


@pytest.mark.parametrize("label", searched_types())
def test_page_is_found_by_what_readers_see_of_it(client, home, noord, label):
    page, words = marked(label, home, noord)
    detail = client.get(f"/api/v2/pages/{page.pk}/").content.decode()
    indexed = shown.read([page.pk])[page.pk].text

    seen = {path for path, word in words.items() if word in detail}
    left_out = {path for path in seen if any(fnmatchcase(path, pattern) for pattern in NOT_FOUND_BY)}
    assert {path for path, word in words.items() if word in indexed} == seen - left_out
    assert not {"None", "<", "http"} & set(indexed.replace("<", " < ").replace(":", " ").split())


def texts_of(page):
    return shown.read([page.pk])[page.pk].text


def test_what_a_program_left_empty_says_nothing(noord):
    """Wagtail takes what is ``None`` for a word; so are the blocks of an issue that was proposed."""
    news = make_news(noord)
    page = make_issue(make_newsletter(noord), [("item", {"page": news}), ("text", {"text": "<p>Lasrobot</p>"})])
    assert texts_of(page).replace(",", "").split() == ["Lasrobot"]


def test_block_for_the_mail_alone_is_not_found(noord):
    words = [text("Overal", visibility="both"), text("Site", visibility="web"), text("Mail", visibility="mail")]
    found = texts_of(make_issue(make_newsletter(noord), words))
    assert ("Overal" in found, "Site" in found, "Mail" in found) == (True, True, False)


def test_button_is_found_unless_it_leads_to_a_page(noord):
    elsewhere = {"text": "Bekijk het lesmateriaal", "page": None, "url": "https://example.org/"}
    here = {"text": "Lees het verhaal", "page": make_news(noord), "url": ""}
    page = make_news(noord, body=[("call_to_action", elsewhere), ("call_to_action", here)])
    assert "Bekijk het lesmateriaal" in texts_of(page)
    assert "Lees het verhaal" not in texts_of(page)


def test_file_without_a_title_of_its_own_is_found_by_that_of_the_file(noord):
    file = make_document("Lesbrief")
    page = make_news(noord, body=[("download", {"document": file, "title": ""})])
    assert "Lesbrief" in texts_of(page)


def test_choices_are_found_by_what_they_are_called(noord):
    lab = add_live(section(noord, InspirationIndexPage), TechlabPage(title="Lab", date=DAY, kind="xperience-lab"))
    assert "Xperience lab" in texts_of(lab)
    assert "actief" not in texts_of(make_region("Oost", province="Noord-Brabant"))
    assert "Noord-Brabant" in texts_of(make_region("West", province="Noord-Brabant"))
