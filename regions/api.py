"""The door to regions: where they are, and how much each of them publishes."""

from collections import defaultdict
from typing import Any

from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from wagtail.api.v2.utils import BadRequestError

from cms.api.contract import contract, list_of, page_item
from cms.api.doors import door
from cms.api.filters import Filter
from cms.api.items import Items
from cms.compact_json import as_json
from cms.json_schema import INTEGER, MOMENT, Named, nullable, shape
from cms.kept import kept
from cms.models import PageDocument
from cms.models.documents import NO_DATE, NO_MOMENT

from .models import RegionPage
from .models.region import Province


def _in_province(rows, value):
    if value not in Province.values:
        raise BadRequestError(f"province '{value}' doesn't exist")
    regions = RegionPage.objects.filter(Q(province=value) | Q(second_province=value))
    return rows.filter(pk__in=regions.order_by().values("pk"))


def _with_status(rows, value):
    if value not in RegionPage.Status.values:
        raise BadRequestError(f"status must be one of {', '.join(RegionPage.Status.values)}")
    return rows.filter(pk__in=RegionPage.objects.filter(status=value).order_by().values("pk"))


PROVINCE = Filter("province", "Regions in this province.", _in_province, {"enum": list(Province.values)})
STATUS = Filter(
    "status", "Regions that are active, merged or closed.", _with_status, {"enum": RegionPage.Status.values}
)

# As many as there are, so that a map takes one request.
REGIONS = Items(label=RegionPage._meta.label, filters=(PROVINCE, STATUS), order="title", max_limit=200)

ACTIVITY = shape(counts={"type": "object", "additionalProperties": INTEGER}, last_activity=nullable(MOMENT))
REGION_WITH_ACTIVITY = Named(
    "RegionWithActivity",
    {"allOf": [page_item("RegionPage"), ACTIVITY]},
    "A region with the number of its items by type, and when it last published one.",
)


@contract("regions", list_of(REGION_WITH_ACTIVITY), REGIONS.described)
@door
def regions(request: HttpRequest) -> HttpResponse:
    """Regions by name, each with ``counts`` of its items by type and ``last_activity``, its last publication."""
    listed = REGIONS.list(request)
    activity = kept("activity of regions", activity_by_region, request.token)
    silent = {"counts": {}, "last_activity": None}
    # Put behind what the document says: a text need not be parsed for it.
    listed = listed.change(lambda text: f"{text.content[:-1]},{as_json(activity.get(text.page, silent))[1:]}")
    return listed.respond()


def activity_by_region() -> dict[int, dict[str, Any]]:
    """For each region with dated items ``{counts: {type: number}, last_activity: moment}``."""
    items = PageDocument.objects.filter(region__isnull=False, date__gt=NO_DATE, last_published_at__gt=NO_MOMENT)
    activity: dict[int, dict[str, Any]] = defaultdict(lambda: {"counts": {}, "last_activity": None})
    numbers = items.values_list("region", "type").annotate(Count("pk"), Max("last_published_at"))
    for region, page_type, number, last in numbers.order_by("region", "type"):
        shown = activity[region]
        shown["counts"][page_type] = number
        shown["last_activity"] = max(filter(None, (shown["last_activity"], timezone.localtime(last))))
    return dict(activity)


urlpatterns = [path("regions/", regions)]
