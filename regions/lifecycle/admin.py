"""Adding, renaming, merging and closing regions in the admin: a form, what will happen, and only then it happens."""

import hashlib
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import LogFormatter

from cms.models.pages import MANAGE_STRUCTURE
from cms.national import NationalOnly
from regions import lifecycle
from regions.models import RegionIndexPage, RegionPage

MOVE, STAY = "move", "stay"


class ChangeForm(forms.Form):
    """What an editor wants with ``region``; a valid form knows the ``plan``."""

    def __init__(self, *args, region: RegionPage | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.region = region

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            self.plan = self.make_plan(cleaned)
        return cleaned

    def make_plan(self, cleaned: dict[str, Any]):
        """What would happen; raises ``ValidationError`` when it can't."""
        raise NotImplementedError

    def carry_out(self, user) -> RegionPage:
        """Do it; gives the region to show next."""
        raise NotImplementedError


class AddForm(ChangeForm):
    title = forms.CharField(label=_("Naam"), max_length=255, help_text=_("De officiële naam van de regio."))
    slug = forms.CharField(
        label=_("Adres"),
        max_length=255,
        required=False,
        help_text=_("Het laatste deel van het webadres, in kleine letters. Leeg: het volgt uit de naam."),
    )

    def make_plan(self, cleaned):
        return lifecycle.plan_add(cleaned["title"], cleaned["slug"])

    def carry_out(self, user):
        lifecycle.add(self.plan.title, self.plan.slug, user)
        return RegionPage.objects.get(slug=self.plan.slug)


class RenameForm(ChangeForm):
    title = forms.CharField(label=_("Naam"), max_length=255)
    slug = forms.CharField(
        label=_("Adres"),
        max_length=255,
        help_text=_("Het laatste deel van het webadres, in kleine letters. Het oude adres blijft doorverwijzen."),
    )

    def __init__(self, *args, region, **kwargs):
        initial = {"title": region.title, "slug": region.slug}
        super().__init__(*args, region=region, **{**kwargs, "initial": initial})

    def make_plan(self, cleaned):
        return lifecycle.plan_rename(self.region, cleaned["title"], cleaned["slug"])

    def carry_out(self, user):
        lifecycle.rename(self.region, self.plan.title, self.plan.slug, user)
        return self.region


class MergeForm(ChangeForm):
    into = forms.ModelChoiceField(label=_("Samenvoegen met"), queryset=RegionPage.objects.none())
    content = forms.ChoiceField(
        label=_("Wat gebeurt er met de pagina's en bestanden?"),
        widget=forms.RadioSelect,
        initial=MOVE,
        choices=[
            (MOVE, _("Ze verhuizen naar de andere regio. Alle oude adressen verwijzen door.")),
            (STAY, _("Ze blijven staan waar ze zijn, met het bericht dat de regio is samengevoegd.")),
        ],
    )

    def __init__(self, *args, region, **kwargs):
        super().__init__(*args, region=region, **kwargs)
        others = RegionPage.objects.live().filter(status=RegionPage.Status.ACTIVE).exclude(pk=region.pk)
        self.fields["into"].queryset = others.order_by("title")

    def make_plan(self, cleaned):
        return lifecycle.plan_merge(self.region, cleaned["into"], cleaned["content"] == MOVE)

    def carry_out(self, user):
        lifecycle.merge(self.region, self.cleaned_data["into"], self.plan.with_content, user)
        return self.cleaned_data["into"]


class CloseForm(ChangeForm):
    def make_plan(self, cleaned):
        return lifecycle.plan_close(self.region)

    def carry_out(self, user):
        lifecycle.close(self.region, user)
        return self.region


class ChangeView(NationalOnly, WagtailAdminTemplateMixin, FormView):
    """The form, then the plan with a button; what was confirmed is done only when it is still what was shown."""

    template_name = "regions/lifecycle_form.html"
    plan_template = "regions/lifecycle_plan.html"
    header_icon = "globe"
    yes: ClassVar[str]
    """What the button says that does it."""
    done: ClassVar[str]
    """What is said afterwards."""

    @cached_property
    def region(self) -> RegionPage | None:
        return get_object_or_404(RegionPage, pk=self.kwargs["pk"]) if "pk" in self.kwargs else None

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if self.form_class.base_fields:
            return super().get(request, *args, **kwargs)
        return self.post(request, *args, **kwargs)  # there is nothing to fill in: show the plan at once

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs() | {"region": self.region}
        return kwargs if self.form_class.base_fields else kwargs | {"data": self.request.POST}

    def form_valid(self, form: ChangeForm) -> HttpResponse:
        shown = hashlib.sha256(repr(form.plan).encode()).hexdigest()
        confirmed = self.request.POST.get("confirmed")
        if confirmed != shown:
            if confirmed:
                messages.warning(self.request, _("Er is intussen iets veranderd. Kijk het nog eens na."))
            context = self.get_context_data(form=form, plan=form.plan, shown=shown)
            return self.response_class(self.request, self.plan_template, context)
        try:
            region = form.carry_out(self.request.user)
        except ValidationError as error:  # after the plan was made, somebody did what keeps it from being done
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect("wagtailadmin_explore", region.pk)

    def get_context_data(self, **kwargs):
        back = self.region or RegionIndexPage.objects.get()
        return super().get_context_data(**kwargs) | {
            "yes": self.yes,
            "back": reverse("wagtailadmin_explore", args=[back.pk]),
        }

    def get_page_subtitle(self):
        return self.region.title if self.region else ""

    def get_breadcrumbs_items(self):
        index = RegionIndexPage.objects.get()
        pages = [page for page in (index, self.region) if page]
        trail = [{"url": reverse("wagtailadmin_explore", args=[page.pk]), "label": page.title} for page in pages]
        return [*super().get_breadcrumbs_items(), *trail, {"url": "", "label": self.get_header_title()}]


class AddView(ChangeView):
    page_title = _("Regio toevoegen")
    yes = _("Ja, toevoegen")
    done = _("De regio is toegevoegd.")
    form_class = AddForm


class RenameView(ChangeView):
    page_title = _("Regio hernoemen")
    yes = _("Ja, hernoemen")
    done = _("De regio is hernoemd.")
    form_class = RenameForm


class MergeView(ChangeView):
    page_title = _("Regio samenvoegen")
    yes = _("Ja, samenvoegen")
    done = _("De regio is samengevoegd.")
    form_class = MergeForm


class CloseView(ChangeView):
    page_title = _("Regio sluiten")
    yes = _("Ja, sluiten")
    done = _("De regio is gesloten.")
    form_class = CloseForm


urlpatterns = [
    path("regio/toevoegen/", AddView.as_view(), name="region_add"),
    path("regio/<int:pk>/hernoemen/", RenameView.as_view(), name="region_rename"),
    path("regio/<int:pk>/samenvoegen/", MergeView.as_view(), name="region_merge"),
    path("regio/<int:pk>/sluiten/", CloseView.as_view(), name="region_close"),
]


class LifecycleButton(PageMenuItem):
    def is_shown(self, user):
        return user.has_perm(MANAGE_STRUCTURE)


class AddButton(LifecycleButton):
    label = _("Regio toevoegen")
    icon_name = "plus"
    priority = 75

    @property
    def url(self):
        return reverse("region_add")


class RenameButton(LifecycleButton):
    label = _("Regio hernoemen")
    icon_name = "edit"
    url_name = "region_rename"
    priority = 75


class MergeButton(LifecycleButton):
    label = _("Regio samenvoegen")
    icon_name = "arrow-right-full"
    url_name = "region_merge"
    priority = 76


class CloseButton(LifecycleButton):
    label = _("Regio sluiten")
    icon_name = "lock"
    url_name = "region_close"
    priority = 77


def buttons(page, user, **kwargs):
    """What one can do with ``page`` when it is a region, or the overview of them."""
    if issubclass(page.specific_class, RegionIndexPage):
        return [AddButton(page=page)]
    if issubclass(page.specific_class, RegionPage):
        return [RenameButton(page=page), MergeButton(page=page), CloseButton(page=page)]
    return []


class Renamed(LogFormatter):
    label = _("Regio hernoemen")

    def format_message(self, log_entry):
        return _("Regio hernoemd; zij heette %(old)s, op het adres ‘%(old_slug)s’") % log_entry.data


class Merged(LogFormatter):
    label = _("Regio samenvoegen")

    def format_message(self, log_entry):
        return _("Regio samengevoegd met %(into)s; verhuisde pagina's: %(pages)d") % log_entry.data


class Closed(LogFormatter):
    label = _("Regio sluiten")

    def format_message(self, log_entry):
        return _("Regio gesloten; pagina's die offline gingen: %(pages)d") % log_entry.data


def register_log_actions(actions):
    actions.register_action("regions.add", _("Regio toevoegen"), _("Regio toegevoegd"))
    actions.register_action("regions.rename")(Renamed)
    actions.register_action("regions.merge")(Merged)
    actions.register_action("regions.close")(Closed)
