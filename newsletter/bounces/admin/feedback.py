"""The list of what came back, the last first."""

import django_filters
from django.db.models import F
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from cms.listing import WhenColumn
from cms.national import NationalOnly
from newsletter.models import Feedback

GRAVE = (Feedback.Kind.HARD_BOUNCE, Feedback.Kind.COMPLAINT)
TO_DELIVERABILITY = {"url": reverse_lazy("deliverability"), "label": _("Bezorging")}


class FeedbackFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=_("Soort"), choices=Feedback.Kind.choices)

    class Meta:
        model = Feedback
        fields = ["kind"]


@method_decorator(never_cache, name="dispatch")
class FeedbackView(NationalOnly, BaseListingView):
    """It names addresses: those of subscribers who weren't erased."""

    model = Feedback
    page_title = _("Terugmeldingen")
    header_icon = "warning"
    template_name = "newsletter/bounces/list.html"
    index_url_name = "feedback"
    index_results_url_name = "feedback_results"
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, TO_DELIVERABILITY]
    verbose_name_plural = _("terugmeldingen")
    filterset_class = FeedbackFilterSet
    default_ordering = None
    paginate_by = 50
    columns = [
        TitleColumn(
            "email",
            label=_("Adres"),
            accessor=lambda feedback: feedback.email or _("onbekend of gewist"),
            get_url=lambda feedback: feedback.reader and reverse("subscribers:person", args=[feedback.reader]),
        ),
        StatusTagColumn(
            "kind",
            label=_("Soort"),
            accessor="get_kind_display",
            primary=lambda feedback: feedback.kind in GRAVE,
            width="14%",
        ),
        WhenColumn("received_at", label=_("Ontvangen"), width="12%"),
        Column("newsletter", label=_("Nieuwsbrief")),
        Column("subject", label=_("Nummer")),
        Column("status", label=_("Code")),
        Column("words", label=_("Wat er stond"), width="28%"),
    ]

    def get_base_queryset(self):
        return Feedback.objects.annotate(
            reader=F("delivery__subscriber"),
            email=F("delivery__subscriber__email"),
            newsletter=F("delivery__run__newsletter__title"),
            subject=F("delivery__run__frozen__subject"),
        )
