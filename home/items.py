"""The kinds of pages that national editors choose from what was published, and the block by which they do."""

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

ITEMS = [
    "regions.NewsPage",
    "agenda.EventPage",
    "inspiration.StoryPage",
    "inspiration.SeriesPage",
    "inspiration.TechlabPage",
    "home.FaqPage",
    "newsletter.NewsletterPage",
]


class ItemChooserBlock(blocks.ChooserBlock):
    """A page of one of ``ITEMS``; its value is the ``cms.BasePage``, or ``None`` when it was deleted."""

    target_model = "cms.BasePage"

    class Meta:
        icon = "doc-full"

    @cached_property
    def widget(self):
        from .item_chooser import item_chooser  # Wagtail's admin needs all models to be there already

        return item_chooser.widget_class()

    def clean(self, value):
        page = super().clean(value)
        if page and page.specific_class._meta.label not in ITEMS:
            raise ValidationError(
                _("Kies nieuws, een bijeenkomst, een verhaal, een techlab, een vraag of een nieuwsbrief.")
            )
        return page
