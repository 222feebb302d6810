"""Freezing an issue to send it, publishing what was frozen, and correcting its page on the site afterwards."""

import datetime
import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from cms.models import DocumentState

from .checks import Finding
from .models import Correction, FrozenIssue, NewsletterPage
from .rendering import Rendered, render


class FreezingRefused(Exception):
    """What was asked can't be done; ``message`` tells the editor why."""

    message = ""

    def __str__(self):
        return str(self.message)


class AlreadyFrozen(FreezingRefused):
    message = _("Dit nummer is al vastgelegd.")


class NotFrozen(FreezingRefused):
    message = _("Dit nummer is nog niet vastgelegd; u kunt het gewoon bewerken en publiceren.")


class NotOnline(FreezingRefused):
    message = _(
        "Dit nummer wordt nog verstuurd en staat nog niet op de site. Wilt u er iets aan veranderen? Annuleer dan "
        "eerst de verzending."
    )


class NoteMissing(FreezingRefused):
    message = _("Schrijf erbij wat er verbeterd is; lezers zien dat op de site.")


class NotReady(FreezingRefused):
    """``errors`` are the findings that stand in the way."""

    message = _("Dit nummer is nog niet klaar: los eerst op wat hieronder rood is.")

    def __init__(self, errors: list[Finding]):
        super().__init__()
        self.errors = errors


@transaction.atomic
def freeze(issue: NewsletterPage, user, at: datetime.datetime | None = None) -> FrozenIssue:
    """Copy the latest draft of ``issue`` as it is now, or with its events as they were ``at`` a moment.

    From then on it is sent like this; the site shows it from ``publish`` on. Of two who freeze at once, one waits for
    the other and is refused. Raises ``AlreadyFrozen`` or ``NotReady``.
    """
    page = wait_for(issue)
    if page.frozen_at:
        raise AlreadyFrozen
    revision, draft = _latest(page, user)
    rendered = render(draft, at)
    _check(rendered.warnings)
    now = at or timezone.now()
    frozen = FrozenIssue.objects.create(
        issue=page,
        revision=revision.pk,
        subject=rendered.subject,
        html=rendered.html,
        text=rendered.text,
        web=rendered.web,
        sha256=fingerprint(rendered),
        created_at=now,
        created_by=user,
    )
    NewsletterPage.objects.filter(pk=page.pk).update(frozen_at=now)
    log(page, "newsletter.freeze", user=user, data={"sha256": frozen.sha256})
    return frozen


@transaction.atomic
def publish(frozen: FrozenIssue, user) -> None:
    """Have the site show what was frozen; nothing when it does already, or when the page is gone."""
    if frozen.issue is None:
        return
    wait_for(frozen.issue)
    if FrozenIssue.objects.filter(pk=frozen.pk, published_at=None).update(published_at=timezone.now()):
        _publish(Revision.objects.get(pk=frozen.revision), user)


@transaction.atomic
def thaw(issue: NewsletterPage, user) -> None:
    """Forget what was frozen of ``issue``, which can be edited and published again; for when nobody has got it.

    Raises ``NotFrozen``, and ``ProtectedError`` while there are runs of it.
    """
    page = wait_for(issue)
    if not page.frozen_at:
        raise NotFrozen
    FrozenIssue.objects.filter(issue=page).delete()
    page.frozen_at = None
    page.save(update_fields=["frozen_at"], clean=False)
    log(page, "newsletter.thaw", user=user)


@transaction.atomic
def correct(issue: NewsletterPage, user, note: str) -> Correction:
    """Show the latest draft of ``issue`` on the site, with ``note``; the mail stays what it was.

    Raises ``NotFrozen``, ``NotOnline``, ``NoteMissing`` or ``NotReady``.
    """
    if not note.strip():
        raise NoteMissing
    page = wait_for(issue)
    if not page.frozen_at:
        raise NotFrozen
    frozen = page.frozen_and_online
    if not frozen:
        raise NotOnline
    revision, draft = _latest(page, user)
    rendered = render(draft)
    _check(rendered.warnings_of_site)
    _publish(revision, user)
    correction = frozen.corrections.create(revision=revision.pk, web=rendered.web, note=note.strip(), created_by=user)
    log(page, "newsletter.correct", user=user, data={"note": correction.note})
    return correction


def wait_for(issue: NewsletterPage) -> NewsletterPage:
    """The issue as it is in the database, for this transaction alone: what changes the API waits for one another.

    Its page comes before the documents, as in every change to pages; so an issue doesn't move meanwhile either.
    """
    list(Page.objects.select_for_update().filter(pk=issue.pk).values_list("pk"))
    DocumentState.renew()
    return NewsletterPage.objects.get(pk=issue.pk)


def fingerprint(rendered: Rendered) -> str:
    """SHA-256, in hexadecimal, of subject, HTML, text and web as one JSON list with sorted keys and no spaces."""
    content = [rendered.subject, rendered.html, rendered.text, rendered.web]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def _latest(page: NewsletterPage, user) -> tuple[Revision, NewsletterPage]:
    """The latest draft of ``page``: the revision, and the issue as it is in it."""
    revision = page.latest_revision or page.save_revision(user=user)
    return revision, revision.as_object()


def _check(findings: list[Finding]) -> None:
    """Raises ``NotReady`` if one of ``findings`` stands in the way."""
    if errors := [finding for finding in findings if finding.blocks_sending]:
        raise NotReady(errors)


def _publish(revision: Revision, user) -> None:
    """Put ``revision`` online."""
    # Whether somebody may is asked at the door; a frozen issue can't be published in any other way.
    revision.publish(user=user, skip_permission_checks=True)
