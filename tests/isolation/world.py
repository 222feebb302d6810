"""A region with one of everything that an editor of another may not meet, all of it called by one word."""

import datetime
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Comment,
    GroupApprovalTask,
    Page,
    PageLogEntry,
    Revision,
    Task,
    UploadedFile,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)

from agenda.models import EventSession, Registration
from agenda.registration import desk
from home.nomination import nominate
from newsletter.freezing import freeze
from newsletter.models import Delivery, NewsletterIndexPage, SendRun, SubscriberImport, Suppression
from newsletter.subscribing import importing
from newsletter.subscribing.address_file import AddressFile
from regions.models import NewsPage
from regions.people.invitations import invite
from tests.factories import (
    jpeg,
    make_document,
    make_draft,
    make_event,
    make_image,
    make_issue,
    make_news,
    make_newsletter,
    make_region,
    make_series,
    make_story,
    make_user,
)
from tests.newsletter.blocks import text
from tests.newsletter.subscribers import put_on

HIDDEN = "verborgen"
"""In the title of what isn't online."""


@dataclass(frozen=True)
class World:
    """What there is of a region: pages, and whatever else has rows of its own."""

    word: str
    pages: dict[str, Page]
    others: dict[str, list[Any]]

    @cached_property
    def ids(self) -> dict[str, list[int]]:
        """By the kind of thing that they are of."""
        ids = {kind: [one.pk for one in objects] for kind, objects in self.others.items()}
        return ids | {
            "pages": [page.pk for page in self.pages.values()],
            "regions": [self.pages["region"].pk],
            "issues": [self.pages["issue"].pk],
            "workflows and tasks": ids["workflows"] + ids["tasks"],
            "users and invitations": ids["users"] + ids["invitations"],
            "of the site": [1],
        }

    def only(self, *names: str) -> "World":
        """With fewer pages to visit."""
        return replace(self, pages={name: self.pages[name] for name in ("region", "issue", *names)})

    def pages_below(self) -> QuerySet:
        return Page.objects.filter(path__startswith=self.pages["region"].path).order_by("path")

    def state(self) -> list:
        """All that is kept of it; the same as before when nothing of it was changed."""
        pages = self.pages_below()
        page_ids = [str(page.pk) for page in pages]
        revisions = Revision.objects.page_revisions().filter(object_id__in=page_ids).order_by("pk")
        rows = [list(pages.values()), list(revisions.values("pk", "content"))]
        for objects in self.others.values():
            kept = type(objects[0])._base_manager.filter(pk__in=[one.pk for one in objects])
            rows.append(list(kept.order_by("pk").values()))
        return rows


def make_world(word: str) -> World:
    region = make_region(f"{word} regio", slug=word)
    editor = make_user(f"{word}@example.org", region.access.group, first_name=word, last_name=f"{word} naam")
    image = make_image(f"{word} foto", collection=region.access.collection, uploaded_by_user=editor)
    document = make_document(f"{word} bestand", collection=region.access.collection, uploaded_by_user=editor)
    pages = _pages(region, editor, image, word)
    live = pages["live"]
    workflow, task, state = _workflow(live, word)
    comment = Comment.objects.create(page=live, user=editor, text=f"{word} opmerking", contentpath="title")
    nomination = nominate(pages["story"], editor, f"{word} toelichting")
    upload = UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(get_image_model()),
        file=ContentFile(jpeg(), name=f"{word}.jpg"),
        uploaded_by_user=editor,
    )
    uploaded_document = UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(get_document_model()),
        file=ContentFile(b"x", name=f"{word}.txt"),
        uploaded_by_user=editor,
    )
    session = EditingSession.objects.create(user=editor, content_object=live, last_seen_at=timezone.now())
    PageLogEntry.objects.log_action(instance=live, action="wagtail.edit", user=editor)
    registration = _registration(region, word)
    subscription = put_on(NewsletterIndexPage.objects.child_of(region).get(), f"abonnee@{word}.example.org")
    redirect = Redirect.objects.create(old_path=f"/{word}", redirect_page=pages["draft"])
    promotion = SearchPromotion.objects.create(query=Query.get(f"{word} gezocht"), page=live)
    return World(
        word,
        pages,
        {
            "images": [image],
            "documents": [document],
            "revisions": list(
                Revision.objects.page_revisions().filter(object_id__in=[str(pages["edited"].pk), str(live.pk)])
            ),
            "users": [editor],
            "groups": [region.access.group],
            "collections": [region.access.collection],
            "comments": [comment],
            "nominations": [nomination],
            "invitations": [invite(region, f"nieuw.{word}@example.org", None)],
            "workflows": [workflow],
            "tasks": [task],
            "task states": list(state.task_states.all()),
            "workflow states": [state],
            "uploads": [upload, uploaded_document],
            "editing sessions": [session],
            "redirects": [redirect],
            "promoted questions": [promotion.query],
            "promotions": [promotion],
            "events": [registration.event],
            "registrations": [registration],
            "subscriptions": [subscription],
            "runs": [_run(subscription, word)],
            "subscribers": [subscription.subscriber],
            "imports": [_import(subscription.newsletter, editor, word)],
            "suppressions": [
                Suppression.objects.create(address_hash=subscription.subscriber.address_hash, reason="blocked")
            ],
        },
    )


def _pages(region, editor, image, word) -> dict[str, Page]:
    def news(kind):
        slug = f"{word}-{kind.split()[-1]}"  # an answer may repeat the address that was asked for
        return make_news(region, f"{word} {kind}", slug=slug, owner=editor, image=image)

    live, edited, locked = map(news, ("nieuws", "gewijzigd", "op slot"))
    scheduled, unpublished = map(news, (f"{HIDDEN} gepland", f"{HIDDEN} offline"))
    make_draft(live)
    make_draft(edited, title=f"{word} {HIDDEN} gewijzigd")
    for page in (scheduled, unpublished):
        page.unpublish(user=editor)
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    make_draft(scheduled, go_live_at=tomorrow).publish()
    locked.locked, locked.locked_by, locked.locked_at = True, editor, timezone.now()
    locked.save()
    draft = NewsPage(title=f"{word} {HIDDEN} concept", slug=f"{word}-concept", owner=editor, image=image, live=False)
    live.get_parent().add_child(instance=draft)
    draft.save_revision(user=editor, clean=False)
    newsletter = make_newsletter(region, f"{word} nieuwsbrief")
    make_event(region, f"{word} bijeenkomst")
    make_series(region, f"{word} deel", title=f"{word} reeks")
    return {
        "region": region,
        "live": live,
        "edited": edited,
        "scheduled": scheduled,
        "unpublished": unpublished,
        "locked": locked,
        "draft": draft,
        "alias": live.create_alias(update_slug="alias-van-live"),
        "story": make_story(region, f"{word} verhaal"),
        "issue": make_issue(newsletter, title=f"{word} nummer"),
    }


def _registration(region, word) -> Registration:
    event = make_event(
        region, f"{word} dag", start=timezone.now() + datetime.timedelta(days=7), registration_mode="here"
    )
    session = EventSession.objects.create(event=event, title=f"{word} sessie", sort_order=0)
    EventSession.objects.create(event=event, title=f"{word} andere sessie", sort_order=1)
    entry = desk.Entry(f"{word} bezoeker", f"bezoeker@{word}.example.org", f"{word} school", session_id=session.pk)
    registration = desk.add_by_hand(event.pk, entry)
    return Registration.objects.select_related("event").get(pk=registration.pk)


def _run(subscription, word) -> SendRun:
    """One that is being sent, to one subscriber."""
    newsletter, subscriber = subscription.newsletter, subscription.subscriber
    frozen = freeze(make_issue(newsletter, [text(f"<p>{word} bericht</p>")], f"{word} verzonden"), None)
    run = SendRun.objects.create(frozen=frozen, newsletter=newsletter, state=SendRun.State.SENDING)
    Delivery.objects.create(run=run, subscriber=subscriber, address_hash=subscriber.address_hash)
    return run


def _import(newsletter, editor, word) -> SubscriberImport:
    read = AddressFile([(f"nieuw@{word}.example.org", datetime.date(2026, 1, 1))], [(3, f"‘{word}’ is geen adres.")])
    return importing.keep(newsletter, f"{word}.csv", read, f"Ja, {word}.", f"{word} formulier", editor)


def _workflow(page, word) -> tuple[Workflow, Task, WorkflowState]:
    task = GroupApprovalTask.objects.create(name=f"{word} taak")
    task.groups.add(Group.objects.first())
    workflow = Workflow.objects.create(name=f"{word} werkstroom")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=page)
    return workflow, task, workflow.start(page, None)
