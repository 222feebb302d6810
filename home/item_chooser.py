"""Choosing what the homepage and newsletters show: what was put forward and accepted comes first, then the newest.

Wagtail's own chooser of pages leads through the tree, in which the news of 78 regions lies in 78 places.
"""

from django import forms
from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from cms.listing import WhenColumn
from cms.models import BasePage
from cms.models.documents import NO_DATE
from cms.models.pages import MANAGE_STRUCTURE
from cms.region import attach_regions, region_of
from regions.models import RegionPage

from .items import ITEMS
from .models import Nomination

AT_ONCE = {"data-chooser-modal-search-filter": True}
"""Makes a choice in the form narrow the list without a button."""


def kinds() -> list[tuple[str, str]]:
    return [("", _("alles")), *((label, apps.get_model(label).get_verbose_name()) for label in ITEMS)]


class ItemFilterForm(BaseFilterForm):
    q = forms.CharField(label=_("Woorden uit de titel"), max_length=255, required=False)
    region = forms.ModelChoiceField(
        label=_("Regio"),
        queryset=RegionPage.objects.filter(status=RegionPage.Status.ACTIVE).order_by("title"),
        to_field_name="slug",
        empty_label=_("alle"),
        required=False,
        widget=forms.Select(AT_ONCE),
    )
    kind = forms.ChoiceField(label=_("Soort"), choices=kinds, required=False, widget=forms.Select(AT_ONCE))

    def filter(self, items):
        asked = self.cleaned_data
        self.is_searching, self.search_query = bool(asked["q"]), asked["q"]
        for word in asked["q"].split():
            items = items.filter(document__title__icontains=word)
        if asked.get("region"):
            items = items.filter(document__region=asked["region"].pk)
        if asked["kind"]:
            items = items.filter(document__type=asked["kind"])
        return items


def items_for(user) -> QuerySet[BasePage]:
    """What is public of ``ITEMS``: for national editors all of it, for others what is national or of their regions."""
    items = BasePage.objects.filter(document__type__in=ITEMS)
    if user.has_perm(MANAGE_STRUCTURE):
        return items
    regions = RegionPage.objects.filter(access__group__user=user)
    return items.filter(Q(document__region=None) | Q(document__region__in=regions.values("pk")))


class Items:
    """The list, for the dialogue and for the part of it that follows the filters."""

    is_multiple_choice = False
    filter_form_class = ItemFilterForm
    ordering = ["-is_shortlisted", "-document__date", "-pk"]

    def get_object_list(self):
        shortlist = Nomination.objects.accepted().filter(page=OuterRef("pk"))
        items = items_for(self.request.user).select_related("document")
        texts = [f"document__{name}" for name in ("tags", "card", "item", "full", "detail")]
        return items.defer(*texts).annotate(is_shortlisted=Exists(shortlist))

    def get_filter_form(self):
        form = super().get_filter_form()
        if not self.request.user.has_perm(MANAGE_STRUCTURE):
            del form.fields["region"]
        return form

    def get_results_page(self, request):
        page = super().get_results_page(request)
        attach_regions(page.object_list)
        return page

    @property
    def columns(self):
        return [
            self.title_column,
            Column("kind", label=_("Soort"), accessor="page_type_display_name", width="14%"),
            Column("region", label=_("Regio"), accessor=lambda item: region_of(item) or _("landelijk"), width="18%"),
            WhenColumn("date", label=_("Datum"), accessor=date_of, width="13%"),
            Column(
                "is_shortlisted",
                label=_("Keuzelijst"),
                accessor=lambda item: _("ja") if item.is_shortlisted else "",
                width="12%",
            ),
        ]


def date_of(item: BasePage):
    date = item.document.date
    return date if date > NO_DATE else None


class ChooseView(Items, chooser.ChooseView):
    pass


class ChooseResultsView(Items, chooser.ChooseResultsView):
    pass


class ChosenView(chooser.ChosenView):
    def get_object(self, pk):
        return items_for(self.request.user).get(pk=pk)


class ItemChooserViewSet(ChooserViewSet):
    """Only what is public can be chosen, one page at a time."""

    name = "item_chooser"
    url_prefix = "kiezen"
    model = BasePage
    icon = "doc-full"
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    page_title = _("Kies een pagina")
    register_widget = False
    per_page = 15

    def get_urlpatterns(self):
        return [
            path("", self.choose_view, name="choose"),
            path("results/", self.choose_results_view, name="choose_results"),
            path("chosen/<int:pk>/", self.chosen_view, name="chosen"),
        ]
