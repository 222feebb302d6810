"""What became of each mail of a run; a list to filter, and the same as a spreadsheet."""

from collections import OrderedDict

import django_filters
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from cms.listing import WhenColumn
from newsletter.models import Delivery
from newsletter.subscribing.admin.access import HOME

from .access import TO_RUNS, AboutRun
from .runs import url_of

READ_AT_ONCE = 2_000
ERASED = _("gewist")


class RecipientsFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("Status"), choices=Delivery.State.choices)
    skipped = django_filters.ChoiceFilter(label=_("Reden"), choices=Delivery.Skipped.choices)

    class Meta:
        model = Delivery
        fields = ["state", "skipped"]


class RecipientsView(AboutRun, SpreadsheetExportMixin, BaseListingView):
    model = Delivery
    header_icon = "mail"
    template_name = "newsletter/runs/list.html"
    verbose_name_plural = _("mails")
    filterset_class = RecipientsFilterSet
    is_searchable = True
    search_backend_name = None
    search_fields = ["subscriber__email"]
    default_ordering = "pk"
    paginate_by = 50
    export_headings = {
        "email": _("E-mailadres"),
        "state": _("Status"),
        "skipped": _("Reden"),
        "closed_at": _("Afgehandeld op"),
        "attempts": _("Pogingen"),
        "reply": _("Antwoord van de mailserver"),
        "was_uncertain": _("Mogelijk dubbel"),
        "bounced_at": _("Teruggekomen op"),
        "complained_at": _("Klacht op"),
    }
    list_export = list(export_headings)
    columns = [
        Column("email", label=_("E-mailadres"), accessor=lambda delivery: address_of(delivery)),
        StatusTagColumn(
            "state",
            label=_("Status"),
            accessor="get_state_display",
            primary=lambda delivery: delivery.state == Delivery.State.ACCEPTED,
            sort_key="state",
        ),
        Column("skipped", label=_("Reden"), accessor="get_skipped_display"),
        WhenColumn("closed_at", label=_("Afgehandeld op"), sort_key="closed_at"),
        Column("reply", label=_("Antwoord van de mailserver")),
    ]

    def get_page_title(self):
        return _("Mails van ‘%(subject)s’") % {"subject": self.run.frozen.subject}

    def get_breadcrumbs_items(self):
        run = {"url": url_of(self.run), "label": self.run.frozen.subject}
        return [*HOME, TO_RUNS, run, {"url": "", "label": _("Mails")}]

    def get_index_url(self):
        return reverse("runs:recipients", args=[self.run.pk])

    def get_index_results_url(self):
        return reverse("runs:recipients_results", args=[self.run.pk])

    def get_filename(self):
        return f"verzending-{self.run.pk}"

    def get_base_queryset(self):
        return self.run.deliveries.select_related("subscriber")

    def get(self, request, *args, **kwargs):
        return self.export() if self.is_export else super().get(request, *args, **kwargs)

    def export(self) -> HttpResponseBase:
        """Read bit by bit: the list may be long."""
        return self.as_spreadsheet(self.get_queryset().iterator(READ_AT_ONCE), self.request.GET["export"])

    @cached_property
    def run_url(self) -> str:
        return url_of(self.run)

    def to_row_dict(self, item):
        row = {
            "email": address_of(item),
            "state": item.get_state_display(),
            "skipped": item.get_skipped_display(),
            "attempts": item.attempts,
            "reply": item.reply,
            "was_uncertain": str(_("ja")) if item.was_uncertain else "",
        }
        moments = {name: moment_of(getattr(item, name)) for name in ("closed_at", "bounced_at", "complained_at")}
        return OrderedDict((name, (row | moments)[name]) for name in self.list_export)


def address_of(delivery: Delivery) -> str:
    return delivery.subscriber.email if delivery.subscriber else str(ERASED)


def moment_of(moment):
    """Spreadsheets know no time zones."""
    return timezone.make_naive(moment).replace(microsecond=0) if moment else ""
