"""The screen "Aanmeldingen": the events of an editor that people register for, the next one first."""

import datetime

from django.db.models import Case, Count, F, Q, When
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView

from agenda.models import EventPage, Registration
from cms.listing import WhenColumn
from cms.region import attach_regions, region_of

from .access import HOME, events_of


class PlacesColumn(Column):
    """How many places are taken, with a bar when there are only so many."""

    cell_template_name = "agenda/registrations/places_cell.html"


def state_in_words(event: EventPage) -> str:
    if event.cancelled:
        return _("gaat niet door")
    if event.ends_at and event.ends_at <= timezone.now():
        return _("geweest")
    return _("komt nog") if event.live else _("niet online")


@method_decorator(never_cache, name="dispatch")
class EventsView(BaseListingView):
    page_title = _("Aanmeldingen")
    header_icon = "group"
    index_url_name = "registrations:index"
    index_results_url_name = "registrations:index_results"
    template_name = "agenda/registrations/list.html"
    verbose_name_plural = _("bijeenkomsten waarvoor mensen zich op deze site aanmelden")
    breadcrumbs_items = HOME
    is_searchable = True
    search_backend_name = None
    search_fields = ["title", "city"]
    default_ordering = None
    paginate_by = 25
    columns = [
        TitleColumn("title", label=_("Bijeenkomst"), url_name="registrations:event"),
        WhenColumn("start", label=_("Wanneer")),
        PlacesColumn("taken", label=_("Bezet")),
        Column("waiting", label=_("Wachtlijst")),
        Column("present", label=_("Aanwezig")),
        Column("region", label=_("Regio"), accessor=lambda event: region_of(event) or _("landelijk")),
        StatusTagColumn(
            "state",
            label=_("Status"),
            accessor=state_in_words,
            primary=lambda event: event.live and not event.cancelled,
        ),
    ]

    def get_base_queryset(self):
        now = timezone.now()
        is_over = Q(end__lte=now) | Q(end=None, start__lt=now - datetime.timedelta(days=1)) | Q(start=None)
        events = EventPage.objects.filter(pk__in=events_of(self.request.user).values("pk")).defer_streamfields()
        return events.annotate(
            taken=Count("registrations", filter=Q(registrations__state__in=Registration.HOLDING)),
            waiting=Count("registrations", filter=Q(registrations__state=Registration.State.WAITING)),
            present=Count("registrations__attended_at"),
            comes_at=Case(When(is_over, then=None), default=F("start")),
        ).order_by(F("comes_at").asc(nulls_last=True), F("start").desc(nulls_last=True), "pk")

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        attach_regions(context["object_list"])
        return context
