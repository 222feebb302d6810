"""Every address of the admin, tried by somebody who may not see what it leads to."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import pytest
from django.contrib.messages import get_messages
from django.db import connection, transaction
from django.http import HttpResponse
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import ReferenceIndex, get_page_models

from .addresses import BULK, Address, admin_addresses
from .world import World, make_world

OWN, OTHER = "noordeigen", "zuidgeheim"

# What somebody who can't log in gets an answer from, and why.
OPEN_TO_ALL = {
    "account_login": "is where one logs in",
    "wagtailadmin_login": "is where one logs in",
    "wagtailadmin_logout": "shows where one logs in",
    "wagtailadmin_password_reset": "sends mail to who has an account",
    "wagtailadmin_password_reset_done": "says that it was sent",
    "wagtailadmin_password_reset_confirm": "says that the link is no good",
    "wagtailadmin_password_reset_complete": "says that it is done",
    "wagtailadmin_javascript_catalog": "texts of the log-in screen",
    "wagtailadmin_sprite": "icons of the log-in screen",
}


# Some of the screens on which national editors work with what regions have.
SHOWN_TO_NATIONAL_EDITORS = {
    "nieuws:index",
    "nominations:index",
    "people:index",
    "people:person",
    "registrations:event",
    "registrations:index",
    "registrations:person",
    "registrations:print",
    "subscribers:check_import",
    "subscribers:import",
    "subscribers:index",
    "subscribers:person",
    "wagtailadmin_choose_page_child",
    "wagtailadmin_explore",
    "wagtailadmin_pages:copy",
    "wagtailadmin_pages:edit",
    "wagtailadmin_pages:history",
    "wagtailadmin_pages:move_confirm",
    "wagtailadmin_pages:revisions_compare",
    "wagtailadmin_reports:locked_pages",
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:site_history",
    "wagtaildocs:edit",
    "wagtailimages:edit",
    "wagtailimages_chooser:chosen",
    "wagtailsearchpromotions:edit",
    "wagtailsearchpromotions:index",
}
AS_SCRIPT = {"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"}
# What finds something in a list; of the rest of what is sent, doors refuse some before the list is made.
FINDS = ("q", "term", "owner", "user", "edited_by", "collection", "collection_id", "page")
READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")


class Request(NamedTuple):
    """What is asked of an address: ``sent`` as the query of a ``get``, the form of a ``post``."""

    method: str
    sent: dict
    headers: dict[str, str]


class Visit(NamedTuple):
    address: Address
    method: str
    path: str
    response: HttpResponse
    wrote: bool
    """Whether anything was sent to the database but questions."""

    def __str__(self):
        return f"{self.address.name}: {self.method} {self.path} {self.response.status_code}"

    @property
    def said(self) -> str:
        """The answer, its headers, and what it leaves to be told on the next screen."""
        body = b"".join(self.response.streaming_content) if self.response.streaming else self.response.content
        request = self.response.wsgi_request
        told = [str(message) for message in get_messages(request)] if hasattr(request, "_messages") else []
        return "\n".join([body.decode(errors="replace"), str(self.response.headers), *told]).casefold()


@pytest.fixture
def own(db):
    return make_world(OWN)


@pytest.fixture
def other(db):
    return make_world(OTHER)


@pytest.fixture
def browser(client, caplog):
    client.raise_request_exception = False
    caplog.set_level("ERROR", "django.request")  # thousands are refused, each with a traceback
    return client


class Writes:
    """Notes whether anything but sessions is written, for ``connection.execute_wrapper``."""

    happened = False

    def __call__(self, execute, sql, *arguments):
        self.happened |= not sql.startswith(READS) and "django_session" not in sql
        return execute(sql, *arguments)


def as_person(address: Address, sent: dict) -> list[Request]:
    """Look at it, with all questions that it may listen to, and post to it."""
    asked = [{}]
    if address.is_list:
        finds = {name: sent[name] for name in FINDS}
        asked = [finds | {"id": sent["id"]}] if address.name == BULK else [{}, finds, sent]
    return [Request("get", query, {}) for query in asked] + [Request("post", sent, {})]


def as_script(address: Address, sent: dict) -> list[Request]:
    """The last question and the form of a person, from a script that wants JSON."""
    return [request._replace(headers=AS_SCRIPT) for request in as_person(address, sent)[-2:]]


def visits(browser, world: World, planned: Callable[[Address], Iterable[Request]]) -> Iterator[Visit]:
    """Everything in ``world`` by every address, with the requests ``planned``; whatever they do is undone."""
    session = browser.cookies["sessionid"].value
    for address in admin_addresses():
        for path, (method, sent, headers) in itertools.product(address.paths(world), planned(address)):
            ticked = {"query_params": {"id": sent["id"]}} if (address.name, method) == (BULK, "post") else {}
            writes = Writes()
            with transaction.atomic():
                with connection.execute_wrapper(writes):
                    response = getattr(browser, method)(path, sent, headers=headers, **ticked)
                yield Visit(address, method, path, response, writes.happened)
                transaction.set_rollback(True)
            browser.cookies.clear()
            browser.cookies["sessionid"] = session


def empty_forms() -> dict:
    """What the browser sends of blocks and inline children in any form of a page when there are none."""
    models = get_page_models()
    streams = {field.name for model in models for field in model._meta.get_fields() if isinstance(field, StreamField)}
    relations = {relation.get_accessor_name() for model in models for relation in get_all_child_relations(model)}
    empty = {f"{name}-count": "0" for name in streams}
    return empty | {f"{name}-{kind}_FORMS": "0" for name in relations for kind in ("TOTAL", "INITIAL")}


def everything_of(world: World) -> dict:
    """All that a form or a filter could name."""
    ids = world.ids
    page, collection, user = ids["pages"][1], ids["collections"][0], ids["users"][0]
    searched = world.word[:-1]  # finds it all, and isn't the word itself where an answer repeats what was asked
    return {
        "q": searched,
        "term": searched,
        "id": sorted({pk for kind in ("pages", "images", "documents", "users") for pk in ids[kind]}),
        "owner": user,
        "user": user,
        "edited_by": user,
        "collection": collection,
        "collection_id": collection,
        "page": page,
        "related_event": page,
        "image": ids["images"][0],
        "chooser": page,
        "parent_page": page,
        "parent_page_id": page,
        "new_parent_page": page,
        "target_pages[]": page,
        "copy_subpages": "on",
        "alias": "on",
        "external-link-chooser-url": "/zuid/",
        "title": "overgenomen",
        "name": "overgenomen",
        "new_title": "overgenomen",
        "new_slug": "overgenomen",
        "slug": "overgenomen",
        "session": world.others["registrations"][0].session_id,
        "newsletter": world.others["subscriptions"][0].newsletter_id,
        "address": "overgenomen@example.org",
        "email": "overgenomen@example.org",
        "subject": "overgenomen",
        "message": "overgenomen",
        "start": "01-01-2030 10:00",
        "confirmed": "1",
        "comment": "overgenomen",
        "next": "/admin/",
        **empty_forms(),
    }


def refers(world: World, other: World) -> bool:
    """Whether a page of ``world`` refers to something of ``other``."""
    sources = [str(pk) for pk in world.pages_below().values_list("pk", flat=True)]
    targets = [str(pk) for kind in ("pages", "images", "documents") for pk in other.ids[kind]]
    return ReferenceIndex.objects.filter(object_id__in=sources, to_object_id__in=targets).exists()


def test_editor_meets_nothing_of_another_region(browser, own, other):
    """She asks for what is theirs, as a person and as a script, and puts their things into her own forms."""
    browser.force_login(own.others["users"][0])
    before, sent = other.state(), everything_of(other)
    told, changed, broken = [], [], []

    def of_theirs(address):
        return as_person(address, sent) + as_script(address, sent)

    def of_own(address):
        return [] if address.is_list else as_person(address, sent) + as_script(address, sent)[-1:]

    walked = 0
    for visit in itertools.chain(visits(browser, other, of_theirs), visits(browser, own.only("draft"), of_own)):
        walked += 1
        if visit.response.status_code >= 500:
            broken.append(str(visit))
        elif OTHER in (said := visit.said):
            at = said.index(OTHER)
            told.append(f"{visit}: …{said[max(at - 60, 0) : at + 40]}…")
        if visit.wrote and (other.state() != before or refers(own, other)):
            changed.append(str(visit))
    print(f"{len(admin_addresses())} addresses, {walked} requests")
    problems = [
        f"{kind}: {one}" for kind, found in (("500", broken), ("told", told), ("changed", changed)) for one in found
    ]
    assert not problems, "\n".join(problems)


def test_editor_who_was_switched_off_meets_nothing_at_all(browser, own):
    editor = own.others["users"][0]
    browser.force_login(editor)
    type(editor).objects.filter(pk=editor.pk).update(is_active=False)
    sent = everything_of(own)
    for visit in visits(browser, own.only("draft"), lambda address: as_person(address, sent)):
        assert visit.response.status_code < 500, visit
        if visit.address.name not in OPEN_TO_ALL:
            assert visit.response.status_code != 200, visit
        assert OWN not in visit.said, visit


def test_national_editor_gets_through(browser, other, django_user_model):
    """What the editor doesn't meet is there to be met."""
    browser.force_login(django_user_model.objects.get(email="landelijk@example.org"))
    opened = set()

    def shown(address):
        is_shown = address.name in SHOWN_TO_NATIONAL_EDITORS
        return [Request("get", query, {}) for query in ({}, {"q": OTHER[:-1]})] if is_shown else []

    for visit in visits(browser, other.only("live"), shown):
        assert visit.response.status_code < 500, visit
        if visit.response.status_code == 200 and OTHER in visit.said:
            opened.add(visit.address.name)
    assert opened == SHOWN_TO_NATIONAL_EDITORS
