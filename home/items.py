"""The kinds of pages that national editors choose from what was published, and the block by which they do."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
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
    """Opens the dialogue of ``home.item_chooser``, which then shows pages of one ``kind``, or of all."""

    model = "cms.BasePage"
    icon = "doc-full"
    chooser_modal_url_name = "item_chooser:choose"
    choose_one_text = _("Kies een pagina")
    choose_another_text = _("Kies een andere pagina")
    link_to_chosen_text = _("Bewerk deze pagina")

    def __init__(self, kind: str = "", **kwargs):
        super().__init__(**kwargs)
        self.kind = kind

    def get_chooser_modal_url(self):
        return super().get_chooser_modal_url() + (f"?kind={self.kind}" if self.kind else "")


class ItemChooserBlock(blocks.ChooserBlock):
    """A page of one of ``kinds``; its value is the ``cms.BasePage``, or ``None`` when it was deleted."""

    target_model = "cms.BasePage"
    kinds: Sequence[str] = ITEMS
    refusal = _(
        "Kies nieuws, een bijeenkomst, een verhaal, een artikelenreeks, een techlab, een vraag of een nieuwsbrief."
    )

    class Meta:
        icon = "doc-full"

    @cached_property
    def widget(self):
        return ItemChooser(self.kinds[0] if len(self.kinds) == 1 else "")

    def clean(self, value):
        page = super().clean(value)
        if page and page.specific_class._meta.label not in self.kinds:
            raise ValidationError(self.refusal)
        return page
