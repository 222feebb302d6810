"""Which region a page belongs to: the region page above it in the tree.

Regions live at one fixed depth (home page, region index, region), so the region of a page is a prefix of its
``path`` and no column has to be kept in step. The page type itself is named in ``settings.REGION_PAGE_MODEL``.
"""

from collections.abc import Iterable

from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet
from wagtail.models import Page

REGION_DEPTH = 4
PATH_LENGTH = REGION_DEPTH * Page.steplen


def region_model() -> type[Page]:
    return apps.get_model(settings.REGION_PAGE_MODEL)


def region_of(page: Page) -> Page | None:
    """The live region that ``page`` is or lies under; ``None`` for what is national."""
    if not hasattr(page, "_region"):
        attach_regions([page])
    return page._region


def attach_regions(pages: Iterable[Page]) -> None:
    """Look up the regions of all ``pages`` in one query, for ``region_of`` to find."""
    pages = list(pages)
    paths = {page.path[:PATH_LENGTH] for page in pages if page.depth >= REGION_DEPTH}
    regions = region_model().objects.live().filter(path__in=paths).defer_streamfields() if paths else []
    regions_by_path = {region.path: region for region in regions}
    for page in pages:
        page._region = regions_by_path.get(page.path[:PATH_LENGTH])


def closed_regions() -> QuerySet:
    """The regions of which readers see the front page only: the model says in ``closed`` which those are."""
    return region_model().objects.filter(region_model().closed)


def without_hidden_regions(pages):
    """Those of the queryset ``pages`` that readers may reach.

    What lies below a region that is offline, or not published yet, goes with it; a closed region keeps its front page.
    """
    for path in region_model().objects.filter(live=False).values_list("path", flat=True):
        pages = pages.exclude(path__startswith=path)
    for path in closed_regions().filter(live=True).values_list("path", flat=True):
        pages = pages.exclude(path__startswith=path, depth__gt=REGION_DEPTH)
    return pages
