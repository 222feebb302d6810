"""Wagtail's screens of promoted results, as they are true here: questions are known by their words, and not counted."""

from django.utils.translation import gettext_lazy as _
from wagtail.contrib.search_promotions.forms import QueryForm, SearchPromotionsFormSet
from wagtail.contrib.search_promotions.views import CreateView, DeleteView, EditView, IndexView


def adapt() -> None:
    IndexView.columns = [column for column in IndexView.columns if column.name != "views"]
    IndexView.add_item_label = _("Toevoegen")
    asked = QueryForm.base_fields["query_string"]
    asked.label = _("Zoekwoorden")
    asked.help_text = _("Alle woorden van de vraag. Hoofdletters, accenten, volgorde en synoniemen maken niet uit.")
    SearchPromotionsFormSet.form.base_fields["external_link_text"].label = _("Tekst van de link")
    for view in (CreateView, EditView):
        view.success_message = _("Wat is uitgelicht bij ‘%(query)s’, is opgeslagen.")
    DeleteView.success_message = _("Er is bij deze woorden niets meer uitgelicht.")
