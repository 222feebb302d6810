"""Everybody who registered for one event: numbers, a list to search and tick off, and the same as a spreadsheet."""

from collections import OrderedDict

import django_filters
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from agenda.models import EventSession, OutgoingMail, Registration
from agenda.registration.form import QUESTION
from agenda.registration.status import status_of
from cms.listing import ButtonsColumn, WhenColumn

from .access import HOME, TO_EVENTS, AboutEvent
from .overview import overview

State = Registration.State
FAILED_MAILS = OutgoingMail.objects.filter(registration=OuterRef("pk"), state=OutgoingMail.State.GIVEN_UP)
STATES = {
    **{state.value: {"state": state} for state in State},
    "present": {"attended_at__isnull": False},
    "absent": {"state": State.CONFIRMED, "attended_at": None},
    "failed": {"has_failed_mail": True},
}
STATE_LABELS = [
    *State.choices,
    ("present", _("Aanwezig")),
    ("absent", _("Aangemeld, nog niet aanwezig")),
    ("failed", _("Mail niet aangekomen")),
]


class PersonColumn(TitleColumn):
    """The name, with what else tells who it is."""

    cell_template_name = "agenda/registrations/person_cell.html"


class PeopleFilterSet(WagtailFilterSet):
    session = django_filters.ModelChoiceFilter(label=_("Sessie"), queryset=EventSession.objects.none())
    state = django_filters.ChoiceFilter(label=_("Status"), choices=STATE_LABELS, method="filter_state")

    class Meta:
        model = Registration
        fields = ["session", "state"]

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        sessions = EventSession.objects.filter(event=event.pk)
        if sessions:
            self.filters["session"].queryset = sessions
        else:
            del self.filters["session"]

    def filter_state(self, registrations, name, value):
        return registrations.filter(**STATES[value])


class PeopleView(AboutEvent, SpreadsheetExportMixin, BaseListingView):
    """A spreadsheet has what the list shows with its filters, so that there is one of each session too."""

    model = Registration
    header_icon = "group"
    template_name = "agenda/registrations/list.html"
    results_template_name = "agenda/registrations/people_results.html"
    verbose_name_plural = _("aanmeldingen")
    breadcrumbs_items = [*HOME, TO_EVENTS]
    filterset_class = PeopleFilterSet
    is_searchable = True
    search_backend_name = None
    search_fields = ["name", "email", "organisation"]
    default_ordering = "sort_name"
    paginate_by = 50

    def get_page_title(self):
        return self.event.title

    def get_index_url(self):
        return reverse("registrations:event", args=[self.event.pk])

    def get_index_results_url(self):
        return reverse("registrations:event_results", args=[self.event.pk])

    def get_filename(self):
        return f"aanmeldingen-{self.event.slug}"

    def get_filterset_kwargs(self):
        return super().get_filterset_kwargs() | {"event": self.event}

    def get_base_queryset(self):
        found = self.event.registrations.select_related("session", "reserve", "audience")
        found = found.annotate(sort_name=Lower("name"), has_failed_mail=Exists(FAILED_MAILS))
        return found.prefetch_related("answers") if self.is_export else found

    def order_queryset(self, queryset):
        return super().order_queryset(queryset).order_by(self.ordering, "pk")

    @cached_property
    def columns(self):
        session = Column("session", label=_("Sessie"), sort_key="session__sort_order")
        has_sessions = EventSession.objects.filter(event=self.event.pk).exists()
        return [
            PersonColumn("name", label=_("Naam"), get_url=self.person_url, sort_key="sort_name"),
            ButtonsColumn("attended", label=_("Aanwezig"), template="agenda/registrations/attendance_cell.html"),
            StatusTagColumn(
                "state",
                label=_("Status"),
                accessor="get_state_display",
                primary=lambda registration: registration.state == State.CONFIRMED,
                sort_key="state",
            ),
            *([session] if has_sessions else []),
            WhenColumn("created_at", label=_("Aangemeld op"), sort_key="created_at"),
        ]

    def person_url(self, registration: Registration) -> str:
        return reverse("registrations:person", args=[self.event.pk, registration.pk])

    def get_context_data(self, *args, **kwargs):
        return super().get_context_data(*args, **kwargs) | {
            "event": self.event,
            "overview": overview(self.event),
            "status": status_of(self.event, timezone.now()),
        }

    def render_to_response(self, context, **kwargs):
        if self.is_export:
            return self.as_spreadsheet(context["object_list"], self.request.GET["export"])
        return super().render_to_response(context, **kwargs)

    @cached_property
    def export_headings(self):
        return {
            "name": _("Naam"),
            "email": _("E-mailadres"),
            "organisation": _("School of bedrijf"),
            "audience": _("Doelgroep"),
            "session": _("Sessie"),
            "reserve": _("Reservekeuze"),
            "state": _("Status"),
            "present": _("Aanwezig"),
            "created_at": _("Aangemeld op"),
            **{f"{QUESTION}{question.pk}": question.label for question in self.event.questions.all()},
        }

    @cached_property
    def list_export(self):
        return list(self.export_headings)

    def to_row_dict(self, item):
        answers = {f"{QUESTION}{answer.question_id}": answer.text for answer in item.answers.all()}
        row = {
            "name": item.name,
            "email": item.email,
            "organisation": item.organisation,
            "audience": str(item.audience or ""),
            "session": str(item.session or ""),
            "reserve": str(item.reserve or ""),
            "state": item.get_state_display(),
            "present": str(_("ja")) if item.attended_at else "",
            "created_at": timezone.make_naive(item.created_at).replace(
                microsecond=0
            ),  # spreadsheets know no time zones
            **answers,
        }
        return OrderedDict((name, row.get(name, "")) for name in self.list_export)
