"""Importing subscribers: a file and how consent was given, then what that comes to, then do it."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput

from newsletter.models import NewsletterIndexPage, SubscriberImport
from newsletter.subscribing import address_file, importing
from newsletter.subscribing.newsletters import full_title

from .access import HOME, TO_SUBSCRIBERS, Guarded, lists_of, own_lists

TO_IMPORT = {"url": reverse_lazy("subscribers:import"), "label": _("Importeren")}
SHOWN_ERRORS = 100
SHOWN_IMPORTS = 10


class ImportForm(forms.Form):
    newsletter = forms.TypedChoiceField(label=_("Nieuwsbrief"), coerce=int)
    file = forms.FileField(
        label=_("Bestand"),
        help_text=_(
            "CSV, met een kolom ‘E-mailadres’. Een kolom ‘Datum toestemming’ mag erbij; andere kolommen bewaren we "
            "niet. In Excel: Opslaan als, CSV UTF-8."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )
    obtained = forms.CharField(
        label=_("Hoe gaven deze mensen toestemming?"),
        max_length=80,
        help_text=_("Bijvoorbeeld: formulier op onze vorige site."),
    )
    given_on = forms.DateField(
        label=_("Wanneer?"),
        required=False,
        widget=AdminDateInput,
        help_text=_("De dag van de toestemming. Mag leeg blijven als die voor iedereen in het bestand staat."),
    )
    wording = forms.CharField(
        label=_("Waar zeiden ze ja op?"),
        max_length=2_000,
        widget=AdminAutoHeightTextInput,
        help_text=_("De tekst die bij het formulier of op het papier stond. Die bewaren we als bewijs."),
    )
    proven = forms.BooleanField(
        label=_("Ik kan laten zien dat iedereen in dit bestand toestemming gaf voor deze nieuwsbrief"),
        error_messages={"required": _("Zonder bewijs van toestemming kunnen we niemand inschrijven.")},
    )

    def __init__(self, *args, newsletters: list[NewsletterIndexPage], **kwargs):
        super().__init__(*args, **kwargs)
        self.newsletters = {newsletter.pk: newsletter for newsletter in newsletters}
        choices = [(pk, full_title(newsletter)) for pk, newsletter in self.newsletters.items()]
        first = [("", _("Kies een nieuwsbrief"))] if len(choices) > 1 else []
        self.fields["newsletter"].choices = [*first, *choices]

    def clean_newsletter(self) -> NewsletterIndexPage:
        return self.newsletters[self.cleaned_data["newsletter"]]

    def clean_given_on(self) -> datetime.date | None:
        given_on = self.cleaned_data["given_on"]
        if given_on and given_on > timezone.localdate():
            raise ValidationError(_("Deze dag is nog niet geweest."))
        return given_on

    def clean(self):
        given = super().clean()
        if "file" in given and "given_on" in given:
            try:
                given["read"] = self._read(given["file"], given["given_on"])
            except address_file.Unreadable as problem:
                self.add_error("file", str(problem))
        return given

    def _read(self, file, given_on: datetime.date | None) -> address_file.AddressFile:
        read = address_file.read(file.read(address_file.MOST_BYTES + 1), given_on)
        if not read.rows and not read.errors:
            raise address_file.Unreadable(_("Er staan geen adressen in."))
        return read


class ImportView(Guarded, WagtailAdminTemplateMixin, FormView):
    page_title = _("Abonnees importeren")
    header_icon = "upload"
    form_class = ImportForm
    template_name = "newsletter/subscribers/import.html"
    breadcrumbs_items = [*HOME, TO_SUBSCRIBERS, {"url": "", "label": TO_IMPORT["label"]}]

    def get_initial(self):
        return {"newsletter": self.request.GET.get("newsletter")}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"newsletters": own_lists(self.request.user)}

    def form_valid(self, form):
        given = form.cleaned_data
        kept = importing.keep(
            given["newsletter"],
            given["file"].name,
            given["read"],
            wording=given["wording"],
            obtained=given["obtained"],
            user=self.request.user,
        )
        return redirect("subscribers:check_import", kept.pk)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "media": context["form"].media,
            "explanation": _(
                "U ziet eerst wat er gaat gebeuren. Wie zich eerder uitschreef, geblokkeerd is of al op de lijst "
                "staat, blijft erbuiten. De anderen krijgen de nieuwsbrief meteen, zonder mail om te bevestigen."
            ),
            "submit_button_label": _("Verder"),
            "back": reverse("subscribers:index"),
            "imports": self.earlier(),
        }

    def earlier(self) -> list[tuple[SubscriberImport, str]]:
        """The last imports into the lists of the editor, each with what the list is called."""
        titles = {newsletter.pk: full_title(newsletter) for newsletter in own_lists(self.request.user)}
        found = SubscriberImport.objects.filter(newsletter__in=titles).select_related("created_by")
        return [(one, titles[one.newsletter_id]) for one in found.defer("rows", "errors")[:SHOWN_IMPORTS]]


class CheckImportView(Guarded, WagtailAdminTemplateMixin, TemplateView):
    """Before: what it would do; after: what it did."""

    header_icon = "upload"
    template_name = "newsletter/subscribers/check_import.html"

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        own = SubscriberImport.objects.filter(newsletter__in=lists_of(request.user).values("pk"))
        self.planned = get_object_or_404(own.select_related("created_by"), pk=kwargs["import_pk"])

    def get_page_title(self):
        return _("Import van %(file)s") % {"file": self.planned.file_name}

    def get_breadcrumbs_items(self):
        return [*HOME, TO_SUBSCRIBERS, TO_IMPORT, {"url": "", "label": self.get_page_title()}]

    def post(self, request: HttpRequest, **kwargs) -> HttpResponse:
        if "discard" in request.POST:
            return self.discard()
        try:
            importing.carry_out(self.planned.pk, request.user)
        except importing.ImportRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("subscribers:check_import", self.planned.pk)

    def discard(self) -> HttpResponse:
        importing.discard(SubscriberImport.objects.filter(pk=self.planned.pk), self.request.user)
        if self.planned.has_begun:
            messages.success(self.request, _("De rest van het bestand is weggegooid."))
            return redirect("subscribers:check_import", self.planned.pk)
        messages.success(self.request, _("Er is niets geïmporteerd. Het bestand is weggegooid."))
        return redirect("subscribers:import")

    def get_context_data(self, **kwargs):
        planned = self.planned
        return super().get_context_data(**kwargs) | {
            "planned": planned,
            "title": full_title(planned.newsletter),
            "numbers": None if planned.done_at else importing.foresee(planned),
            "errors": planned.errors[:SHOWN_ERRORS],
            "more_errors": max(0, len(planned.errors) - SHOWN_ERRORS),
        }
