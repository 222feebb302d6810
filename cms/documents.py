"""Keeping ``PageDocument`` in step with the pages.

``follow`` and its companions run in the transaction of the change that they follow, after ``DocumentState.renew``. The
columns by which listings select are right at once, so that a listing never misses a page or shows one too many; the
text is only marked stale (``cms.document_texts`` renders it).
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Aggregate, CharField, F, Model, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, Substr
from wagtail.models import Page, ReferenceIndex, Site, get_default_page_content_type

from .models import BasePage, PageDocument, Term
from .models.documents import NO_DATE, NO_MOMENT
from .region import PATH_LENGTH, region_model, without_hidden_regions

BATCH = 500
COLUMNS = ["type", "path", "depth", "html_path", "region", "title", "slug", "date", "start", "end"]
COLUMNS += ["first_published_at", "last_published_at"]


class Change(NamedTuple):
    """What saving a page did to it: its path on the site before and after; ``None`` while it isn't public."""

    before: str | None
    after: str | None
    is_published: bool
    """Whether it was published, for the first time or again; any other save leaves that moment alone."""


def follow(page: BasePage) -> Change:
    """A page was saved: have a row for it when it is public, none when it isn't, and mark whatever shows it."""
    root = _root()
    row = PageDocument.objects.filter(pk=page.pk)
    before = row.values("slug", "title", "html_path", "last_published_at").first()
    published_before = before and before.pop("last_published_at")
    is_public = _public(BasePage.objects.filter(pk=page.pk), root).exists()
    after = {"slug": page.slug, "title": page.title, "html_path": root.html_path(page)} if is_public else None
    is_region = isinstance(page, region_model())
    if is_region and _appears_or_vanishes(page, root):
        follow_subtree(page)
    elif is_public:
        _write_rows([page], root)
    else:
        PageDocument.objects.filter(pk=page.pk).delete()
    _replace_addresses(page, root)
    if is_region or before != after:
        mark_subtree(page)
    else:
        mark_around(page)
    is_published = page.last_published_at not in (None, published_before)
    return Change(before and before["html_path"], after and after["html_path"], is_published)


def follow_new(page: BasePage) -> Change:
    """A page was made: have a row for it when it is public.

    Nothing refers to it yet, follows it as an alias or lies below it, so that of the others only its parent shows it.
    """
    root = _root()
    is_public = _public(BasePage.objects.filter(pk=page.pk), root).exists()
    if is_public:
        _write_rows([page], root)
        PageDocument.objects.filter(path=_parent_path(page)).mark_stale()
    after = root.html_path(page) if is_public else None
    return Change(before=None, after=after, is_published=page.last_published_at is not None)


def mark_around(page: BasePage) -> None:
    """Mark what shows ``page``: its parent, its children, its aliases, and all that refer to it."""
    children = Q(path__startswith=page.path, depth=page.depth + 1)
    PageDocument.objects.filter(Q(path=_parent_path(page)) | children).mark_stale()
    _mark_aliases(Page.objects.filter(alias_of=page.pk))
    mark_referrers([page])


def mark_subtree(page: Page) -> None:
    """Mark ``page``, its parent, all below it, whose addresses or breadcrumbs changed, and all that refer to them."""
    PageDocument.objects.filter(Q(path=_parent_path(page)) | Q(path__startswith=page.path)).mark_stale()
    _mark_aliases(Page.objects.filter(alias_of__path__startswith=page.path))
    mark_referrers(Page.objects.filter(path__startswith=page.path))


def _parent_path(page: Page) -> str:
    return Page._get_parent_path_from_path(page.path)


def _mark_aliases(aliases: QuerySet[Page]) -> None:
    """A query of their own: asked together with others, no index serves it and all rows are read."""
    PageDocument.objects.filter(pk__in=aliases.values("pk")).mark_stale()


def mark_term(term: Term) -> None:
    """Mark the pages filed under ``term``."""
    if hasattr(term, "pages"):
        PageDocument.objects.filter(pk__in=term.pages.values("pk")).mark_stale()
        mark_referrers(Page.objects.filter(pk__in=term.pages.values("pk")))
    mark_referrers([term])


def follow_filing(page_ids: list[int]) -> None:
    """Pages were filed under other terms, or are new among the documents."""
    PageDocument.objects.filter(pk__in=page_ids).mark_stale(themes=_filed("themes"), audiences=_filed("audiences"))


def _filed(field: str) -> Coalesce:
    """The ids of the terms that a page is filed under, as the column keeps them."""
    terms = BasePage._meta.get_field(field)
    filed = terms.remote_field.through.objects.filter(basepage=OuterRef("pk")).order_by().values("basepage")
    ids = filed.annotate(ids=Joined(terms.m2m_reverse_field_name())).values("ids")
    return Coalesce(Subquery(ids), Value(""))


class Joined(Aggregate):
    """The values in one text, with spaces between them."""

    output_field = TextField()
    template = "GROUP_CONCAT(%(expressions)s, ' ')"

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="STRING_AGG(%(expressions)s::text, ' ')", **context)


def follow_subtree(page: Page) -> None:
    """Pages were moved, or became public or hidden, from ``page`` down: put all their rows right."""
    root = _root()
    below = BasePage.objects.filter(path__startswith=page.path)
    public = _public(below, root)
    PageDocument.objects.filter(page__in=below).exclude(page__in=public).delete()
    _write_rows(public.filter(document=None).defer_streamfields().specific().iterator(), root)
    _copy_places(PageDocument.objects.filter(page__path__startswith=page.path), root)
    mark_subtree(page)


def follow_order(parent: Page) -> None:
    """Moving a page may give its new sisters another place: put the rows below ``parent`` right."""
    below = PageDocument.objects.filter(page__path__startswith=parent.path)
    _copy_places(below.exclude(path=F("page__path")), _root())


def mark_referrers(changed: Iterable[Model]) -> None:
    """Mark all pages that refer to ``changed``, and all that refer to these, until no new one is found."""
    page_type = get_default_page_content_type()
    seen: set[int] = set()
    references = ReferenceIndex.get_references_to_in_bulk(changed)
    while True:
        found = references.filter(base_content_type=page_type).values_list("object_id", flat=True)
        new = {int(pk) for pk in found.distinct()} - seen
        if not new:
            break
        seen |= new
        references = ReferenceIndex.objects.filter(to_content_type=page_type, to_object_id__in=[str(pk) for pk in new])
    PageDocument.objects.filter(pk__in=seen).mark_stale()


class Root(NamedTuple):
    """The root page of the site; without a site nothing is public."""

    path: str | None
    url_path: str

    def html_path(self, page: Page) -> str:
        """Paths in the tree begin with the slug of the root page, those on the site don't."""
        return page.url_path[len(self.url_path) - 1 :]


def _root() -> Root:
    roots = Site.objects.filter(is_default_site=True).values_list("root_page__path", "root_page__url_path")
    return Root(*(roots.first() or (None, "/")))


def _public(pages: QuerySet[BasePage], root: Root) -> QuerySet[BasePage]:
    """Those ``pages`` that anybody may read on the site."""
    if root.path is None:
        return pages.none()
    return without_hidden_regions(pages.live().public().filter(path__startswith=root.path))


def _appears_or_vanishes(region: Page, root: Root) -> bool:
    """Whether all that lies below ``region`` becomes public or is hidden, along with it or by its being closed."""
    top = BasePage.objects.filter(path__startswith=region.path, depth__lte=region.depth + 1)
    return PageDocument.objects.filter(page__in=top).count() != _public(top, root).count()


def _write_rows(pages: Iterable[BasePage], root: Root) -> None:
    rows = [
        PageDocument(
            page_id=page.pk,
            type=page.cached_content_type.model_class()._meta.label,
            path=page.path,
            depth=page.depth,
            html_path=root.html_path(page),
            title=page.title,
            slug=page.slug,
            date=page.date or NO_DATE,
            start=page.starts_at or NO_MOMENT,
            end=page.ends_at,
            first_published_at=page.first_published_at or NO_MOMENT,
            last_published_at=page.last_published_at or NO_MOMENT,
        )
        for page in pages
    ]
    paths = {row.path[:PATH_LENGTH] for row in rows}
    regions = dict(region_model().objects.filter(path__in=paths).values_list("path", "pk"))
    for row in rows:
        row.region = regions.get(row.path[:PATH_LENGTH])
    PageDocument.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["page"], update_fields=COLUMNS, batch_size=BATCH
    )
    for start in range(0, len(rows), BATCH):
        follow_filing([row.pk for row in rows[start : start + BATCH]])


def _copy_places(documents: QuerySet[PageDocument], root: Root) -> None:
    """Copy from the pages where they are: place in the tree, path on the site, region."""
    page = Page.objects.filter(pk=OuterRef("pk"))
    html_path = Substr(Cast("url_path", CharField()), len(root.url_path))
    path = Page.objects.filter(pk=OuterRef(OuterRef("pk"))).values("path")[:1]
    region = region_model().objects.filter(path=Substr(Subquery(path), 1, PATH_LENGTH))
    documents.update(
        path=Subquery(page.values("path")[:1]),
        depth=Subquery(page.values("depth")[:1]),
        html_path=Subquery(page.annotate(html_path=html_path).values("html_path")[:1]),
        region=Subquery(region.values("pk")[:1]),
    )


def _replace_addresses(page: BasePage, root: Root) -> None:
    """Give all below ``page`` the addresses that go with its own.

    Wagtail does so for the pages only after the signal that a page was saved, so those are still the old ones.
    """
    children = Page.objects.filter(path__startswith=page.path, depth=page.depth + 1)
    child = children.first() if page.numchild else None
    if child is None or child.url_path.startswith(page.url_path):
        return
    before = child.url_path.removesuffix(f"{child.slug}/")
    rest = Substr("html_path", len(before) - len(root.url_path) + 2)
    below = PageDocument.objects.filter(path__startswith=page.path, depth__gt=page.depth)
    below.update(html_path=Concat(Value(root.html_path(page)), rest))
