"""The blocks of an issue: what an editor fills in, and what the mail and the site are made of.

``get_api_representation`` needs ``context["pages"]``, the ``IssuePages`` of the issue. What it gives is shown by the
templates of the mail and by front ends, so that the two can't differ; a block that has nothing to show gives ``None``.
"""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup
from wagtail.models import Page

from cms.api.openapi.blocks import schema_of_block, schema_of_stream
from cms.blocks import CallToActionBlock, FigureBlock, ImageBlock, RenditionImageChooserBlock, RichTextBlock, SeenBlock
from cms.json_schema import CARD, HTML, STRING, Schema, array, nullable, one_of, shape
from home.items import ItemChooserBlock

from .items import ITEM, LINK
from .lists import MOST_LISTED

FEATURES = ["h3", "bold", "italic", "ul", "ol", "link"]
"""What running text can hold: mail clients show no more than this in the same way."""


class EventChooserBlock(ItemChooserBlock):
    kinds = ("agenda.EventPage",)
    refusal = _("Kies een bijeenkomst.")


class QuestionChooserBlock(ItemChooserBlock):
    kinds = ("home.FaqPage",)
    refusal = _("Kies een vraag.")


class SeriesChooserBlock(ItemChooserBlock):
    kinds = ("inspiration.SeriesPage",)
    refusal = _("Kies een artikelenreeks.")


class StoryChooserBlock(ItemChooserBlock):
    kinds = ("inspiration.StoryPage",)
    refusal = _("Kies een verhaal.")


class MailTextBlock(RichTextBlock):
    def __init__(self, **kwargs):
        super().__init__(**{"features": FEATURES, **kwargs})


class ChoiceOfPage(SeenBlock):
    """A page, and what is said of it here instead of what it says itself."""

    page = ItemChooserBlock(label=_("Pagina"))
    title = blocks.CharBlock(
        label=_("Eigen titel"), required=False, max_length=120, help_text=_("Leeg: de titel van de pagina.")
    )
    summary = blocks.TextBlock(
        label=_("Eigen samenvatting"),
        required=False,
        max_length=600,
        rows=3,
        help_text=_("Leeg: de samenvatting van de pagina."),
    )
    image = RenditionImageChooserBlock(
        label=_("Eigen afbeelding"), required=False, help_text=_("Leeg: de afbeelding van de pagina.")
    )
    link_text = blocks.CharBlock(
        label=_("Eigen tekst op de link"),
        required=False,
        max_length=120,
        help_text=_("Leeg: een tekst die de titel noemt. Zeg waar de link heen gaat; niet alleen ‘Lees meer’."),
    )
    own_words = BlockGroup(
        ["title", "summary", "image", "link_text"], heading=_("Eigen tekst of beeld"), classname="collapsed"
    )

    class Meta:
        icon = "doc-full"
        label = _("Pagina")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.meta.form_layout = BlockGroup(["page", self.own_words])

    def get_api_representation(self, value, context=None):
        return context["pages"].represent_item(value)

    def get_api_schema(self) -> Schema:
        return ITEM


class IssueBlock(SeenBlock):
    """A part of an issue."""

    topic = blocks.CharBlock(
        label=_("Trefwoord bovenaan"),
        required=False,
        max_length=40,
        help_text=_("Een paar woorden. Ze staan boven aan de nieuwsbrief, in de volgorde van de blokken."),
    )
    visibility = blocks.ChoiceBlock(
        label=_("Waar te zien"),
        choices=[
            ("both", _("In de mail en op de site")),
            ("mail", _("Alleen in de mail")),
            ("web", _("Alleen op de site")),
        ],
        default="both",
    )

    unseen: tuple[str, ...] = ("visibility",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        settings = list(IssueBlock.base_blocks)
        self.meta.form_layout = BlockGroup(self._layout(), settings=settings)

    def _layout(self) -> list:
        return [name for name, _child in self._own_blocks()]

    def get_api_representation(self, value, context=None):
        return {name: child.get_api_representation(value[name], context) for name, child in self._own_blocks()}

    def get_api_schema(self) -> Schema:
        return shape(**{name: schema_of_block(child) for name, child in self._own_blocks()})

    def get_searchable_content(self, value):
        return [] if value["visibility"] == "mail" else super().get_searchable_content(value)

    def _own_blocks(self) -> Iterable[tuple[str, blocks.Block]]:
        return ((name, child) for name, child in self.child_blocks.items() if name not in IssueBlock.base_blocks)

    def chosen(self, value: blocks.StructValue) -> Iterator[Page | None]:
        """The pages that the editor chose for it; ``None`` is one that was deleted since."""
        if "page" in self.child_blocks:
            yield value["page"]

    def heading_of(self, value: blocks.StructValue) -> str:
        """By what name an editor knows the block."""
        page = value.get("page")
        return value.get("title") or (page.title if page else str(self.label))


class LeadBlock(IssueBlock):
    text = MailTextBlock(label=_("Tekst"))
    image = ImageBlock(label=_("Afbeelding"), required=False)

    class Meta:
        icon = "title"
        label = _("Opening")
        description = _("Waar de nieuwsbrief mee begint: een paar regels, zo nodig met een beeld")


class TextBlock(IssueBlock):
    title = blocks.CharBlock(label=_("Kop"), required=False, max_length=120)
    text = MailTextBlock(label=_("Tekst"))
    image = ImageBlock(label=_("Afbeelding"), required=False)
    image_position = blocks.ChoiceBlock(
        label=_("Plaats van de afbeelding"),
        choices=[("above", _("Boven de tekst")), ("beside", _("Naast de tekst; op een telefoon erboven"))],
        default="above",
    )

    unseen = (*IssueBlock.unseen, "image_position")

    class Meta:
        icon = "pilcrow"
        label = _("Tekst")
        description = _("Een kop met tekst die u hier zelf schrijft")


class ItemBlock(IssueBlock, ChoiceOfPage):
    get_api_representation = ChoiceOfPage.get_api_representation
    get_api_schema = ChoiceOfPage.get_api_schema

    class Meta:
        icon = "doc-full"
        label = _("Bericht")
        description = _("Nieuws, een bijeenkomst, een verhaal of een vraag, met een link naar de pagina")

    def _layout(self):
        return ["page", self.own_words]


class ItemsBlock(IssueBlock):
    """Several pages under one heading; shown are those that are public."""

    title = blocks.CharBlock(label=_("Kop"), max_length=120)

    def chosen(self, value):
        return (choice["page"] for choice in value["items"])

    def get_api_representation(self, value, context=None):
        items = [context["pages"].represent_item(choice) for choice in value["items"]]
        shown = [item for item in items if item]
        return {"title": value["title"], "items": shown} if shown else None

    def get_api_schema(self) -> Schema:
        return shape(title=STRING, items=array(ITEM))


class ChoiceOfEvent(ChoiceOfPage):
    page = EventChooserBlock(label=_("Bijeenkomst"))

    class Meta:
        icon = "calendar-alt"
        label = _("Bijeenkomst")


class EventsBlock(ItemsBlock):
    title = blocks.CharBlock(label=_("Kop"), max_length=120, default=_("Bijeenkomsten"))
    items = blocks.ListBlock(ChoiceOfEvent(), label=_("Bijeenkomsten"), min_num=1, max_num=MOST_LISTED)

    class Meta:
        icon = "calendar-alt"
        label = _("Bijeenkomsten")
        description = _("Met de datum op een tegel, en of men zich nog kan aanmelden")


class StoriesBlock(ItemsBlock):
    title = blocks.CharBlock(label=_("Kop"), max_length=120, default=_("Inspiratievoorbeelden"))
    items = blocks.ListBlock(ChoiceOfPage(), label=_("Pagina's"), min_num=2, max_num=4, default=[{}, {}])

    class Meta:
        icon = "copy"
        label = _("Verhalen naast elkaar")
        description = _("Twee of vier kaarten met beeld; op een telefoon staan ze onder elkaar")


class AutomaticBlock(IssueBlock):
    title = blocks.CharBlock(label=_("Kop"), max_length=120, default=_("Ook nieuw"))
    kind = blocks.ChoiceBlock(
        label=_("Wat"),
        choices=[("news", _("Nieuws sinds de vorige nieuwsbrief")), ("events", _("Komende bijeenkomsten"))],
        default="news",
    )
    total = blocks.IntegerBlock(label=_("Hoogstens"), min_value=1, max_value=MOST_LISTED, default=4)

    class Meta:
        icon = "globe"
        label = _("Automatische lijst")
        description = _("Wat er nieuw is of aankomt, zonder wat u al koos; gaat vanzelf")

    def get_searchable_content(self, value):
        """Nothing: it is there as long as there are pages to list."""
        return []

    def get_api_representation(self, value, context=None):
        items = context["pages"].represent_listed(value["kind"], value["total"] or 0)
        return {"title": value["title"], "kind": value["kind"], "items": items} if items else None

    def get_api_schema(self) -> Schema:
        return shape(title=STRING, kind=one_of(("news", "events")), items=array(ITEM))


class QuestionBlock(IssueBlock):
    title = blocks.CharBlock(label=_("Kop"), max_length=120, default=_("Vraag van de maand"))
    page = QuestionChooserBlock(label=_("Vraag"))
    link_text = blocks.CharBlock(label=_("Tekst op de link"), max_length=120, default=_("Meer veelgestelde vragen"))

    class Meta:
        icon = "help"
        label = _("Vraag van de maand")
        description = _("Een vraag met het hele antwoord; wat verstuurd is, blijft zoals het was")

    def get_api_representation(self, value, context=None):
        """``link`` leads to all questions."""
        card, answer = context["pages"].question(value["page"])
        if not card:
            return None
        link = {"text": value["link_text"], "url": context["pages"].questions_path}
        return {"title": value["title"], "page": card, "answer": answer, "link": link}

    def get_api_schema(self) -> Schema:
        return shape(title=STRING, page=CARD, answer=HTML, link=LINK)


class SeriesBlock(ItemBlock):
    page = SeriesChooserBlock(label=_("Artikelenreeks"))
    part = StoryChooserBlock(
        label=_("Deel"), required=False, help_text=_("Naar welk deel de link gaat. Leeg: naar de reeks.")
    )

    class Meta:
        icon = "list-ol"
        label = _("Artikelenreeks")
        description = _("Een reeks met de inleiding, en een link naar een van de delen")

    def _layout(self):
        return ["page", "part", self.own_words]

    def chosen(self, value):
        return filter(None, (value["page"], value["part"])) if value["page"] else iter([None])

    def get_api_representation(self, value, context=None):
        return context["pages"].represent_item(value, value["part"])

    def get_api_schema(self) -> Schema:
        return ITEM


class ButtonBlock(IssueBlock):
    title = blocks.CharBlock(label=_("Kop"), max_length=120)
    text = MailTextBlock(label=_("Tekst"), required=False)
    image = ImageBlock(label=_("Afbeelding"), required=False)
    button = CallToActionBlock(label=_("Knop"))

    class Meta:
        icon = "link"
        label = _("Oproep")
        description = _("Een korte tekst met één duidelijke volgende stap")

    def chosen(self, value):
        if not value["button"]["url"]:
            yield value["button"]["page"]

    def get_api_schema(self) -> Schema:
        # Nothing leads to a page that isn't public.
        button = nullable(schema_of_block(self.child_blocks["button"]))
        return shape(**super().get_api_schema()["properties"] | {"button": button})


class PictureBlock(IssueBlock):
    figure = FigureBlock(label=_("Afbeelding"))

    class Meta:
        icon = "image"
        label = _("Afbeelding")
        description = _("Een beeld op zichzelf, met een bijschrift")

    def get_api_representation(self, value, context=None):
        return self.child_blocks["figure"].get_api_representation(value["figure"], context)

    def get_api_schema(self) -> Schema:
        return self.child_blocks["figure"].get_api_schema()


class IssueBodyBlock(blocks.StreamBlock):
    """The blocks of an issue, those for the mail alone aside."""

    lead = LeadBlock()
    text = TextBlock()
    item = ItemBlock()
    stories = StoriesBlock()
    series = SeriesBlock()
    events = EventsBlock()
    automatic = AutomaticBlock()
    question = QuestionBlock()
    button = ButtonBlock()
    picture = PictureBlock()

    class Meta:
        collapsed = True

    def get_api_schema(self) -> Schema:
        return schema_of_stream(self)
