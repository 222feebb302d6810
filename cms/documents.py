"""Keeping ``PageDocument`` in step with the pages.

``follow`` and its companions run in the transaction of the change that they follow: the columns by which listings
select are right at once, so that a listing never misses a page or shows one too many; the text is only marked stale.
``refresh`` renders what is stale when somebody reads it, or the worker does before that.
"""

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import Model, OuterRef, Q, Subquery
from rest_framework.utils.encoders import JSONEncoder
from wagtail.models import Page, ReferenceIndex, Site, get_default_page_content_type

from .models import BasePage, PageDocument, Term
from .region import region_model, without_hidden_regions

COLUMNS = ("path", "depth", "title", "slug", "date", "first_published_at")
NOT_RENDERING = {"migrations", "management", "demo", "tests"}


@cache
def version() -> str:
    """A fingerprint of the code that decides how pages are shown; another one makes every document stale."""
    digest = hashlib.sha256()
    for config in sorted(apps.get_app_configs(), key=lambda config: config.name):
        folder = Path(config.path).resolve()
        if folder.parent == settings.BASE_DIR:
            for source in sorted(folder.rglob("*.py")):
                if not NOT_RENDERING & set(source.parts):
                    digest.update(source.read_bytes())
    return digest.hexdigest()[:32]


def follow(page: BasePage) -> None:
    """A page was saved: have a row for it when it is public, none when it isn't, and mark whatever shows it."""
    was_called = PageDocument.objects.filter(pk=page.pk).values_list("slug", flat=True).first()
    is_region = isinstance(page, region_model())
    is_public = bool(_public(BasePage.objects.filter(pk=page.pk)))
    if is_region and is_public != (was_called is not None):
        follow_subtree(page)  # all that lies below a region appears and disappears with it
    elif is_public:
        _write_rows([page])
    else:
        PageDocument.objects.filter(pk=page.pk).delete()
    if is_region or was_called not in (None, page.slug):
        mark_subtree(page)
    mark_around(page)


def mark_around(page: BasePage) -> None:
    """Mark what shows ``page``: its parent, its children, its aliases, and all that refer to it."""
    parent = Page._get_parent_path_from_path(page.path)
    children = Q(path__startswith=page.path, depth=page.depth + 1)
    PageDocument.objects.filter(Q(path=parent) | children | Q(page__alias_of=page.pk)).mark_stale()
    mark_referrers([page])


def mark_subtree(page: BasePage) -> None:
    """Mark all pages below ``page``, whose addresses or region changed with it, and all that refer to them."""
    below = Q(path__startswith=page.path) | Q(page__alias_of__path__startswith=page.path)
    PageDocument.objects.filter(below).mark_stale()
    mark_referrers(Page.objects.filter(path__startswith=page.path))


def mark_term(term: Term) -> None:
    """Mark the pages filed under ``term``."""
    if hasattr(term, "pages"):
        PageDocument.objects.filter(pk__in=term.pages.values("pk")).mark_stale()
        mark_referrers(Page.objects.filter(pk__in=term.pages.values("pk")))
    mark_referrers([term])


def follow_subtree(page: Page) -> None:
    """Pages were moved, or their addresses changed, from ``page`` down: put all their rows right."""
    below = BasePage.objects.filter(path__startswith=page.path)
    public = _public(below)
    PageDocument.objects.filter(page__in=below.values("pk")).exclude(pk__in=public).delete()
    _write_rows(below.filter(pk__in=public).defer_streamfields().specific())
    mark_subtree(page)


def follow_order(parent: Page) -> None:
    """Moving a page may give its new sisters another place: put the ``path`` of all rows below ``parent`` right."""
    path = Page.objects.filter(pk=OuterRef("pk")).values("path")[:1]
    PageDocument.objects.filter(page__path__startswith=parent.path).update(path=Subquery(path))


def mark_referrers(changed: Iterable[Model]) -> None:
    """Mark all pages that refer to ``changed``, and all that refer to these, until no new one is found."""
    page_type = get_default_page_content_type()
    seen: set[int] = set()
    references = ReferenceIndex.get_references_to_in_bulk(changed)
    while True:
        found = references.filter(base_content_type=page_type).values_list("object_id", flat=True)
        new = {int(pk) for pk in found} - seen
        if not new:
            break
        seen |= new
        references = ReferenceIndex.objects.filter(to_content_type=page_type, to_object_id__in=[str(pk) for pk in new])
    PageDocument.objects.filter(pk__in=seen).mark_stale()


def refresh(page_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Render those documents among ``page_ids`` that are stale, keep the result, and return it by page.

    A page that changes meanwhile keeps its stale mark: the row is written only if its generation is still the one
    that it had before the page was read.
    """
    documents = PageDocument.objects.filter(pk__in=page_ids)
    stale = documents.exclude(pk__in=documents.fresh(version()).values("pk"))
    generations = dict(stale.values_list("pk", "generation"))
    rendered = {}
    for page, texts in _render(BasePage.objects.filter(pk__in=generations).specific() if generations else ()):
        current = PageDocument.objects.filter(pk=page.pk, generation=generations[page.pk])
        with suppress(OperationalError):  # another writer held SQLite for too long; the next reader keeps it
            current.update(**texts, version=version())
        rendered[page.pk] = texts
    return rendered


def rebuild() -> Iterable[tuple[int, int]]:
    """Put every row right and render it; yields ``(done, total)`` now and then."""
    with transaction.atomic():
        follow_subtree(Page.get_first_root_node())
    page_ids = list(PageDocument.objects.values_list("pk", flat=True))
    for start in range(0, len(page_ids), 100):
        refresh(page_ids[start : start + 100])
        yield min(start + 100, len(page_ids)), len(page_ids)


def _public(pages) -> set[int]:
    """The ids of those ``pages`` that anybody may read on the site."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return set()
    visible = pages.live().public().descendant_of(site.root_page, inclusive=True)
    return set(without_hidden_regions(visible).values_list("pk", flat=True))


def _render(pages: Iterable[BasePage]) -> Iterable[tuple[BasePage, dict[str, Any]]]:
    """Each page with its texts and how long they hold, by the very serializers that ``api_fields`` declare."""
    from .api.rendering import DocumentRenderer

    renderer = DocumentRenderer()
    for page in pages:
        # Asked before rendering: a moment that passes in between then makes the text stale, not lasting.
        columns = {"valid_until": page.shown_until}
        yield page, columns | {name: _json(data) for name, data in renderer.represent(page).items()}


def _json(data: dict) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), cls=JSONEncoder)


def _write_rows(pages: Iterable[BasePage]) -> None:
    rows = [
        PageDocument(
            page_id=page.pk,
            type=page.cached_content_type.model_class()._meta.label,
            start=page.starts_at,
            **{name: getattr(page, name) for name in COLUMNS},
        )
        for page in pages
    ]
    PageDocument.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["page"], update_fields=["type", "start", *COLUMNS], batch_size=500
    )
    PageDocument.objects.filter(pk__in=[row.pk for row in rows]).mark_stale()
