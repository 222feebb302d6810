"""How much each region publishes, and which regions have fallen silent.

Counted are dated items that are public, by the date that readers see: an item that was brought along from an older
site counts for the day it was written. Days are those of Europe/Amsterdam.
"""

import datetime
from collections import Counter
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Count, Max, Prefetch, Q, QuerySet
from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.models import PageDocument
from cms.models.documents import NO_DATE
from cms.region import PATH_LENGTH, REGION_DEPTH

from .models import RegionPage

PERIODS = (30, 90, 365)
"""In days."""
ACTIVE, CALM, SILENT = "actief", "rustig", "stil"
LABELS = {ACTIVE: _("actief"), CALM: _("rustig"), SILENT: _("stil")}


@dataclass
class Activity:
    """What one region did; ``published`` has a number for each kind and period, such as ``nieuws_30``."""

    region: RegionPage
    published: Counter = field(default_factory=Counter)
    last: datetime.date | None = None
    drafts: int = 0
    nominations: int = 0
    """Open ones; whoever knows of nominations fills it in."""

    @cached_property
    def status(self) -> str:
        if self.last is None:
            return SILENT
        days = (timezone.localdate() - self.last).days
        return ACTIVE if days < settings.REGION_ACTIVE_DAYS else CALM if days < settings.REGION_CALM_DAYS else SILENT

    @property
    def status_label(self) -> str:
        return LABELS[self.status]

    @cached_property
    def totals(self) -> dict[int, int]:
        """The number of items of all kinds in each period."""
        return {days: sum(self.published[f"{kind}_{days}"] for kind in settings.ITEM_KINDS) for days in PERIODS}

    @property
    def editors(self) -> list:
        """Those who may log in, the last seen first."""
        access = getattr(self.region, "access", None)
        return list(access.group.active_users) if access else []

    @property
    def editors_in_words(self) -> str:
        return "; ".join(
            f"{editor} ({timezone.localtime(editor.last_login):%d-%m-%Y})" if editor.last_login else str(editor)
            for editor in self.editors
        )

    @property
    def addresses(self) -> list[str]:
        """Whom to write to: the address on the site, else the editors."""
        return [self.region.contact_email] if self.region.contact_email else [user.email for user in self.editors]


def activities() -> list[Activity]:
    """Of all regions that are active, by name; takes the same number of queries however many there are."""
    users = get_user_model().objects.filter(is_active=True).order_by("-last_login", "email")
    regions = (
        RegionPage.objects.filter(status=RegionPage.Status.ACTIVE)
        .select_related("access__group")
        .prefetch_related(Prefetch("access__group__user_set", users, to_attr="active_users"))
        .defer_streamfields()
        .order_by("title")
    )
    found = [Activity(region) for region in regions]
    _count_items({activity.region.pk: activity for activity in found})
    _count_drafts({activity.region.path: activity for activity in found})
    return found


def count_by_region(pages: QuerySet, path: str = "path") -> dict[str, int]:
    """How many of ``pages`` each region has, by the path of the region; ``path`` leads to the path of a page."""
    return dict(
        pages.order_by().annotate(in_region=Substr(path, 1, PATH_LENGTH)).values_list("in_region").annotate(Count("pk"))
    )


def public_regions() -> QuerySet[PageDocument]:
    """The documents of the regions that are active as an organisation: neither merged nor closed."""
    active = RegionPage.objects.filter(status=RegionPage.Status.ACTIVE).order_by()
    return PageDocument.objects.filter(page__in=active.values("pk"))


def count_active() -> int:
    """How many of them have a public item of the last days; changes at midnight."""
    today = timezone.localdate()
    recent = PageDocument.objects.filter(
        region__in=public_regions().values("pk"),
        type__in=_kinds(),
        date__gt=today - datetime.timedelta(settings.REGION_ACTIVE_DAYS),
        date__lte=today,
    )
    return recent.aggregate(Count("region", distinct=True))["region__count"]


def _kinds() -> dict[str, str]:
    """The kind of each type of item."""
    return {label: kind for kind, labels in settings.ITEM_KINDS.items() for label in labels}


def _count_items(by_id: dict[int, Activity]) -> None:
    today = timezone.localdate()
    numbers = {f"in_{days}": Count("pk", filter=Q(date__gt=today - datetime.timedelta(days))) for days in PERIODS}
    kinds = _kinds()
    items = PageDocument.objects.filter(region__in=by_id, type__in=kinds, date__gt=NO_DATE, date__lte=today)
    for row in items.order_by().values("region", "type").annotate(last=Max("date"), **numbers):
        activity = by_id[row["region"]]
        activity.last = max(filter(None, (activity.last, row["last"])))
        for days in PERIODS:
            activity.published[f"{kinds[row['type']]}_{days}"] += row[f"in_{days}"]


def _count_drafts(by_path: dict[str, Activity]) -> None:
    drafts = Page.objects.filter(has_unpublished_changes=True, depth__gte=REGION_DEPTH)
    for path, number in count_by_region(drafts).items():
        if path in by_path:
            by_path[path].drafts = number
