"""The sections of the homepage: what is chosen by hand, and what follows of itself from what is published.

Each is a block with a heading that says in ``get_api_representation`` what front ends read; one with nothing to show
has no representation (``None``) and is left out. What the clock says comes from ``context["view"].now``, so that a
preview can be of another day; in the preview of what somebody is still filling in, numbers may be missing.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup, StructBlockValidationError

from agenda.models import EventPage
from agenda.serializers import RECORDING, represent_recording
from cms.api.openapi.blocks import schema_of_stream
from cms.api.serializers import represent_cards
from cms.block_samples import sample_page_cards
from cms.blocks import CallToActionBlock, KeyFiguresBlock, RenditionImageChooserBlock, RichTextBlock, ShownStreamBlock
from cms.json_schema import CARD, STRING, Schema, array, reference, shape
from cms.moments import first_moment, first_moment_after
from cms.renditions import represent_image
from cms.richtext import PLAIN_FEATURES

from . import lists
from .items import ItemChooserBlock

MOST_CHOSEN = 12
"""Pages in one section."""


def sample_of_chosen_pages() -> dict[str, Any]:
    own = {"title": "", "summary": "", "image": None, "show_from": None, "show_until": None}
    return {"title": "Uitgelicht", "pages": [{"page": page, **own} for page in sample_page_cards()["pages"]]}


class SectionBlock(blocks.StructBlock):
    """A part of the homepage under a heading of its own."""

    title = blocks.CharBlock(label=_("Kop"), max_length=80)

    class Meta:
        template = "home/section.html"

    def next_change(self, value, now: datetime.datetime) -> datetime.datetime | None:
        """The first moment after ``now`` from which it is shown differently without anybody changing it."""
        return None

    def get_context(self, value, parent_context=None):
        """For the plain reading view: ``shown`` is what the API says."""
        from cms.api.rendering import DocumentRenderer  # Wagtail's API needs all models to be there already

        page = (parent_context or {}).get("page")
        renderer = DocumentRenderer(getattr(page, "previewed_at", None))
        context = with_chosen(getattr(page, "sections", ()), renderer.view.get_serializer_context())
        shown = self.get_api_representation(value, context)
        return super().get_context(value, parent_context) | {"shown": shown}


class ChosenPageBlock(blocks.StructBlock):
    page = ItemChooserBlock(label=_("Pagina"))
    title = blocks.CharBlock(
        label=_("Eigen titel"), required=False, max_length=120, help_text=_("Leeg: de titel van de pagina.")
    )
    summary = blocks.TextBlock(
        label=_("Eigen samenvatting"),
        required=False,
        max_length=300,
        rows=2,
        help_text=_("Leeg: de samenvatting van de pagina."),
    )
    image = RenditionImageChooserBlock(
        label=_("Eigen afbeelding"), required=False, help_text=_("Leeg: de afbeelding van de pagina.")
    )
    show_from = blocks.DateBlock(label=_("Tonen vanaf"), required=False, help_text=_("Leeg: meteen."))
    show_until = blocks.DateBlock(
        label=_("Tonen tot en met"), required=False, help_text=_("Leeg: tot u de pagina hier weghaalt.")
    )

    class Meta:
        icon = "doc-full"
        label = _("Pagina")
        form_layout = BlockGroup(
            [
                "page",
                BlockGroup(["title", "summary", "image"], heading=_("Eigen tekst of beeld"), classname="collapsed"),
                BlockGroup(["show_from", "show_until"], heading=_("Van wanneer tot wanneer"), classname="collapsed"),
            ]
        )

    def clean(self, value):
        cleaned = super().clean(value)
        if cleaned["show_from"] and cleaned["show_until"] and cleaned["show_until"] < cleaned["show_from"]:
            too_early = ValidationError(_("De laatste dag ligt voor de eerste."))
            raise StructBlockValidationError(block_errors={"show_until": too_early})
        return cleaned


class ChosenPagesBlock(SectionBlock):
    pages = blocks.ListBlock(
        ChosenPageBlock(),
        label=_("Pagina's"),
        min_num=1,
        max_num=MOST_CHOSEN,
        collapsed=True,
        help_text=_("Sleep ze in de gewenste volgorde. Klik op een pagina om haar te openen."),
    )

    class Meta:
        icon = "pick"
        label = _("Gekozen pagina's")
        description = _("U kiest zelf wat er staat, en zo nodig van wanneer tot wanneer")
        preview_value = staticmethod(sample_of_chosen_pages)

    def next_change(self, value, now):
        days = [(choice["show_from"], choice["show_until"]) for choice in value["pages"]]
        starts = (first_moment(day) for day, _ in days if day)
        ends = (first_moment_after(day) for _, day in days if day)
        return lists.earliest(moment for moment in (*starts, *ends) if moment > now)

    def get_api_representation(self, value, context=None):
        """The cards of those pages that are public, as the editor changed them."""
        today = timezone.localdate(context["view"].now)
        choices = [choice for choice in value["pages"] if choice["page"] and is_shown_on(today, choice)]
        cards = {card["id"]: card for card in represent_cards([choice["page"].pk for choice in choices], context)}
        pages = [_changed(cards[choice["page"].pk], choice) for choice in choices if choice["page"].pk in cards]
        return {"title": value["title"], "pages": pages} if pages else None

    def get_api_schema(self) -> Schema:
        return shape(title=STRING, pages=array(CARD))


class NewestBlock(SectionBlock):
    kinds = blocks.MultipleChoiceBlock(
        label=_("Wat"),
        choices=[("nieuws", _("Nieuws")), ("agenda", _("Bijeenkomsten")), ("inspiratie", _("Inspiratie"))],
        default=["nieuws", "inspiratie"],
        widget=CheckboxSelectMultiple,
    )
    per_region = blocks.IntegerBlock(
        label=_("Hoogstens per regio"),
        min_value=1,
        max_value=12,
        default=1,
        help_text=_("Zo vult een regio die veel plaatst niet de hele lijst."),
    )
    total = blocks.IntegerBlock(label=_("Hoogstens bij elkaar"), min_value=1, max_value=24, default=6)

    class Meta:
        icon = "globe"
        label = _("Nieuwste uit de regio's")
        description = _("Wat de regio's het laatst plaatsten, zonder wat u al koos; gaat vanzelf")
        preview_value = {"title": "Uit de regio's", "kinds": ["nieuws"], "per_region": 1, "total": 3}

    def get_api_representation(self, value, context=None):
        kinds, per_region, total = value["kinds"] or (), value["per_region"] or 0, value["total"] or 0
        pages = lists.newest_of_regions(kinds, per_region, total, without=context.get("chosen", ()))
        return _listed(value, represent_cards(pages, context))

    def get_api_schema(self) -> Schema:
        return shape(title=STRING, pages=array(CARD))


class AgendaBlock(SectionBlock):
    total = blocks.IntegerBlock(label=_("Hoogstens"), min_value=1, max_value=12, default=4)

    class Meta:
        icon = "calendar-alt"
        label = _("Agenda")
        description = _("De eerstvolgende bijeenkomsten van het land en de regio's; gaat vanzelf")
        preview_value = {"title": "Agenda", "total": 3}

    def next_change(self, value, now):
        return lists.next_change_of_events(now)

    def get_api_representation(self, value, context=None):
        pages = lists.coming_events(context["view"].now, value["total"] or 0)
        return _listed(value, context["view"].represent_items(EventPage, pages))

    def get_api_schema(self) -> Schema:
        return shape(title=STRING, pages=array(reference("EventPageItem")))


class QuestionsBlock(SectionBlock):
    total = blocks.IntegerBlock(label=_("Hoogstens"), min_value=1, max_value=12, default=4)

    class Meta:
        icon = "help"
        label = _("Recente vragen")
        description = _("De nieuwste vragen waarvan het antwoord nu geldt; gaat vanzelf")
        preview_value = {"title": "Recente vragen", "total": 3}

    def next_change(self, value, now):
        return lists.next_change_of_questions(now)

    def get_api_representation(self, value, context=None):
        pages = lists.recent_questions(context["view"].now, value["total"] or 0)
        return _listed(value, represent_cards(pages, context))

    def get_api_schema(self) -> Schema:
        return shape(title=STRING, pages=array(CARD))


class RecordingBlock(SectionBlock):
    class Meta:
        icon = "media"
        label = _("Nieuwste opname")
        description = _("De opname van de laatste bijeenkomst die er een heeft; gaat vanzelf")
        preview_value = {"title": "Terugkijken"}

    def next_change(self, value, now):
        return lists.next_change_of_events(now)

    def get_api_representation(self, value, context=None):
        event = lists.newest_recording(context["view"].now)
        recording = event and represent_recording(event)
        if not recording:
            return None
        [card] = represent_cards([event.pk], context)
        return {"title": value["title"], "recording": recording, "page": card}

    def get_api_schema(self) -> Schema:
        return shape(title=STRING, recording=RECORDING, page=CARD)


class RegionMapBlock(SectionBlock):
    text = RichTextBlock(label=_("Tekst"), required=False, features=PLAIN_FEATURES)

    class Meta:
        icon = "site"
        label = _("Kaart van de regio's")
        description = _("Een kaart waarop bezoekers hun regio vinden")
        preview_value = {"title": "Vind uw regio", "text": "<p>Elke stip is een regio.</p>"}


class SectionsBlock(ShownStreamBlock):
    """The sections of the homepage."""

    chosen = ChosenPagesBlock()
    newest = NewestBlock()
    agenda = AgendaBlock()
    questions = QuestionsBlock()
    recording = RecordingBlock()
    key_figures = KeyFiguresBlock()
    call_to_action = CallToActionBlock()
    region_map = RegionMapBlock()

    class Meta:
        collapsed = True

    def get_api_representation(self, value, context=None):
        return super().get_api_representation(value, with_chosen(value, context))

    def get_api_schema(self) -> Schema:
        return schema_of_stream(self)


def next_change(sections: blocks.StreamValue, now: datetime.datetime) -> datetime.datetime | None:
    """The first moment after ``now`` from which any of ``sections`` is shown differently."""
    own = (section for section in sections if isinstance(section.block, SectionBlock))
    return lists.earliest(section.block.next_change(section.value, now) for section in own)


def with_chosen(sections: Iterable[blocks.StreamValue.StreamChild], context: dict[str, Any]) -> dict[str, Any]:
    """``context``, with the ids of the pages that stand in a section chosen by hand and needn't be listed again."""
    today = timezone.localdate(context["view"].now)
    choices = (choice for section in sections if section.block_type == "chosen" for choice in section.value["pages"])
    shown = {choice["page"].pk for choice in choices if choice["page"] and is_shown_on(today, choice)}
    return context | {"chosen": shown}


def is_shown_on(day: datetime.date, choice: blocks.StructValue) -> bool:
    return (choice["show_from"] or day) <= day <= (choice["show_until"] or day)


def _changed(card: dict[str, Any], choice: blocks.StructValue) -> dict[str, Any]:
    """``card`` with what the editor gave it for this place."""
    own = {name: choice[name] for name in ("title", "summary") if choice[name]}
    return card | own | ({"image": represent_image(choice["image"])} if choice["image"] else {})


def _listed(value: blocks.StructValue, pages: list[dict[str, Any]]) -> dict[str, Any] | None:
    return {"title": value["title"], "pages": pages} if pages else None
