"""What a page of a region refers to is of that region or national, whoever writes it and by whatever way it comes."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, Page
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from regions.models import NewsIndexPage, NewsPage
from regions.rights import national_collection
from tests.factories import make_document, make_draft, make_event, make_image, make_news, make_user, section
from tests.regions.test_editing import add_url, news_form

REFUSAL = "staat iets van een andere regio"
SECRET = "geheim van zuid"


@pytest.fixture
def things(noord, zuid, home):
    """``things(region)`` is a picture, a document, a draft of news and an event of a region or, without, national."""

    def make(region=None):
        collection = region.access.collection if region else national_collection()
        news = make_news(region or home, SECRET)
        news.unpublish()
        return {
            "image": make_image(SECRET, collection=collection),
            "document": make_document(SECRET, collection=collection),
            "page": news,
            "event": make_event(region or home, SECRET),
        }

    return make


def in_image(things):
    return {"image": things["image"].pk}


def in_related_event(things):
    return {"related_event": things["event"].pk}


def in_downloads(things):
    return {"downloads": inline_formset([{"document": things["document"].pk, "title": "Bijlage"}])}


def in_picture_block(things):
    picture = {"image": things["image"].pk, "decorative": "", "alt_text": "Een foto"}
    return {"body": streamfield([("image", {"image": picture, "caption": ""})])}


def in_download_block(things):
    return {"body": streamfield([("download", {"document": things["document"].pk, "title": ""})])}


def in_button(things):
    return {"body": streamfield([("call_to_action", {"text": "Verder", "page": things["page"].pk, "url": ""})])}


def in_link(things):
    link = f'<p><a linktype="page" id="{things["page"].pk}">verder</a></p>'
    return {"body": streamfield([("text", rich_text(link))])}


# Each way to refer to something, and the field that an editor has to look at.
LABELS = {
    in_image: "afbeelding",
    in_related_event: "bijeenkomst",
    in_downloads: "downloads",
    in_picture_block: "tekst",
    in_download_block: "tekst",
    in_button: "tekst",
    in_link: "tekst",
}
WAYS = list(LABELS)


@pytest.mark.parametrize(("way", "label"), list(LABELS.items()))
@pytest.mark.parametrize("button", ["action-publish", "action-save-draft"])
def test_form_refuses_what_is_of_another_region(noord_client, noord, zuid, things, way, label, button):
    response = noord_client.post(add_url(noord), news_form(**way(things(zuid))) | {button: "1"})

    assert f"In ‘{label}’ {REFUSAL}" in str(response.context["form"].errors)
    assert SECRET not in response.text
    assert not NewsPage.objects.child_of(section(noord, NewsIndexPage)).exists()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("is_national", [True, False])
def test_form_takes_what_is_national_or_of_the_region_itself(noord_client, noord, things, way, is_national):
    ours = things(None if is_national else noord)
    response = noord_client.post(add_url(noord), news_form(**way(ours)) | {"action-publish": "1"})

    assert response.status_code == 302, response.context["form"].errors
    assert NewsPage.objects.get(slug="open-dag-in-het-techlab").live


def test_form_with_another_mistake_does_not_tell_what_it_was_given(noord_client, noord, zuid, things):
    theirs = things(zuid)
    for way in WAYS:
        response = noord_client.post(add_url(noord), news_form(title="", **way(theirs)) | {"action-publish": "1"})
        assert response.status_code == 200
        assert SECRET not in response.text


def test_preview_shows_nothing_of_another_region(noord_client, noord, zuid, things):
    page = make_news(noord)
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    for way in WAYS:
        assert not noord_client.post(preview, news_form(**way(things(zuid)))).json()["is_valid"]


def test_what_is_wrong_can_be_taken_away_again(noord_client, noord, zuid):
    """A picture that moved to another collection leaves its page as it is, until that is written again."""
    image = make_image(collection=noord.access.collection)
    page = make_news(noord, image=image)
    image.collection = zuid.access.collection
    image.save()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])

    assert REFUSAL in noord_client.post(edit, news_form(image=image.pk)).text
    assert noord_client.post(edit, news_form() | {"action-publish": "1"}).status_code == 302


def test_collection_within_that_of_a_region_is_hers(noord_client, noord, zuid):
    below = zuid.access.collection.add_child(instance=Collection(name="Mappen"))
    image = make_image(SECRET, collection=below)

    assert REFUSAL in noord_client.post(add_url(noord), news_form(image=image.pk)).text


def test_national_pages_show_what_any_region_made(national_client, home, zuid, things):
    add = reverse("wagtailadmin_pages:add", args=["regions", "newspage", section(home, NewsIndexPage).pk])
    response = national_client.post(add, news_form(**in_image(things(zuid))) | {"action-publish": "1"})

    assert response.status_code == 302, response.context["form"].errors


def test_draft_from_elsewhere_does_not_go_online(noord, zuid, things):
    page = make_news(noord)
    draft = make_draft(page, image=things(zuid)["image"])

    with pytest.raises(ValidationError, match=REFUSAL):
        draft.publish()

    assert NewsPage.objects.get(pk=page.pk).image is None


def test_nor_in_bulk(noord_client, noord, zuid, things):
    page = make_news(noord)
    make_draft(page, image=things(zuid)["image"], title="Met foto")

    noord_client.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}&next=/admin/")

    assert NewsPage.objects.get(pk=page.pk).title != "Met foto"


def test_nor_by_the_clock_which_goes_on_with_the_others(noord, zuid, things, caplog):
    past = timezone.now() - datetime.timedelta(minutes=1)
    wrong, right = (make_news(noord, title) for title in ("Fout", "Goed"))
    for page, image in ((wrong, things(zuid)["image"]), (right, None)):
        page.unpublish()
        page.image, page.go_live_at = image, past
        page.save_revision(approved_go_live_at=past, clean=False)

    call_command("clock", "--once")

    assert not NewsPage.objects.get(pk=wrong.pk).live
    assert NewsPage.objects.get(pk=right.pk).live
    assert REFUSAL in caplog.text
    assert not wrong.revisions.exclude(approved_go_live_at=None).exists()


@pytest.fixture
def editor_of_both(client, noord, zuid):
    client.force_login(make_user("beide@example.org", noord.access.group, zuid.access.group))
    return client


def copy_to(client, page, parent, **fields):
    form = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": parent.pk, **fields}
    return client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)


def test_copy_does_not_take_pictures_along(editor_of_both, noord, zuid):
    with_picture = make_news(noord, image=make_image(collection=noord.access.collection))
    target = section(zuid, NewsIndexPage)

    assert REFUSAL in editor_of_both.get(copy_to(editor_of_both, with_picture, target).url).text
    assert not Page.objects.child_of(target).exists()

    copy_to(editor_of_both, make_news(noord), target)
    assert Page.objects.child_of(target).get().title == "Kopie"


def test_alias_stays_within_its_region(editor_of_both, noord, zuid):
    target = section(zuid, NewsIndexPage)

    response = copy_to(editor_of_both, make_news(noord), target, alias="on")

    assert "maak een kopie" in editor_of_both.get(response.url).text
    assert not Page.objects.child_of(target).exists()


@pytest.mark.parametrize("in_bulk", [True, False])
def test_moved_page_refers_to_nothing_that_stays_behind(editor_of_both, noord, zuid, in_bulk):
    page = make_news(noord, image=make_image(collection=noord.access.collection))
    target = section(zuid, NewsIndexPage)
    if in_bulk:
        editor_of_both.post(f"/admin/bulk/wagtailcore/page/move/?id={page.pk}&next=/admin/", {"chooser": target.pk})
    else:
        editor_of_both.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk]))
    assert not Page.objects.child_of(target).exists()


def test_checking_takes_as_many_queries_for_many_references(noord, things, django_assert_num_queries):
    from cms.isolation.boundary import check_references

    def page(total):
        buttons = [("call_to_action", {"text": "Verder", "page": make_news(noord), "url": ""}) for _ in range(total)]
        pictures = [("gallery", {"images": []})]
        return make_news(noord, image=make_image(collection=noord.access.collection), body=[*buttons, *pictures])

    few, many = page(2), page(4)
    check_references(few)
    with django_assert_num_queries(7):
        check_references(few)
    with django_assert_num_queries(7):
        check_references(many)


def test_closed_door_leads_back_to_the_first_screen(noord_client):
    response = noord_client.get(reverse("wagtailadmin_reports:site_history"), follow=True)

    assert response.redirect_chain == [(reverse("wagtailadmin_home"), 302)]
    assert "geen toegang" in response.text
