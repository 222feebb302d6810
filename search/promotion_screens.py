"""Wagtail's screens of promoted results, as they are true here: questions are known by their words, and not counted."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.search_promotions.forms import QueryForm, SearchPromotionsFormSet
from wagtail.contrib.search_promotions.views import CreateView, DeleteView, EditView, IndexView

from . import words

View = CreateView | EditView


def adapt() -> None:
    IndexView.columns = [column for column in IndexView.columns if column.name != "views"]
    IndexView.add_item_label = _("Toevoegen")
    asked = QueryForm.base_fields["query_string"]
    asked.label = _("Zoekwoorden")
    asked.help_text = _(
        "Alle woorden van de vraag. Hoofdletters, accenten, meervouden, volgorde en synoniemen maken niet uit."
    )
    asked.validators.append(_check_words)
    fields = SearchPromotionsFormSet.form.base_fields
    fields["page"].help_text = _("Kies een pagina van de site, of vul een link naar een andere site in.")
    fields["external_link_url"].label = _("Adres van de link")
    fields["external_link_url"].help_text = ""
    fields["external_link_text"].label = _("Tekst van de link")
    fields["external_link_text"].help_text = ""
    fields["description"].help_text = _("Staat eronder. Leeg: de samenvatting van de pagina.")
    for view in (CreateView, EditView):
        view.success_message = _("Wat is uitgelicht bij ‘%(query)s’, is opgeslagen.")
        view.error_message = _("Er is niets opgeslagen, want er klopt iets niet. Hieronder staat wat.")
        view.form_invalid = _with_message(view.form_invalid)
    DeleteView.success_message = _("Er is bij deze woorden niets meer uitgelicht.")


def _check_words(text: str) -> None:
    if not words.read(text):
        raise ValidationError(_("Hier staat geen woord in. Niemand zou te zien krijgen wat u uitlicht."))


def _with_message(form_invalid: Callable[[View, Form], HttpResponse]) -> Callable[[View, Form], HttpResponse]:
    """Wagtail's message is empty when nothing is wrong but fields of a promotion."""

    def answer(view: View, form: Form) -> HttpResponse:
        view.produced_error_message = view.produced_error_message or view.get_error_message()
        return form_invalid(view, form)

    return answer
