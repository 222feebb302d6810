"""The kinds of pages that national editors choose from what was published, and the block by which they do."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.widgets.chooser import BaseChooser

ITEMS = [
    "regions.NewsPage",
    "agenda.EventPage",
    "inspiration.StoryPage",
    "inspiration.SeriesPage",
    "inspiration.TechlabPage",
    "home.FaqPage",
    "newsletter.NewsletterPage",
]


class ItemChooser(BaseChooser):
    """Opens the dialogue of ``home.item_chooser``."""

    model = "cms.BasePage"
    icon = "doc-full"
    chooser_modal_url_name = "item_chooser:choose"
    choose_one_text = _("Kies een pagina")
    choose_another_text = _("Kies een andere pagina")
    link_to_chosen_text = _("Bewerk deze pagina")


class ItemChooserBlock(blocks.ChooserBlock):
    """A page of one of ``ITEMS``; its value is the ``cms.BasePage``, or ``None`` when it was deleted."""

    target_model = "cms.BasePage"
    widget = ItemChooser()

    class Meta:
        icon = "doc-full"

    def clean(self, value):
        page = super().clean(value)
        if page and page.specific_class._meta.label not in ITEMS:
            raise ValidationError(
                _(
                    "Kies nieuws, een bijeenkomst, een verhaal, een artikelenreeks, een techlab, een vraag "
                    "of een nieuwsbrief."
                )
            )
        return page
