"""What all changes to regions have in common: what is refused, whom to wait for, and how a region is changed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.models import User
from cms.old_addresses import address_of
from regions.models import RegionIndexPage, RegionPage


class Refused(ValidationError):
    """A change to a region that can't be made; the message tells the editor why, ``code`` tells programs."""


def lock(*regions: RegionPage) -> list[RegionPage]:
    """Wait for all who are changing ``regions`` or pages below them, and keep others out; gives them as they are now.

    The overview of regions is locked first: changes to regions wait for each other. Pages come before the documents
    (``DocumentState``), as when an editor saves one, so that nobody waits in a circle. For use in a transaction.
    """
    pages = Page.objects.select_for_update().order_by("pk")
    list(pages.filter(pk__in=RegionIndexPage.objects.values("pk")).values_list("pk"))
    below = Q()
    for region in regions:
        below |= Q(path__startswith=region.path)
    if regions:
        list(pages.filter(below).values_list("pk"))
    found = RegionPage.objects.in_bulk([region.pk for region in regions])
    if len(found) < len({region.pk for region in regions}):
        raise Refused(_("Deze regio bestaat niet meer."), code="gone")
    return [found[region.pk] for region in regions]


def change(region: RegionPage, values: dict[str, Any], user: User | None = None) -> None:
    """Put ``values`` in what readers see and in the draft that an editor may be working on.

    Raises ``ValidationError`` for what an editor could not publish either.
    """
    draft = region.get_latest_revision_as_object() if region.has_unpublished_changes else None
    for page in filter(None, (region, draft)):
        for name, value in values.items():
            setattr(page, name, value)
    region.full_clean()
    region.save()
    revision = region.save_revision(user=user, clean=False)
    if draft:
        draft.save_revision(user=user, clean=False)
    elif region.live:
        revision.publish(user=user)


def check_open(region: RegionPage) -> None:
    """Refuse a region that readers don't have as a whole."""
    refusals = {
        RegionPage.Status.CLOSED: (_("Regio %(region)s is gesloten."), "closed"),
        RegionPage.Status.MERGED: (_("Regio %(region)s is al samengevoegd met een andere."), "merged"),
    }
    message, code = refusals.get(region.status, (_("Regio %(region)s staat niet online."), "offline"))
    if region.status != RegionPage.Status.ACTIVE or not region.live:
        raise Refused(message % {"region": region.title}, code=code)


def check_slug(slug: str) -> str:
    """The last part of an address in lower case; raises ``ValidationError`` for anything else."""
    validate_slug(slug)
    if slug != slug.lower():
        raise ValidationError({"slug": _("'%(slug)s' moet in kleine letters.") % {"slug": slug}})
    return slug


def check_free(title: str, slug: str, region: RegionPage | None = None) -> None:
    """Refuse a name or an address that is, or was, another's than ``region``'s."""
    own = region.pk if region else None
    others = RegionPage.objects.exclude(pk=own)
    if others.filter(title__iexact=title).exists():
        raise Refused(_("Er is al een regio die %(title)s heet.") % {"title": title}, code="title")
    index = RegionIndexPage.objects.get()
    if index.get_children().exclude(pk=own).filter(slug=slug).exists():
        raise Refused(_("Het adres ‘%(slug)s’ is al van een andere regio.") % {"slug": slug}, code="slug")
    path = f"{address_of(index.pk) or '/'}{slug}"
    former = Redirect.objects.filter(old_path=Redirect.normalise_path(path)).exclude(redirect_page=own)
    if former.exists():
        message = _("Het adres ‘%(slug)s’ was van een andere regio en leidt daar nog heen.")
        raise Refused(message % {"slug": slug}, code="former")
