"""One region goes into another: pages, addresses, drafts, schedules, files and rights."""

import datetime
import random

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page

from agenda.models import AgendaIndexPage
from cms.api.paths import destination, pages_at
from cms.models import PageDocument
from cms.tree import add_live
from home.models import ContentPage
from regions import lifecycle
from regions.models import NewsIndexPage, NewsPage, RegionPage
from tests.factories import (
    make_document,
    make_draft,
    make_event,
    make_image,
    make_news,
    make_region,
    make_story,
    make_user,
    section,
)


@pytest.fixture
def oost(db):
    """A region that has nothing to do with it."""
    region = make_region("Oost", slug="oost")
    make_user("oost@example.org", region.access.group)
    return region


@pytest.fixture
def full(noord, zuid):
    """Noord with a bit of everything; one of its pages has a namesake in Zuid."""
    make_news(zuid, "Open dag", slug="open-dag")
    make_news(noord, "Open dag", slug="open-dag")
    make_news(noord, "Uitgelicht")
    make_news(noord, "Klad", slug="klad").unpublish()
    make_event(noord)
    make_story(noord)
    about = add_live(noord, ContentPage(title="Over ons", slug="over-ons"))
    make_image("Lokaal", collection=noord.access.collection)
    inside = noord.access.collection.add_child(instance=Collection(name="Mappen"))
    make_document("Brief", collection=inside)
    return RegionPage.objects.get(pk=noord.pk), about


def public_paths(region):
    return dict(PageDocument.objects.filter(path__startswith=region.path).values_list("html_path", "page_id"))


def page_at(api, path):
    """The id of the page that readers get for ``path``, by redirects if need be."""
    answer = api(f"resolve/?path={path}")
    while "redirect" in answer:
        answer = api(f"resolve/?path={answer['redirect']}")
    return answer["id"]


def may_edit(client, page):
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def fresh(region):
    return RegionPage.objects.get(pk=region.pk)


def test_every_old_address_leads_to_where_its_page_is_now(api, full, zuid):
    noord, _about = full
    before = public_paths(noord)
    heirs = {noord.pk: zuid.pk} | {
        child.pk: zuid.get_children().get(slug=child.slug).pk
        for child in noord.get_children()
        if child.slug != "over-ons"
    }

    lifecycle.merge(noord, fresh(zuid), with_content=True)

    assert len(before) == 9
    assert public_paths(noord) == {}
    for path, page in before.items():
        assert page_at(api, path) == heirs.get(page, page), path


def test_merge_does_what_the_plan_said(full, zuid, django_user_model):
    noord, about = full
    both = make_user("beide@example.org", noord.access.group, zuid.access.group)
    plan = lifecycle.plan_merge(noord, zuid, with_content=True)
    zuid_before = set(zuid.get_descendants().values_list("pk", flat=True))
    pages, redirects = Page.objects.count(), Redirect.objects.count()

    done = lifecycle.merge(noord, zuid, with_content=True)

    assert done == plan
    assert (Page.objects.count(), Redirect.objects.count()) == (pages, redirects + len(plan.redirects))
    assert set(Redirect.objects.values_list("old_path", flat=True)) == set(plan.redirects)
    came = Page.objects.filter(pk__in=set(zuid.get_descendants().values_list("pk", flat=True)) - zuid_before)
    assert came.count() == sum(number for _kind, number in plan.kinds) == 6
    assert dict(plan.kinds)["nieuwsberichten"] == came.type(NewsPage).count() == 3
    assert came.filter(live=False).count() == plan.drafts == 1
    assert {(move.page, move.url_path) for move in plan.moves} == set(came.values_list("pk", "url_path"))
    assert [move.slug for move in plan.renamed] == ["open-dag-noord"]
    assert about.pk in came.values_list("pk", flat=True)
    assert plan.editors == 1  # the other one was in both groups
    assert set(zuid.access.group.user_set.values_list("email", flat=True)) == {
        "noord@example.org",
        "zuid@example.org",
        both.email,
    }
    assert not noord.access.group.user_set.exists()
    files = Collection.objects.descendant_of(Collection.objects.get(pk=zuid.access.collection_id), inclusive=True)
    for model, number in ((get_image_model(), plan.images), (get_document_model(), plan.documents)):
        assert model.objects.filter(collection__in=files).count() == number == 1
    noord = fresh(noord)
    assert (noord.status, noord.merged_into, noord.live) == ("samengevoegd", zuid, False)


def test_plan_changes_nothing(full, zuid):
    before = list(Page.objects.order_by("pk").values()), list(Redirect.objects.values())

    lifecycle.plan_merge(full[0], zuid, with_content=True)

    assert (list(Page.objects.order_by("pk").values()), list(Redirect.objects.values())) == before


def test_editors_of_both_may_edit_what_came_and_a_third_may_not(client, django_user_model, full, zuid, oost):
    noord, _about = full
    lifecycle.merge(noord, zuid, with_content=True)

    for page in section(zuid, NewsIndexPage).get_children():
        for email, may in (("noord@example.org", True), ("zuid@example.org", True), ("oost@example.org", False)):
            client.force_login(django_user_model.objects.get(email=email))
            assert may_edit(client, page) is may, (email, page)
    image = get_image_model().objects.get(title="Lokaal")
    for email, status in (("noord@example.org", 200), ("zuid@example.org", 200), ("oost@example.org", 302)):
        client.force_login(django_user_model.objects.get(email=email))
        assert client.get(reverse("wagtailimages:edit", args=[image.pk])).status_code == status, email


def test_drafts_move_along_and_stay_drafts(api, full, zuid):
    noord, _about = full
    page = NewsPage.objects.get(title="Uitgelicht")
    make_draft(page, title="Nog geheim")

    lifecycle.merge(noord, zuid, with_content=True)

    page = NewsPage.objects.get(pk=page.pk)
    assert page.get_latest_revision_as_object().title == "Nog geheim"
    assert not NewsPage.objects.get(title="Klad").live
    shown = str(api("pages/?region=zuid&limit=50"))
    assert "Uitgelicht" in shown
    assert "Nog geheim" not in shown
    assert "Klad" not in shown
    api("resolve/?path=/regio/noord/nieuws/klad/", status=404)
    api("resolve/?path=/regio/zuid/nieuws/klad/", status=404)


def test_schedule_survives_under_the_new_address(api, full, zuid):
    noord, _about = full
    page = NewsPage.objects.child_of(section(noord, NewsIndexPage)).get(slug="open-dag")
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    draft = page.get_latest_revision_as_object()
    draft.title, draft.go_live_at = "Open dag, nu met programma", tomorrow
    draft.save_revision().publish()
    # A draft of which the new address is taken in Zuid.
    make_news(zuid, "Studiedag", slug="studiedag")
    waiting = make_news(noord, "Wacht", slug="wacht")
    make_draft(waiting, slug="studiedag")

    lifecycle.merge(noord, zuid, with_content=True)
    with time_machine.travel(tomorrow + datetime.timedelta(minutes=1)):
        call_command("publish_scheduled")

    page = NewsPage.objects.get(pk=page.pk)
    assert (page.title, page.slug, page.has_unpublished_changes) == (
        "Open dag, nu met programma",
        "open-dag-noord",
        False,
    )
    assert api("resolve/?path=/regio/zuid/nieuws/open-dag-noord/")["title"] == page.title
    NewsPage.objects.get(pk=waiting.pk).get_latest_revision().publish()
    assert NewsPage.objects.get(pk=waiting.pk).slug == "wacht"


def test_renamed_page_can_be_published_again(full, zuid):
    noord, _about = full
    page = NewsPage.objects.child_of(section(noord, NewsIndexPage)).get(slug="open-dag")
    page.save_revision().publish()

    lifecycle.merge(noord, zuid, with_content=True)
    NewsPage.objects.get(pk=page.pk).get_latest_revision().publish()

    assert NewsPage.objects.get(pk=page.pk).slug == "open-dag-noord"


def test_address_that_a_page_of_the_other_region_had_is_not_taken(api, noord, zuid):
    theirs = make_news(zuid, "Jaarverslag", slug="jaarverslag")
    theirs.slug = "jaarverslag-2025"
    theirs.save()
    ours = make_news(noord, "Jaarverslag", slug="jaarverslag")

    lifecycle.merge(noord, zuid, with_content=True)

    assert page_at(api, "/regio/zuid/nieuws/jaarverslag/") == theirs.pk
    assert page_at(api, "/regio/noord/nieuws/jaarverslag/") == ours.pk


def test_section_that_the_other_region_lacks_moves_as_a_whole(api, noord, zuid):
    section(zuid, AgendaIndexPage).delete()
    event = make_event(noord, "Bijeenkomst")
    agenda = section(noord, AgendaIndexPage)

    plan = lifecycle.merge(fresh(noord), fresh(zuid), with_content=True)

    assert [move.page for move in plan.moves] == [agenda.pk]
    assert page_at(api, "/regio/noord/agenda/") == agenda.pk
    assert page_at(api, f"/regio/noord/agenda/{event.slug}/") == event.pk
    assert api(f"pages/{event.pk}/")["region"]["slug"] == "zuid"


def test_content_that_stays_is_where_it_was(api, full, zuid):
    noord, _about = full
    before = public_paths(noord)
    plan = lifecycle.plan_merge(noord, zuid, with_content=False)

    assert lifecycle.merge(noord, zuid, with_content=False) == plan

    assert public_paths(noord) == before
    assert not Redirect.objects.exists()
    shown = api("resolve/?path=/regio/noord/")
    assert (shown["status"], shown["merged_into"]["title"]) == ("samengevoegd", "Zuid")
    groups = noord.access.group.user_set.get().groups.order_by("name").values_list("name", flat=True)
    assert list(groups) == ["Redactie Noord", "Redactie Zuid"]


def test_draft_of_the_region_itself_is_kept(noord, zuid):
    make_draft(noord, summary="Nog niet klaar")

    lifecycle.merge(fresh(noord), zuid, with_content=True)

    noord = fresh(noord)
    assert noord.summary == ""
    draft = noord.get_latest_revision_as_object()
    assert (draft.summary, draft.status, draft.merged_into) == ("Nog niet klaar", "samengevoegd", zuid)


@pytest.mark.parametrize(
    ("source", "target", "code"),
    [
        ("open", "same", "self"),
        ("open", "closed", "closed"),
        ("open", "merged", "merged"),
        ("open", "offline", "offline"),
        ("merged", "open", "merged"),
        ("closed", "open", "closed"),
        ("offline", "open", "offline"),
    ],
)
@pytest.mark.parametrize("with_content", [True, False])
def test_refused(noord, zuid, oost, source, target, code, with_content):
    pages = {"open": noord, "same": noord, "closed": zuid, "merged": zuid, "offline": zuid}
    state = {source, target} & {"closed", "merged", "offline"}
    if "closed" in state:
        lifecycle.close(zuid)
    elif "merged" in state:
        lifecycle.merge(zuid, oost, with_content=False)
    elif "offline" in state:
        zuid.unpublish()
    news = make_news(noord)

    with pytest.raises(lifecycle.Refused) as refusal:
        lifecycle.merge(fresh(pages[source]), fresh(pages[target]), with_content)

    assert refusal.value.code == code
    assert fresh(noord).status == "actief"
    assert NewsPage.objects.get(pk=news.pk).url_path == news.url_path


def test_what_fails_half_way_leaves_everything(full, zuid):
    noord, _about = full
    last = section(noord, NewsIndexPage).get_children().last()
    Page.objects.filter(pk=last.pk).update(title="")  # Wagtail refuses to save a page without a title
    before = list(Page.objects.order_by("pk").values_list("pk", "path", "url_path", "slug"))

    with pytest.raises(ValidationError):
        lifecycle.merge(noord, zuid, with_content=True)

    assert list(Page.objects.order_by("pk").values_list("pk", "path", "url_path", "slug")) == before
    assert not Redirect.objects.exists()
    assert noord.access.group.user_set.exists()


@pytest.mark.parametrize("number", [3, 6])
def test_plan_takes_as_many_queries_however_many_pages(noord, zuid, django_assert_num_queries, number):
    for index in range(number):
        make_news(noord, f"Bericht {index}", slug=f"bericht-{index}")
        make_news(zuid, f"Bericht {index}", slug=f"bericht-{index}")
        make_event(noord)
    noord, zuid = fresh(noord), fresh(zuid)

    with django_assert_num_queries(PLAN_QUERIES):
        assert len(lifecycle.plan_merge(noord, zuid, with_content=True).renamed) == number


PLAN_QUERIES = 22


@pytest.mark.parametrize("seed", range(4))
def test_whatever_regions_went_through_every_address_ever_public_leads_to_its_page(db, seed):
    """A random walk of renaming and merging; ``seen`` holds every address there has been, and whose it was."""
    dice = random.Random(seed)
    regions = [make_region(f"Regio {letter}", slug=letter) for letter in "abcd"]
    for region in regions:
        for slug in dice.sample(["lab", "robot", "lab-a", "lab-b"], 2):
            make_news(region, slug.capitalize(), slug=slug)
    heirs, seen, names = {}, {}, iter(range(100))

    while len(regions) > 1:
        for region in regions:
            seen |= public_paths(fresh(region))
        if dice.random() < 0.5:
            source, target = map(fresh, dice.sample(regions, 2))
            theirs = {child.slug: child.pk for child in target.get_children()}
            heirs |= {source.pk: target.pk} | {child.pk: theirs[child.slug] for child in source.get_children()}
            lifecycle.merge(source, target, with_content=True)
            regions = [region for region in regions if region.pk != source.pk]
        else:
            lifecycle.rename(fresh(dice.choice(regions)), slug=f"naam-{next(names)}")
        for path, page in seen.items():
            while page in heirs:
                page = heirs[page]
            target = path if pages_at(path).exists() else destination(path).path
            assert pages_at(target).get().pk == page, path
