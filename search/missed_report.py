"""The report by which national editors see what readers looked for in vain."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django_filters import DateFromToRangeFilter
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views.reports import ReportView

from cms.listing import WhenColumn
from cms.national import NationalMenuItem, NationalOnly

from . import missed
from .models import MissedQuestion

REPORT = "reports/niet-gevonden/"


class PeriodFilter(WagtailFilterSet):
    day = DateFromToRangeFilter(label=_("Periode"), widget=DateRangePickerWidget)

    class Meta:
        model = MissedQuestion
        fields: list[str] = []


class MissedReportView(NationalOnly, ReportView):
    """A question has to be asked often enough within the period that is chosen."""

    page_title = _("Gezocht, niet gevonden")
    header_icon = "search"
    index_url_name = "missed_questions"
    index_results_url_name = "missed_questions_results"
    results_template_name = "search/missed_report_results.html"
    filterset_class = PeriodFilter
    is_searchable = True
    search_fields = ["question"]
    default_ordering = "-days"
    columns = [
        Column("question", label=_("Vraag"), sort_key="question", width="50%"),
        NumberColumn("days", label=_("Op hoeveel dagen"), sort_key="days"),
        WhenColumn("last", label=_("Laatst gevraagd"), sort_key="last"),
    ]
    list_export = ["question", "days", "last"]
    export_headings = {"question": _("Vraag"), "days": _("Op hoeveel dagen"), "last": _("Laatst gevraagd")}

    def get_base_queryset(self):
        return missed.asked_often(MissedQuestion.objects.all())

    def order_queryset(self, queryset):
        return queryset.order_by(self.ordering, "-last", "question")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"shown_from": missed.SHOWN_FROM}


def urls():
    view = MissedReportView
    return [
        path(REPORT, view.as_view(), name=view.index_url_name),
        path(f"{REPORT}lijst/", view.as_view(results_only=True), name=view.index_results_url_name),
    ]


def menu_item():
    address = reverse("missed_questions")
    return NationalMenuItem(
        _("Gezocht, niet gevonden"), address, name="missed-questions", icon_name="search", order=120
    )
