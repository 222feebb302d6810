"""The newsletters that one can subscribe to."""

from collections.abc import Iterable

from cms.region import attach_regions, region_of
from newsletter.models import NewsletterIndexPage


def open_newsletters() -> list[NewsletterIndexPage]:
    """Those that are online: first the national one, then those of regions by name; in two queries."""
    public = NewsletterIndexPage.objects.filter(document__isnull=False).select_related("document")
    return in_order(public)


def national_newsletter() -> NewsletterIndexPage | None:
    public = NewsletterIndexPage.objects.filter(document__isnull=False, document__region=None)
    return public.order_by("path").first()


def in_order(newsletters: Iterable[NewsletterIndexPage]) -> list[NewsletterIndexPage]:
    """First the national one, then those of regions by name; the regions of all are then known."""
    found = list(newsletters)
    attach_regions(found)
    return sorted(found, key=place_of)


def place_of(newsletter: NewsletterIndexPage) -> tuple:
    """By which they come in that order."""
    return (_region(newsletter), newsletter.title, newsletter.pk)


def full_title(newsletter: NewsletterIndexPage) -> str:
    """With the name of its region, as many newsletters may have one title."""
    region = _region(newsletter)
    return f"{newsletter.title} ({region})" if region and region not in newsletter.title else newsletter.title


def _region(newsletter: NewsletterIndexPage) -> str:
    region = region_of(newsletter)
    return region.title if region else ""
