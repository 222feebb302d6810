"""The texts of the documents: rendered when somebody reads them or by the worker, and kept until they are stale."""

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page

from . import documents
from .api.rendering import DocumentRenderer
from .compact_json import as_json
from .models import BasePage, DocumentState, PageDocument
from .models.documents import LISTING

BATCH = 100
# What tells whether a text can be handed out as it is, and under which tags.
COLUMNS = ("pk", "version", "valid_until", "tags")
NOT_RENDERING = {"migrations", "management", "demo", "tests"}


@cache
def version() -> str:
    """A fingerprint of what decides how pages are shown: the code, its libraries, and the addresses of the sites.

    Another one makes every document stale.
    """
    digest = hashlib.sha256(f"{settings.WAGTAILADMIN_BASE_URL} {settings.FRONTEND_URL}".encode())
    digest.update((settings.BASE_DIR / "requirements.txt").read_bytes())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.name):
        folder = Path(config.path).resolve()
        if folder.parent == settings.BASE_DIR:
            for source in sorted(folder.rglob("*.py")):
                if not NOT_RENDERING & set(source.parts):
                    digest.update(source.read_bytes())
    return digest.hexdigest()[:32]


class Text(NamedTuple):
    """What is handed out of a document."""

    page: int
    content: str
    tags: str
    valid_until: datetime.datetime | None


def read(page_ids: Sequence[int], kind: str) -> list[Text]:
    """The texts of those pages that are public, in the order given.

    ``kind`` is the column: ``card``, ``item``, ``full`` or ``detail``.
    """
    rows = PageDocument.objects.filter(pk__in=page_ids).values_list(*COLUMNS, kind)
    texts = {text.page: text for text in hand_out(list(rows), kind)}
    return [texts[pk] for pk in page_ids if pk in texts]


def hand_out(rows: Sequence[tuple], kind: str) -> list[Text]:
    """The texts of ``rows`` of ``COLUMNS``, ``kind`` and anything else; what is stale is rendered first.

    A page that went offline meanwhile is left out.
    """
    now = timezone.now()
    fresh = {}
    for pk, made_by, valid_until, tags, content, *_ in rows:
        if made_by == version() and (valid_until is None or valid_until > now):
            fresh[pk] = Text(pk, content, tags, valid_until)
    if len(fresh) < len(rows):
        for pk, columns in refresh([row[0] for row in rows if row[0] not in fresh]).items():
            fresh[pk] = Text(pk, columns[kind], columns["tags"], columns["valid_until"])
    return [fresh[row[0]] for row in rows if row[0] in fresh]


def refresh(page_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Render the documents of ``page_ids``, keep the result, and return it by page.

    A page that changes meanwhile keeps its stale mark: the row is written only if its generation is still the one
    that it had before the page was read.
    """
    # Not only those that are stale still: what another reader rendered meanwhile has to be in the answer as well.
    generations = dict(PageDocument.objects.filter(pk__in=page_ids).values_list("pk", "generation"))
    rendered, can_write = {}, True
    for page, columns in _render(BasePage.objects.filter(pk__in=generations).specific() if generations else ()):
        current = PageDocument.objects.filter(pk=page.pk, generation=generations[page.pk])
        try:
            if can_write:
                current.update(**columns, version=version())
        except OperationalError:
            can_write = False  # another writer held SQLite for too long; the next reader keeps it
        rendered[page.pk] = columns
    return rendered


def refresh_all() -> Iterator[int]:
    """Render all that is stale; yields how many were rendered now and then."""
    page_ids = list(stale().values_list("pk", flat=True))
    for start in range(0, len(page_ids), BATCH):
        yield len(refresh(page_ids[start : start + BATCH]))


def rebuild() -> Iterator[tuple[int, int]]:
    """Put every row right and render it; yields ``(done, total)`` now and then."""
    with transaction.atomic():
        DocumentState.renew()
        documents.follow_subtree(Page.get_first_root_node())
    yield from render_stale()


def render_stale() -> Iterator[tuple[int, int]]:
    """Render all that is stale; yields ``(done, total)`` now and then."""
    total, done = stale().count(), 0
    for rendered in refresh_all():
        done += rendered
        yield done, total


def stale() -> QuerySet[PageDocument]:
    """Those whose text has to be rendered."""
    return PageDocument.objects.exclude(pk__in=PageDocument.objects.fresh(version()).values("pk"))


def _render(pages: Iterable[BasePage]) -> Iterator[tuple[BasePage, dict[str, Any]]]:
    """Each page with its texts and how long they hold, by the very serializers that ``api_fields`` declare."""
    pages = list(pages)
    # Asked before rendering: a moment that passes in between then makes a text stale, not lasting.
    moments = [page.shown_until for page in pages]
    for page, valid_until, shown in zip(pages, moments, DocumentRenderer().represent_all(pages), strict=True):
        tags = " ".join(sorted(_tags(shown["detail"]) | ({LISTING} if page.lists_others else set())))
        texts = {kind: as_json(data) for kind, data in shown.items()}
        yield page, {"valid_until": valid_until, "tags": tags, **texts}


def _tags(shown: Any) -> set[str]:
    """The pages that are shown in ``shown``, itself included, with the region and type of each."""
    if isinstance(shown, list):
        return set().union(*map(_tags, shown))
    if not isinstance(shown, dict):
        return set()
    tags = set().union(*map(_tags, shown.values()))
    page_type = shown["meta"].get("type") if isinstance(shown.get("meta"), dict) else None
    if page_type:
        tags |= {f"page-{shown['id']}", f"type-{page_type}"}
    if isinstance(shown.get("region"), dict):
        tags.add(f"region-{shown['region']['id']}")
    return tags
