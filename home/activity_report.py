"""The report by which national editors see which regions publish, and which could use a push."""

import datetime
from collections import Counter
from operator import attrgetter
from urllib.parse import quote

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import HeaderButton
from wagtail.models import Page

from cms.listing import WhenColumn
from cms.national import NationalOnly
from regions.activity import ACTIVE, LABELS, PERIODS, SILENT, Activity, activities, count_by_region

from .models import Nomination

KIND_LABELS = {"nieuws": _("nieuws"), "agenda": _("agenda"), "inspiratie": _("inspiratie")}
SORT_KEYS = {
    "title": lambda activity: activity.region.title.casefold(),
    "status": lambda activity: list(LABELS).index(activity.status),
    "last": lambda activity: activity.last or datetime.date.min,
    "drafts": attrgetter("drafts"),
    "nominations": attrgetter("nominations"),
    **{f"in_{days}": lambda activity, days=days: activity.totals[days] for days in PERIODS},
}


def activities_with_nominations() -> list[Activity]:
    found = activities()
    numbers = count_by_region(Nomination.objects.open(), "page__path")
    for activity in found:
        activity.nominations = numbers.get(activity.region.path, 0)
    return found


class PublishedColumn(Column):
    """How many items in a number of days, and of which kinds; a bar, if ``most`` says how many the busiest has."""

    cell_template_name = "home/published_cell.html"

    def __init__(self, days: int, most: int = 0):
        super().__init__(f"in_{days}", label=_("%(days)s dagen") % {"days": days}, sort_key=f"in_{days}")
        self.days = days
        self.most = most

    def get_value(self, activity):
        return activity.totals[self.days]

    def get_cell_context_data(self, activity, parent_context):
        numbers = {label: activity.published[f"{kind}_{self.days}"] for kind, label in KIND_LABELS.items()}
        kinds = [f"{number} {label}" for label, number in numbers.items() if number]
        return super().get_cell_context_data(activity, parent_context) | {"kinds": ", ".join(kinds)}


class EditorsColumn(Column):
    """Those who may log in, and when each last did."""

    cell_template_name = "home/editors_cell.html"


class StatusFilterForm(forms.Form):
    status = forms.ChoiceField(label=_("Status"), choices=[("", _("alle")), *LABELS.items()], required=False)


class ActivityReportView(NationalOnly, ReportView):
    """All regions at once: there are some eighty, and what is compared belongs on one page."""

    page_title = _("Regio's")
    header_icon = "globe"
    index_url_name = "activity_report"
    index_results_url_name = "activity_report_results"
    results_template_name = "home/activity_report_results.html"
    default_ordering = "title"
    paginate_by = None
    list_export = [
        "region.title",
        "status_label",
        *(f"published.{kind}_{days}" for days in PERIODS for kind in KIND_LABELS),
        "last",
        "drafts",
        "nominations",
        "editors_in_words",
        "region.contact_name",
        "region.contact_email",
    ]
    export_headings = {
        "region.title": _("Regio"),
        "status_label": _("Status"),
        **{
            f"published.{kind}_{days}": _("%(kind)s in %(days)s dagen") % {"kind": label, "days": days}
            for days in PERIODS
            for kind, label in KIND_LABELS.items()
        },
        "last": _("Laatste item"),
        "drafts": _("Concepten"),
        "nominations": _("Open voordrachten"),
        "editors_in_words": _("Redacteuren (laatst ingelogd)"),
        "region.contact_name": _("Contactpersoon"),
        "region.contact_email": _("E-mailadres"),
    }

    @cached_property
    def all(self) -> list[Activity]:
        return activities_with_nominations()

    @cached_property
    def status_form(self) -> StatusFilterForm:
        return StatusFilterForm(self.request.GET)

    @cached_property
    def columns(self) -> list[Column]:
        *shorter, longest = PERIODS
        return [
            TitleColumn(
                "region",
                label=_("Regio"),
                sort_key="title",
                get_url=lambda activity: explore_url(activity.region),
                width="22%",
            ),
            StatusTagColumn(
                "status_label", label=_("Status"), sort_key="status", primary=lambda activity: activity.status == ACTIVE
            ),
            *(PublishedColumn(days) for days in shorter),
            PublishedColumn(longest, most=max((activity.totals[longest] for activity in self.all), default=0)),
            WhenColumn("last", label=_("Laatste item"), sort_key="last"),
            Column("drafts", label=_("Concepten"), sort_key="drafts"),
            Column("nominations", label=_("Voordrachten"), sort_key="nominations"),
            EditorsColumn("editors", label=_("Redacteuren")),
        ]

    @property
    def header_buttons(self):
        silent = [activity for activity in self.all if activity.status == SILENT]
        return [HeaderButton(_("Mail de stille regio's"), url=mail_to(silent), icon_name="mail")] if silent else []

    def get_queryset(self) -> list[Activity]:
        status = self.status_form.is_valid() and self.status_form.cleaned_data["status"]
        found = [activity for activity in self.all if not status or activity.status == status]
        key = self.ordering.removeprefix("-")
        return sorted(found, key=SORT_KEYS[key], reverse=self.ordering != key)

    def get_context_data(self, **kwargs):
        counts = Counter(activity.status for activity in self.all)
        return super().get_context_data(**kwargs) | {
            "status_form": self.status_form,
            "summary": [(label, counts[status]) for status, label in LABELS.items()],
        }


def explore_url(region: Page) -> str:
    return reverse("wagtailadmin_explore", args=[region.pk])


def mail_to(silent: list[Activity]) -> str:
    """Opens a mail to all of them, hidden from each other, that only has to be sent (RFC 6068)."""
    addresses = ",".join(quote(address, safe="@") for activity in silent for address in activity.addresses)
    subject = _now("Laat zien wat er in uw regio gebeurt")
    body = _now(
        "Beste redactie,\r\n\r\n"
        "Op de site van uw regio staat al een tijd niets nieuws. Een kort bericht is genoeg: een foto van een "
        "les, een bezoek aan een bedrijf, een datum voor de agenda.\r\n\r\n"
        "Inloggen: %(url)s\r\n\r\n"
        "Lukt het niet, of is er iemand anders aan zet? Laat het weten, dan helpen we verder."
    ) % {"url": settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_home")}
    return f"mailto:?bcc={addresses}&subject={quote(subject)}&body={quote(body)}"
