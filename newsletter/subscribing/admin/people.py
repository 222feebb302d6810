"""The screen "Abonnees": who is on the lists of an editor, with a search, filters, numbers and spreadsheets."""

import django_filters
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from cms.isolation.visible import sees_all
from cms.listing import WhenColumn
from newsletter.models import NewsletterIndexPage, Subscription
from newsletter.subscribing import exporting, suppression
from newsletter.subscribing.newsletters import full_title

from .access import HOME, Guarded, own_lists
from .log import note_export
from .overview import overview

READ_AT_ONCE = 2_000


class PeopleFilterSet(WagtailFilterSet):
    newsletter = django_filters.ChoiceFilter(label=_("Nieuwsbrief"))
    state = django_filters.ChoiceFilter(label=_("Status"), choices=Subscription.State.choices)
    source = django_filters.ChoiceFilter(label=_("Via"), choices=Subscription.Source.choices)

    class Meta:
        model = Subscription
        fields = ["newsletter", "state", "source"]

    def __init__(self, *args, titles: dict[int, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["newsletter"].extra["choices"] = [*titles.items()]


class PeopleView(Guarded, SpreadsheetExportMixin, BaseListingView):
    """A row for each subscription; a spreadsheet has what the list shows with its filters."""

    model = Subscription
    page_title = _("Abonnees")
    header_icon = "group"
    index_url_name = "subscribers:index"
    index_results_url_name = "subscribers:index_results"
    template_name = "newsletter/subscribers/list.html"
    results_template_name = "newsletter/subscribers/people_results.html"
    verbose_name_plural = _("abonnees")
    breadcrumbs_items = HOME
    filterset_class = PeopleFilterSet
    is_searchable = True
    search_backend_name = None
    search_fields = ["subscriber__email"]
    default_ordering = "-pk"
    paginate_by = 50
    export_filename = "abonnees"
    list_export = list(exporting.HEADINGS)
    export_headings = exporting.HEADINGS

    @cached_property
    def newsletters(self) -> list[NewsletterIndexPage]:
        return own_lists(self.request.user)

    @cached_property
    def titles(self) -> dict[int, str]:
        return {newsletter.pk: full_title(newsletter) for newsletter in self.newsletters}

    def get_filterset_kwargs(self):
        return super().get_filterset_kwargs() | {"titles": self.titles}

    def get_base_queryset(self):
        own = Subscription.objects.filter(newsletter__in=self.titles)
        return suppression.with_suppression(own).select_related("subscriber")

    @cached_property
    def columns(self):
        newsletter = Column("newsletter", label=_("Nieuwsbrief"), accessor=self.title_of)
        return [
            TitleColumn(
                "email",
                label=_("E-mailadres"),
                accessor="subscriber.email",
                get_url=self.subscriber_url,
                width="36%",
                sort_key="subscriber__email",
            ),
            StatusTagColumn(
                "state",
                label=_("Status"),
                accessor=exporting.standing,
                primary=lambda one: one.state == Subscription.State.ACTIVE and not one.is_suppressed,
                sort_key="state",
            ),
            *([newsletter] if len(self.titles) > 1 else []),
            Column("source", label=_("Via"), accessor="get_source_display", sort_key="source"),
            WhenColumn("requested_at", label=_("Aangevraagd op"), sort_key="requested_at"),
        ]

    def title_of(self, subscription: Subscription) -> str:
        return self.titles[subscription.newsletter_id]

    def subscriber_url(self, subscription: Subscription) -> str:
        return reverse("subscribers:person", args=[subscription.subscriber_id])

    def get_context_data(self, *args, **kwargs):
        numbers = overview(self.newsletters)
        chosen = [line for line in numbers.lists if str(line.newsletter.pk) == self.request.GET.get("newsletter")]
        return super().get_context_data(*args, **kwargs) | {
            "overview": numbers,
            "line": chosen[0] if chosen else numbers.total,
            "is_national": sees_all(self.request.user),
        }

    def get(self, request, *args, **kwargs):
        return self.export() if self.is_export else super().get(request, *args, **kwargs)

    def export(self) -> HttpResponseBase:
        """Read bit by bit: the list may be long."""
        found = self.get_queryset()
        note_export(self.request.user, found)
        return self.as_spreadsheet(found.iterator(READ_AT_ONCE), self.request.GET["export"])

    def to_row_dict(self, item):
        return exporting.row_of(item, self.title_of(item))
