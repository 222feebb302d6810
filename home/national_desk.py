"""The first screen of national editors: what they have to do with today, from all over the site."""

import datetime
from collections import Counter

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from agenda.models import EventPage
from cms.region import attach_regions, region_of
from regions.activity import LABELS, SILENT, activities

from .models import HomePage

SHOWN = 8
"""How many of each list."""
AHEAD = datetime.timedelta(days=7)


class NationalDeskPanel(Component):
    """The homepage's draft, what happens in the coming week, and which regions are silent."""

    name = "national_desk"
    template_name = "home/national_desk_panel.html"
    order = 70

    def get_context_data(self, parent_context):
        found = activities()
        counts = Counter(activity.status for activity in found)
        silent = [activity for activity in found if activity.status == SILENT]
        silent.sort(key=lambda activity: activity.last or datetime.date.min)
        return {
            "home": HomePage.objects.only("pk", "has_unpublished_changes").first(),
            "going_online": _with_regions(pages_going_online(), "go_live_at"),
            "events": _with_regions(coming_events(), "start"),
            "summary": [(label, counts[status]) for status, label in LABELS.items()],
            "silent": silent[:SHOWN],
            "report_url": reverse("activity_report"),
        }


def pages_going_online():
    """What goes online by itself in the coming week, anywhere."""
    now = timezone.now()
    return Page.objects.filter(go_live_at__gt=now, go_live_at__lt=now + AHEAD).order_by("go_live_at")


def coming_events():
    """The events of the coming week that are public."""
    now = timezone.now()
    events = EventPage.objects.filter(document__isnull=False, start__gt=now, start__lt=now + AHEAD)
    return events.order_by("start")


def _with_regions(pages, moment: str) -> list[tuple]:
    """The first few as ``(page, moment, region)``."""
    shown = list(pages[:SHOWN])
    attach_regions(shown)
    return [(page, getattr(page, moment), region_of(page)) for page in shown]
