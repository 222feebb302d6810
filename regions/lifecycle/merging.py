"""One region goes into another: its content moves to the matching sections there, or stays where it is.

With the content come the files, and the editors, who go from one group to the other. The merged region then goes
offline and all its addresses lead on. When the content stays, the region stays online as it was, with a notice, and its
editors get the other region's rights beside their own.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from wagtail.actions.move_page import MovePageAction
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Collection, Page
from wagtail.query import PageQuerySet

from cms.models import PageDocument, User
from cms.old_addresses import LONGEST, lead
from regions.models import RegionPage
from regions.signals import region_merged, region_merging

from .changes import Refused, change, check_open, lock


@dataclass(frozen=True)
class Move:
    """A page that goes, with all below it, from one parent to another."""

    page: int
    parent: int
    title: str
    old_url_path: str
    url_path: str
    """It ends in another slug than ``old_url_path`` when that is, or was, in use there."""

    @property
    def old_slug(self) -> str:
        return _last_part(self.old_url_path)

    @property
    def slug(self) -> str:
        return _last_part(self.url_path)

    @property
    def is_renamed(self) -> bool:
        return self.slug != self.old_slug


@dataclass(frozen=True)
class Detour:
    """An address that leads to another page from then on."""

    old_path: str
    page: int


@dataclass(frozen=True)
class MergePlan:
    title: str
    into: str
    with_content: bool
    editors: int
    """How many people get the rights of the other region, who hadn't got them."""
    moves: tuple[Move, ...] = ()
    kinds: tuple[tuple[str, int], ...] = ()
    """How many pages move, drafts and all that lies deeper included, by kind."""
    drafts: int = 0
    """How many of those aren't online."""
    redirects: tuple[str, ...] = ()
    """The old addresses that get a redirect; what lies deeper follows (``cms.api.paths``)."""
    detours: tuple[Detour, ...] = ()
    """Those of ``redirects`` that the moves don't make of their own accord."""
    images: int = 0
    documents: int = 0
    notes: tuple[str, ...] = ()
    """What features say that becomes of what is their own (``regions.signals``)."""

    @property
    def renamed(self) -> list[Move]:
        return [move for move in self.moves if move.is_renamed]

    def sentences(self) -> list[str]:
        words = {"title": self.title, "into": self.into, "editors": self.editors}
        if not self.with_content:
            return [
                _("Regio %(title)s blijft staan, met het bericht dat zij is opgegaan in %(into)s.") % words,
                _("Alle pagina's en bestanden blijven waar ze zijn, op hetzelfde adres.") % words,
                _("Redacteuren die er de rechten van %(into)s bij krijgen: %(editors)d.") % words,
                *self.notes,
            ]
        words |= {"drafts": self.drafts, "redirects": len(self.redirects)}
        words |= {"images": self.images, "documents": self.documents}
        moving = ", ".join(f"{number} {kind}" for kind, number in self.kinds) or _("geen")
        sentences = [
            _("Regio %(title)s gaat offline en gaat op in %(into)s.") % words,
            _("Pagina's die verhuizen: %(kinds)s.") % {"kinds": moving},
        ]
        if self.drafts:
            sentences.append(_("Daarvan niet online, en dat blijft zo: %(drafts)d.") % words)
        if self.renamed:
            titles = ", ".join(f"‘{move.title}’" for move in self.renamed)
            renamed = {"number": len(self.renamed), "titles": titles}
            sentences.append(
                _("Pagina's met een nieuw adres, omdat het oude daar al bestaat: %(number)d (%(titles)s).") % renamed
            )
        return sentences + [
            _("Oude adressen die voortaan doorverwijzen: %(redirects)d.") % words,
            _("Redacteuren die meegaan naar de groep van %(into)s: %(editors)d.") % words,
            _("Bestanden naar de collectie van %(into)s: %(images)d afbeeldingen, %(documents)d documenten.") % words,
            _("De tekst en het contact op de voorpagina van %(title)s verhuizen niet mee.") % words,
            *self.notes,
        ]


def plan_merge(source: RegionPage, target: RegionPage, with_content: bool) -> MergePlan:
    """What ``merge`` would do, in the same number of queries however many pages there are. Raises ``Refused``."""
    if source.pk == target.pk:
        raise Refused(_("Een regio kan niet opgaan in zichzelf."), code="self")
    check_open(source)
    check_open(target)
    gained = User.objects.filter(groups=source.access.group).exclude(groups=target.access.group)
    notes = _notes(source, target, with_content)
    plan = MergePlan(source.title, target.title, with_content, editors=gained.count(), notes=notes)
    if not with_content:
        return plan
    sections = _matching_sections(source, target)
    moves = _moves(source, target, sections)
    addresses = dict(PageDocument.objects.filter(path__startswith=source.path).values_list("page_id", "html_path"))
    detours = _detours(source, target, sections, moves, addresses)
    redirects = {detour.old_path for detour in detours}
    redirects |= {Redirect.normalise_path(addresses[move.page]) for move in moves if move.page in addresses}
    coming = Page.objects.descendant_of(source).exclude(pk__in=sections)
    collections = Collection.objects.descendant_of(source.access.collection, inclusive=True)
    return replace(
        plan,
        moves=tuple(moves),
        kinds=tuple(_by_kind(coming)),
        drafts=coming.filter(live=False).count(),
        redirects=tuple(sorted(path for path in redirects if len(path) <= LONGEST)),
        detours=tuple(detours),
        images=get_image_model().objects.filter(collection__in=collections).count(),
        documents=get_document_model().objects.filter(collection__in=collections).count(),
    )


@transaction.atomic
def merge(source: RegionPage, target: RegionPage, with_content: bool, user: User | None = None) -> MergePlan:
    """Merge ``source`` into ``target`` and say what was done. Raises ``Refused``."""
    source, target = lock(source, target)
    plan = plan_merge(source, target, with_content)
    group = source.access.group
    target.access.group.user_set.add(*group.user_set.all())
    if with_content:
        _lead_on(source, target, plan.detours)
        for move in plan.moves:
            _carry_out(move, user)
        _hand_over_files(source.access.collection, target.access.collection)
        group.user_set.clear()
        source.refresh_from_db()
        source.unpublish(user=user)
    region_merged.send(RegionPage, source=source, target=target, with_content=with_content)
    change(source, {"status": RegionPage.Status.MERGED, "merged_into": target}, user)
    log(source, "regions.merge", user=user, data={"into": target.title, "pages": sum(dict(plan.kinds).values())})
    return plan


def _notes(source: RegionPage, target: RegionPage, with_content: bool) -> tuple[str, ...]:
    try:
        told = region_merging.send(RegionPage, source=source, target=target, with_content=with_content)
    except ValidationError as error:
        raise Refused(error.messages, code="needed") from error
    return tuple(sentence for _receiver, sentences in told for sentence in sentences)


def _matching_sections(source: RegionPage, target: RegionPage) -> dict[int, tuple[Page, Page]]:
    """The pages right below ``source`` of a kind that a region has one of, by id, each with that of ``target``."""
    theirs = {page.content_type_id: page for page in target.get_children()}
    return {
        page.pk: (page, theirs[page.content_type_id])
        for page in source.get_children()
        if page.specific_class.max_count_per_parent == 1 and page.content_type_id in theirs
    }


def _moves(source: RegionPage, target: RegionPage, sections: dict[int, tuple[Page, Page]]) -> list[Move]:
    """What lies in a section goes to its match; all else right below the region goes right below the other."""
    parents = {source.path: target, **{own.path: match for own, match in sections.values()}}
    near = Page.objects.descendant_of(source).filter(depth__lte=source.depth + 2).exclude(pk__in=sections)
    coming = [(page, parents[_above(page)]) for page in near.order_by("path") if _above(page) in parents]
    taken = _taken(target, parents.values())
    slugs = {page.slug for page, _parent in coming}
    moves = []
    for page, parent in coming:
        slug = page.slug
        if slug in taken[parent.pk]:
            slug = _free(f"{slug}-{source.slug}", taken[parent.pk] | slugs)
        taken[parent.pk].add(slug)
        moves.append(Move(page.pk, parent.pk, page.title, page.url_path, f"{parent.url_path}{slug}/"))
    return moves


def _taken(target: RegionPage, parents: Iterable[Page]) -> dict[int, set[str]]:
    """The slugs that pages below each of ``parents`` have, or had: what was there is still looked for there."""
    near = Page.objects.descendant_of(target).filter(depth__lte=target.depth + 2).values_list("path", "slug")
    by_parent = defaultdict(set)
    for path, slug in near:
        by_parent[path[: -Page.steplen]].add(slug)
    front = PageDocument.objects.get(pk=target.pk).html_path
    former = defaultdict(set)
    for old_path in Redirect.objects.filter(old_path__startswith=front).values_list("old_path", flat=True):
        above, _slash, slug = old_path.rpartition("/")
        former[f"{above}/"].add(slug)
    return {
        parent.pk: by_parent[parent.path] | former[front + parent.url_path.removeprefix(target.url_path)]
        for parent in parents
    }


def _free(slug: str, taken: set[str]) -> str:
    """``slug``, with a number behind it when that is taken too."""
    slug = slug[: LONGEST - 10]
    numbered = (f"{slug}-{number}" for number in itertools.count(2))
    return next(free for free in itertools.chain([slug], numbered) if free not in taken)


def _detours(
    source: RegionPage,
    target: RegionPage,
    sections: dict[int, tuple[Page, Page]],
    moves: list[Move],
    addresses: dict[int, str],
) -> list[Detour]:
    """What moving the pages doesn't redirect of its own accord.

    The region and its sections stay behind, empty. And an address that the region or a section had before leads to the
    other's from then on: whatever has another place below that needs a redirect for each of those addresses.
    """
    left = [(own.pk, own.url_path, match if match.live else target) for own, match in sections.values()]
    left.append((source.pk, source.url_path, target))
    detours = [Detour(Redirect.normalise_path(addresses[pk]), heir.pk) for pk, _path, heir in left if pk in addresses]
    new_places = [(heir.pk, old, heir.url_path) for pk, old, heir in left if pk in addresses]
    new_places += [(move.page, move.old_url_path, move.url_path) for move in moves if move.page in addresses]
    heirs = {pk: (old, heir.url_path) for pk, old, heir in left}
    former = Redirect.objects.filter(redirect_page__in=heirs).values_list("old_path", "redirect_page_id")
    below = Q(pk=None)
    for old_path, _pk in former:
        below |= Q(old_path__startswith=f"{old_path}/")
    known = set(Redirect.objects.filter(below).values_list("old_path", flat=True))
    for old_path, pk in former:
        old_front, new_front = heirs[pk]
        for page, old, new in new_places:
            rest = old.removeprefix(old_front)
            if old.startswith(old_front) and rest and rest != new.removeprefix(new_front):
                detours.append(Detour(Redirect.normalise_path(f"{old_path}/{rest}"), page))
    return [detour for detour in detours if detour.old_path not in known]


def _by_kind(pages: PageQuerySet) -> list[tuple[str, int]]:
    """The number of ``pages`` of each kind, as ``(kind, number)``, the most frequent first."""
    numbers = pages.order_by().values_list("content_type").annotate(Count("pk")).order_by("-pk__count", "content_type")
    types = ContentType.objects.in_bulk([content_type for content_type, _number in numbers])
    kinds = [(types[content_type].model_class()._meta, number) for content_type, number in numbers]
    return [(str(kind.verbose_name if number == 1 else kind.verbose_name_plural), number) for kind, number in kinds]


def _lead_on(source: RegionPage, target: RegionPage, detours: Iterable[Detour]) -> None:
    """Redirects to what stays behind lead to its heirs from now on, and so do its own addresses."""
    heirs = {pk: match if match.live else target for pk, (_own, match) in _matching_sections(source, target).items()}
    for pk, heir in {**heirs, source.pk: target}.items():
        Redirect.objects.filter(redirect_page=pk).update(redirect_page=heir.pk)
    for detour in detours:
        lead(detour.old_path, detour.page)


def _carry_out(move: Move, user: User | None) -> None:
    if move.is_renamed:
        # Not by saving it: the page is saved when it moves, and then both are told at once.
        Page.objects.filter(pk=move.page).update(slug=move.slug)
    page, parent = Page.objects.get(pk=move.page), Page.objects.get(pk=move.parent)
    _free_address_of_drafts(page, parent, move)
    MovePageAction(page, parent, pos="last-child", user=user).execute(skip_permission_checks=True)


def _free_address_of_drafts(page: Page, parent: Page, move: Move) -> None:
    """What waits to be published keeps to the address of the page when its own is taken."""
    waiting = page.revisions.filter(Q(pk=page.latest_revision_id) | Q(approved_go_live_at__isnull=False))
    for revision in waiting:
        slug = revision.content["slug"]
        if slug != move.slug and (slug == move.old_slug or parent.get_children().filter(slug=slug).exists()):
            page.revisions.filter(pk=revision.pk).update(content={**revision.content, "slug": move.slug})


def _hand_over_files(collection: Collection, other: Collection) -> None:
    for model in (get_image_model(), get_document_model()):
        model.objects.filter(collection=collection).update(collection=other)
    for child in collection.get_children():
        child.move(Collection.objects.get(pk=other.pk), pos="sorted-child")


def _above(page: Page) -> str:
    return page.path[: -Page.steplen]


def _last_part(url_path: str) -> str:
    return url_path.strip("/").rpartition("/")[2]
