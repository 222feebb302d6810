"""Documents: whatever happens to the pages, the API says what a fresh rendering would say."""

import datetime
import json
import random

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models.signals import post_init
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, PageViewRestriction, Revision, Site

from agenda.models import AgendaIndexPage, EventPage
from cms import document_texts
from cms.document_texts import COLUMNS as TEXT_COLUMNS
from cms.models import BasePage, DocumentState, PageDocument, Theme
from cms.models.documents import NO_DATE, NO_MOMENT
from cms.tasks import render_documents, render_what_is_stale
from inspiration.models import InspirationIndexPage, StoryPage
from regions.models import NewsIndexPage, NewsPage
from tests.factories import make_draft, make_event, make_image, make_news, make_region, make_story, section

STEPS = 260
SECRET = "geheim"
DOORS = ["regions/", "events/?period=all", "themes/", "site/", "redirects/", "feeds/atom/", "sitemap.xml", "events.ics"]
SECTIONS = {NewsPage: NewsIndexPage, EventPage: AgendaIndexPage, StoryPage: InspirationIndexPage}


def say(client, path):
    return ask(client, f"pages/{path}")


def ask(client, path):
    response = client.get(f"/api/v2/{path}")
    assert response.status_code == 200, response.content
    return response.content.decode()


def everything_said(client):
    """All that the API says, from the documents: the mixed list, and each page in it by its id and by its path."""
    total = json.loads(say(client, "?limit=1"))["meta"]["total_count"]
    cards = [
        card
        for offset in range(0, total, 50)
        for card in json.loads(say(client, f"?limit=50&offset={offset}"))["items"]
    ]
    details = {}
    for card in cards:
        text = say(client, f"{card['id']}/")
        assert ask(client, f"resolve/?path={card['meta']['html_path']}") == text
        details[card["id"]] = json.loads(text)
    return cards, details


def rendered_afresh():
    """The same, straight from the pages: nothing that was kept is used."""
    live = BasePage.objects.live().public().order_by("path")
    texts = {page.pk: text for page, text in document_texts._render(live.specific())}
    cards = [json.loads(texts[page.pk]["card"]) for page in live]
    return cards, {pk: json.loads(text["detail"]) for pk, text in texts.items()}


def differences(said, fresh):
    """What is not the same, field by field, so that a failure can be read."""
    (said_cards, said_details), (fresh_cards, fresh_details) = said, fresh
    found = []
    if [card["id"] for card in said_cards] != [card["id"] for card in fresh_cards]:
        found.append(("list", {card["id"] for card in said_cards} ^ {card["id"] for card in fresh_cards}))
    for said_page, fresh_page in [*zip(said_cards, fresh_cards, strict=False)] + [
        (said_details[pk], fresh_details[pk]) for pk in said_details.keys() & fresh_details.keys()
    ]:
        for name in said_page.keys() | fresh_page.keys():
            if said_page.get(name) != fresh_page.get(name):
                found.append((said_page["title"], name, said_page.get(name), fresh_page.get(name)))
    return found


def assert_columns_are_those_of_the_pages(fresh):
    """What listings select and order by, and where front ends look pages up."""
    _, details = fresh
    rows = PageDocument.objects.in_bulk()
    assert rows.keys() == details.keys()
    for page in BasePage.objects.filter(pk__in=rows).specific():
        row, shown = rows[page.pk], details[page.pk]
        assert (row.path, row.depth, row.title, row.slug) == (page.path, page.depth, page.title, page.slug)
        assert row.html_path == shown["meta"]["html_path"]
        assert row.region == (shown["region"] and shown["region"]["id"])
        assert (row.date, row.start, row.end) == (page.date or NO_DATE, page.starts_at or NO_MOMENT, page.ends_at)
        assert row.first_published_at == (page.first_published_at or NO_MOMENT)
        assert row.last_published_at == (page.last_published_at or NO_MOMENT)


class Editors:
    """Does to the site, at random, what editors and the clock do to it."""

    def __init__(self, seed, home, regions):
        self.random = random.Random(seed)
        self.home, self.regions = home, regions
        self.images = [make_image(f"Foto {number}", width=20, height=10) for number in range(3)]
        self.number = 0

    def pages(self, **filters):
        return list(BasePage.objects.type(*SECTIONS).filter(**filters).specific())

    def step(self):
        name = self.random.choice(
            [*["create"] * 4, *["publish"] * 3, *["refer"] * 3, "draft", "unpublish", "move", "rename", "delete"]
            + ["image", "region", "theme", "alias", "reorder", "copy", "expire", "restrict", "swap_image", "schedule"]
            + ["compose"]
        )
        try:
            with transaction.atomic():
                getattr(self, name)()
        except ValidationError as refusal:
            if "andere regio" not in str(refusal):  # pages move here without being asked what they refer to
                raise
        return name

    def any(self, **filters):
        pages = self.pages(**filters)
        return self.random.choice(pages) if pages else None

    def create(self):
        self.number += 1
        make = self.random.choice([make_news, make_event, make_story])
        image = self.random.choice([None, *self.images])
        make(self.random.choice([self.home, *self.regions]), f"Item {self.number}", image=image)

    def publish(self):
        if page := self.any(alias_of=None):
            page.title = f"Item {page.pk}"
            page.summary = f"Samenvatting {self.random.random()}"
            page.themes = self.random.sample(list(Theme.objects.all()), 2)
            page.save_revision().publish()

    def draft(self):
        if page := self.any(alias_of=None):
            make_draft(page, title=f"{SECRET} {page.pk}", summary=SECRET)

    def refer(self):
        page, target = self.any(live=True, alias_of=None), self.any()
        if isinstance(page, NewsPage) and target:
            page.related_event_id = self.random.choice([None, target.pk])
            page.body = [
                ("text", f'<p><a linktype="page" id="{target.pk}">link</a></p>'),
                ("page_cards", {"title": "", "pages": [target]}),
            ]
            page.save()

    def unpublish(self):
        if page := self.any(live=True):
            page.title = f"{SECRET} {page.pk}"
            page.save()
            Page.objects.get(pk=page.pk).unpublish()

    def move(self):
        if page := self.any():
            model = {"NewsPage": NewsIndexPage, "EventPage": AgendaIndexPage}.get(
                type(page).__name__, InspirationIndexPage
            )
            page.move(section(self.random.choice([self.home, *self.regions]), model), pos="last-child")

    def reorder(self):
        if (page := self.any()) and (sister := page.get_siblings(inclusive=False).first()):
            page.move(sister, pos="left")

    def rename(self):
        self.number += 1
        if page := self.any(alias_of=None):
            page.slug = f"adres-{self.number}"
            page.save()

    def delete(self):
        if page := self.any():
            page.delete()

    def image(self):
        image = self.random.choice(self.images)
        image.description = f"Beschrijving {self.random.random()}"
        image.save()

    def swap_image(self):
        place = self.random.randrange(len(self.images))
        self.images[place].delete()
        self.images[place] = make_image(f"Foto {self.random.random()}", width=20, height=10)

    def region(self):
        self.number += 1
        region = self.random.choice(self.regions)
        region.refresh_from_db()
        region.title = f"Regio {self.number}"
        region.slug = self.random.choice([region.slug, f"regio-{self.number}"])
        region.save_revision().publish()

    def theme(self):
        theme = self.random.choice(list(Theme.objects.all()))
        theme.title = f"Thema {self.random.random()}"
        theme.save()

    def alias(self):
        self.number += 1
        if page := self.any(alias_of=None):
            page.create_alias(parent=page.get_parent(), update_slug=f"alias-{self.number}")

    def copy(self):
        self.number += 1
        if page := self.any(alias_of=None):
            page.copy(update_attrs={"slug": f"kopie-{self.number}"}, keep_live=self.random.choice([True, False]))

    def expire(self):
        """What the worker does every few minutes to pages whose time is up."""
        if page := self.any(live=True):
            page.unpublish(set_expired=True)

    def schedule(self):
        """Publication and expiry that were planned, when their time has come."""
        if page := self.any(alias_of=None):
            draft = page.get_latest_revision_as_object()
            draft.title, draft.summary = f"Item {page.pk} gepland", "Gepland"
            draft.go_live_at = self.random.choice([None, timezone.now() + datetime.timedelta(hours=1)])
            draft.expire_at = self.random.choice([None, timezone.now() + datetime.timedelta(hours=2)])
            draft.save_revision().publish()
        past = timezone.now() - datetime.timedelta(minutes=1)
        Revision.objects.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=past)
        Page.objects.filter(expire_at__isnull=False).update(expire_at=past)
        call_command("publish_scheduled")

    def restrict(self):
        if restriction := PageViewRestriction.objects.first():
            restriction.delete()
        elif page := self.any(live=True):
            PageViewRestriction.objects.create(page=page, restriction_type="login")

    def compose(self):
        """The homepage shows some pages that are chosen, and the newest of all."""
        nothing = {"title": "", "summary": "", "image": None, "show_from": None, "show_until": None}
        chosen = [{**nothing, "page": page} for page in (self.any(), self.any()) if page]
        kinds = ["nieuws", "agenda", "inspiratie"]
        self.home.refresh_from_db()
        self.home.sections = [
            ("chosen", {"title": "Uitgelicht", "pages": chosen}),
            ("newest", {"title": "Nieuwste", "kinds": kinds, "per_region": 2, "total": 4}),
            ("agenda", {"title": "Agenda", "total": 4}),
        ]
        self.home.save_revision().publish()


@pytest.mark.parametrize("seed", [1, 2])
def test_api_says_what_a_fresh_rendering_says(client, home, noord, zuid, seed):
    editors = Editors(seed, home, [noord, zuid])
    editors.compose()
    history = []
    for number in range(STEPS):
        history.append(editors.step())
        if number % 10 == 9:
            said, fresh = everything_said(client), rendered_afresh()
            assert differences(said, fresh) == [], history[-10:]
            assert SECRET not in str(said)
            assert_columns_are_those_of_the_pages(fresh)
            for door in DOORS:
                assert SECRET not in ask(client, door)
    assert len(set(history)) == 19


def test_reading_again_takes_few_queries_and_renders_nothing(client, noord, forget_answers, django_assert_num_queries):
    pages = [make_news(noord) for _ in range(20)]
    for question, queries in (
        ("?region=noord&limit=20", 3),  # what changed, region, items
        ("?limit=40", 2),
        (f"{pages[0].pk}/", 2),
    ):
        say(client, question)
        forget_answers()
        with django_assert_num_queries(queries):
            say(client, question)
        with django_assert_num_queries(1):  # the whole answer was kept
            say(client, question)


def test_state_of_an_event_follows_the_clock(api, noord):
    soon = timezone.now() + datetime.timedelta(hours=1)
    event = make_event(noord, start=soon + datetime.timedelta(days=1), registration_url="https://example.org/")
    event.registration_closes_at = soon
    event.save()
    assert api(f"pages/{event.pk}/")["registration"]["state"] == "open"
    assert PageDocument.objects.get(pk=event.pk).valid_until == soon

    PageDocument.objects.filter(pk=event.pk).update(valid_until=timezone.now())
    type(event).objects.filter(pk=event.pk).update(registration_closes_at=timezone.now())
    DocumentState.renew()

    assert api(f"pages/{event.pk}/")["registration"]["state"] == "closed"


def test_rendering_that_a_change_overtakes_is_not_kept(noord):
    """The change comes after the page was read and before the text is written: as in another process."""
    page = make_news(noord, "Oud")

    def change_meanwhile(sender, instance, **kwargs):
        post_init.disconnect(change_meanwhile, sender=NewsPage)
        other = NewsPage.objects.get(pk=instance.pk)
        other.title = "Nieuw"
        other.save()

    post_init.connect(change_meanwhile, sender=NewsPage)
    document_texts.refresh([page.pk])

    assert PageDocument.objects.get(pk=page.pk).version == ""
    assert "Nieuw" in document_texts.refresh([page.pk])[page.pk]["card"]
    assert PageDocument.objects.get(pk=page.pk).version == document_texts.version()


def test_rendering_takes_the_same_questions_for_many_pages_as_for_few(home, noord):
    def render(number):
        pages = [make_story(parent, image=make_image(width=20, height=10)) for parent in [home, noord] * number]
        rendered = document_texts.refresh([page.pk for page in pages])  # which makes the sizes of the pictures
        assert len(rendered) == 2 * number
        with CaptureQueriesContext(connection) as queries:
            assert document_texts.refresh(rendered) == rendered
        return [query["sql"] for query in queries if query["sql"].startswith("SELECT")]

    for_4, for_8 = render(2), render(4)

    assert len(for_4) == len(for_8) == 13


def test_change_that_is_rolled_back_leaves_the_document(client, noord):
    page = make_news(noord, "Blijft")
    before = say(client, f"{page.pk}/")
    with transaction.atomic():
        page.title = "Weg"
        page.save()
        transaction.set_rollback(True)

    assert say(client, f"{page.pk}/") == before


def test_saving_a_draft_leaves_the_document(client, noord):
    page = make_news(noord)
    say(client, f"{page.pk}/")
    generation = PageDocument.objects.get(pk=page.pk).generation

    make_draft(page, title="Nog niet")

    assert PageDocument.objects.get(pk=page.pk).generation == generation


def test_rebuild_puts_right_what_code_did_behind_our_back(client, noord):
    page, gone = make_news(noord, "Een"), make_news(noord, "Twee")
    make_region("Derde", slug="derde")
    PageDocument.objects.filter(pk=page.pk).delete()
    NewsPage.objects.filter(pk=gone.pk).update(live=False)

    progress = list(document_texts.rebuild())

    assert progress[-1][0] == progress[-1][1] == PageDocument.objects.count()
    assert everything_said(client) == rendered_afresh()
    assert PageDocument.objects.filter(version="").count() == 0


def test_worker_renders_what_a_new_address_left_stale(noord):
    for _ in range(3):
        make_news(noord)
    render_documents.call()
    render_what_is_stale()
    assert not DBTaskResult.objects.filter(task_path=render_documents.module_path).exists()

    noord.slug = "noordoost"
    noord.save()
    render_what_is_stale()
    render_what_is_stale()
    assert DBTaskResult.objects.filter(task_path=render_documents.module_path).count() == 1
    assert document_texts.stale().filter(region=noord.pk).count() > 3

    render_documents.call()
    assert not document_texts.stale().exists()


def test_text_that_another_reader_rendered_meanwhile_is_handed_out(noord):
    pages = [make_news(noord) for _ in range(2)]
    rows = list(PageDocument.objects.filter(pk__in=[page.pk for page in pages]).values_list(*TEXT_COLUMNS, "card"))

    document_texts.refresh([pages[0].pk])

    assert [text.page for text in document_texts.hand_out(rows, "card")] == [page.pk for page in pages]


def test_slug_that_changes_in_case_only_is_followed_below(api, noord):
    make_news(noord, "Bericht")
    section = NewsIndexPage.objects.child_of(noord).get()
    section.slug = "NIEUWS"
    section.save()

    assert api("resolve/?path=/regio/noord/NIEUWS/bericht/")["title"] == "Bericht"
    assert PageDocument.objects.filter(html_path__startswith="/regio/noord/NIEUWS/").count() == 2


def test_other_root_or_no_site_leaves_nothing_else_public(api, home, noord):
    make_news(noord)
    site = Site.objects.get()
    site.root_page = NewsIndexPage.objects.child_of(home).get()
    site.save()
    assert [item["title"] for item in api("pages/")["items"]] == ["Nieuws"]

    site.delete()
    assert api("pages/")["items"] == []
