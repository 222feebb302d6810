"""The building blocks of a page body, the same everywhere.

Each block says in ``get_api_representation`` what front ends read. A block that only leads to a page that isn't
public has no representation (``None``) and is left out of the body. By ``get_searchable_content`` it is found: texts
that readers see, in the words of the editor. What other pages say is found there.
"""

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock as WagtailImageBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.api.openapi.blocks import schema_of_block, schema_of_stream
from cms.api.serializers import FILE, represent_cards, represent_document
from cms.block_samples import sample_figure, sample_gallery, sample_page_cards
from cms.json_schema import CARD, HTML, STRING, Schema, array, extended, nullable, shape
from cms.renditions import IMAGE, represent_image
from cms.richtext import FEATURES, PLAIN_FEATURES, clean_html
from cms.video import VIDEO, represent_video, validate_video_url


class RichTextBlock(blocks.RichTextBlock):
    """Rich text whose representation is clean HTML."""

    def get_api_representation(self, value, context=None):
        return clean_html(value.source)

    def get_api_schema(self) -> Schema:
        return HTML


class TextBlock(RichTextBlock):
    def __init__(self, **kwargs):
        super().__init__(**{"features": FEATURES, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Tekst")
        description = _("Gewone tekst met tussenkoppen, lijsten en links")
        preview_value = "<h2>Een dag in het techlab</h2><p>Leerlingen bouwen, meten en <b>proberen</b>.</p>"


class SeenBlock(blocks.StructBlock):
    """Is found by what readers see of it: by all that its children say, those that ``unseen`` names left out."""

    unseen: tuple[str, ...] = ()

    def get_searchable_content(self, value):
        # What a program left empty is ``None``, which Wagtail takes for a word.
        said = {name: value.get(name) for name in self.child_blocks if name not in self.unseen}
        return [
            text
            for name, one in said.items()
            if one is not None
            for text in self.child_blocks[name].get_searchable_content(one)
        ]


class RenditionImageChooserBlock(ImageChooserBlock):
    """Fetches the renditions along with the images, whatever their number."""

    def bulk_to_python(self, values):
        images = super().bulk_to_python(values)
        # All of them: the form looks for sizes of its own, and makes again what isn't among those that were fetched.
        prefetch_related_objects([image for image in images if image], "renditions")
        return images


class ImageBlock(WagtailImageBlock):
    """An image with a text of its own for this place; empty alt when it is decorative."""

    def __init__(self, required=True, **kwargs):
        super().__init__(required=required, **kwargs)
        self.child_blocks["image"] = RenditionImageChooserBlock(required=required, label=_("Afbeelding"))
        self.child_blocks["image"].set_name("image")

    def get_searchable_content(self, value):
        """Nothing: its text is for who can't see it."""
        return []

    def get_api_representation(self, value, context=None):
        return represent_image(value, alt=value.contextual_alt_text or "") if value else None

    def get_api_schema(self) -> Schema:
        return IMAGE if self.child_blocks["image"].required else nullable(IMAGE)

    class Meta:
        icon = "image"


class FigureBlock(SeenBlock):
    image = ImageBlock(label=_("Afbeelding"))
    caption = blocks.CharBlock(label=_("Bijschrift"), required=False, max_length=200)

    class Meta:
        template = "cms/blocks/figure.html"
        icon = "image"
        label = _("Afbeelding")
        description = _("Eén afbeelding met bijschrift")
        preview_value = staticmethod(sample_figure)

    def get_api_representation(self, value, context=None):
        image = self.child_blocks["image"].get_api_representation(value["image"], context)
        return image and {"image": image, "caption": value["caption"]}

    def get_api_schema(self) -> Schema:
        return shape(image=IMAGE, caption=STRING)


class GalleryBlock(SeenBlock):
    title = blocks.CharBlock(label=_("Titel"), required=False, max_length=120)
    images = blocks.ListBlock(ImageBlock(label=_("Afbeelding")), label=_("Afbeeldingen"), min_num=2, max_num=20)

    class Meta:
        template = "cms/blocks/gallery.html"
        icon = "grip"
        label = _("Fotoserie")
        description = _("Twee of meer afbeeldingen bij elkaar")
        preview_value = staticmethod(sample_gallery)

    def get_api_representation(self, value, context=None):
        images = [self.child_blocks["images"].child_block.get_api_representation(image) for image in value["images"]]
        return {"title": value["title"], "images": [image for image in images if image]}

    def get_api_schema(self) -> Schema:
        return shape(title=STRING, images=array(IMAGE))


class QuoteBlock(SeenBlock):
    text = blocks.TextBlock(label=_("Citaat"), rows=3, help_text=_("Zonder aanhalingstekens; die zet de site erbij."))
    attribution = blocks.CharBlock(
        label=_("Wie zegt het?"), required=False, max_length=120, help_text=_("Naam en functie.")
    )

    class Meta:
        template = "cms/blocks/quote.html"
        icon = "openquote"
        label = _("Citaat")
        description = _("Een uitspraak die eruit springt")
        preview_value = {"text": "Nu snap ik waar die formule voor is.", "attribution": "Leerling uit klas 3"}


class VideoBlock(SeenBlock):
    url = blocks.URLBlock(
        label=_("Adres van de video"),
        validators=[validate_video_url],
        help_text=_("Van YouTube of Vimeo. De video laadt pas als de bezoeker erop klikt."),
    )
    title = blocks.CharBlock(
        label=_("Titel"), max_length=120, help_text=_("Waar gaat de video over? Wordt voorgelezen door schermlezers.")
    )
    thumbnail = RenditionImageChooserBlock(
        label=_("Afbeelding"),
        required=False,
        help_text=_(
            "Wat de bezoeker ziet voordat de video laadt. Liggend. Beelden van YouTube of Vimeo tonen we niet vanzelf: "
            "daarmee weten zij wie er kijkt."
        ),
    )
    transcript = TextBlock(
        label=_("Uitgeschreven tekst"),
        required=False,
        features=PLAIN_FEATURES,
        help_text=_(
            "Wat er gezegd wordt, voor wie de video niet kan horen of zien. Nodig als er geen ondertiteling is."
        ),
    )

    class Meta:
        template = "cms/blocks/video.html"
        icon = "media"
        label = _("Video")
        description = _("Een video van YouTube of Vimeo")
        preview_value = {
            "url": "https://vimeo.com/76979871",
            "title": "Rondleiding door het techlab",
            "thumbnail": None,
            "transcript": "",
        }

    def get_api_representation(self, value, context=None):
        """``thumbnail`` is an image of ours or ``None``: one of the host's would tell the host who is reading."""
        video = represent_video(value["url"])
        return video and {
            **video,
            "title": value["title"],
            "thumbnail": value["thumbnail"] and represent_image(value["thumbnail"]),
            "transcript": clean_html(value["transcript"].source),
        }

    def get_api_schema(self) -> Schema:
        return extended(VIDEO, title=STRING, thumbnail=nullable(IMAGE), transcript=HTML)


class DownloadBlock(SeenBlock):
    document = DocumentChooserBlock(label=_("Bestand"))
    title = blocks.CharBlock(
        label=_("Titel"), required=False, max_length=120, help_text=_("Leeg laten om de naam van het bestand te tonen.")
    )

    class Meta:
        template = "cms/blocks/download.html"
        icon = "download"
        label = _("Download")
        description = _("Een bestand om te bewaren; soort en grootte komen er vanzelf bij")
        preview_value = {"document": None, "title": "Lesbrief robotica"}

    def get_searchable_content(self, value):
        return [value["title"] or value["document"].title] if value["document"] else []

    def get_api_representation(self, value, context=None):
        if not value["document"]:
            return None
        document = represent_document(value["document"])
        return document | {"title": value["title"] or document["title"]}

    def get_api_schema(self) -> Schema:
        return FILE


class CallToActionBlock(SeenBlock):
    text = blocks.CharBlock(
        label=_("Tekst op de knop"),
        max_length=60,
        help_text=_("Zeg wat er gebeurt: ‘Bekijk het programma’, niet ‘Klik hier’."),
    )
    page = blocks.PageChooserBlock(label=_("Naar een pagina"), required=False)
    url = blocks.URLBlock(label=_("Of naar een adres elders"), required=False)

    class Meta:
        template = "cms/blocks/call_to_action.html"
        icon = "link"
        label = _("Knop")
        description = _("Eén duidelijke volgende stap")
        preview_value = {"text": "Bekijk het programma", "page": None, "url": "https://www.sterktechniekonderwijs.nl/"}

    def clean(self, value):
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["url"]) and not self.is_deferred_validation:
            error = ValidationError(_("Kies een pagina of vul een adres in, een van de twee."))
            raise StructBlockValidationError(block_errors={"url": error})
        return cleaned

    def get_searchable_content(self, value):
        """Nothing when it leads to a page: that may not be public."""
        return [] if value["page"] else super().get_searchable_content(value)

    def get_api_representation(self, value, context=None):
        """``page`` is the card of the page, or ``None`` for an address elsewhere; ``url`` is a site path or address."""
        if not value["page"]:
            return {"text": value["text"], "url": value["url"], "page": None}
        cards = represent_cards([value["page"].pk], context)
        return {"text": value["text"], "url": cards[0]["meta"]["html_path"], "page": cards[0]} if cards else None

    def get_api_schema(self) -> Schema:
        return shape(text=STRING, url=STRING, page=nullable(CARD))


class PageCardsBlock(SeenBlock):
    title = blocks.CharBlock(label=_("Titel"), required=False, max_length=120)
    pages = blocks.ListBlock(blocks.PageChooserBlock(label=_("Pagina")), label=_("Pagina's"), min_num=1, max_num=12)

    unseen = ("title",)
    """There when one of the pages is public only."""

    class Meta:
        template = "cms/blocks/page_cards.html"
        icon = "doc-full"
        label = _("Uitgelichte pagina's")
        description = _("Verwijzingen met foto en samenvatting; volgen vanzelf als de pagina verandert")
        preview_value = staticmethod(sample_page_cards)

    def get_api_representation(self, value, context=None):
        cards = represent_cards([page.pk for page in value["pages"] if page], context)
        return {"title": value["title"], "pages": cards} if cards else None

    def get_api_schema(self) -> Schema:
        return shape(title=STRING, pages=array(CARD))


class AccordionBlock(SeenBlock):
    title = blocks.CharBlock(label=_("Titel"), required=False, max_length=120)
    items = blocks.ListBlock(
        SeenBlock(
            [
                ("title", blocks.CharBlock(label=_("Kop"), max_length=150)),
                ("text", TextBlock(label=_("Tekst"), features=PLAIN_FEATURES)),
            ]
        ),
        label=_("Onderdelen"),
        min_num=1,
    )

    class Meta:
        template = "cms/blocks/accordion.html"
        icon = "list-ul"
        label = _("Uitklaplijst")
        description = _("Koppen waaronder tekst uitklapt, voor wie meer wil weten")
        preview_value = {"title": "Goed om te weten", "items": [{"title": "Wat neemt u mee?", "text": "<p>Niets.</p>"}]}


class TableBlock(SeenBlock):
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=_("Tekst"), required=False)),
            ("number", blocks.FloatBlock(label=_("Getal"), required=False)),
        ],
        label=_("Tabel"),
    )

    class Meta:
        template = "cms/blocks/table.html"
        icon = "table"
        label = _("Tabel")
        description = _("Gegevens in rijen en kolommen, niet voor opmaak")
        preview_value = {
            "table": {
                "columns": [{"type": "text", "heading": "Leerjaar"}, {"type": "number", "heading": "Uren"}],
                "rows": [{"values": ["Klas 1", 4]}, {"values": ["Klas 2", 6]}],
                "caption": "Techniek per week",
            }
        }

    def get_api_representation(self, value, context=None):
        return super().get_api_representation(value, context)["table"]

    def get_api_schema(self) -> Schema:
        return schema_of_block(self.child_blocks["table"])


class KeyFiguresBlock(SeenBlock):
    title = blocks.CharBlock(label=_("Titel"), required=False, max_length=120)
    figures = blocks.ListBlock(
        SeenBlock(
            [
                (
                    "value",
                    blocks.CharBlock(label=_("Getal"), max_length=20, help_text=_("Bijvoorbeeld ‘78’ of ‘± 40%’.")),
                ),
                ("label", blocks.CharBlock(label=_("Waarvan?"), max_length=80)),
            ]
        ),
        label=_("Cijfers"),
        min_num=1,
        max_num=6,
    )

    class Meta:
        template = "cms/blocks/key_figures.html"
        icon = "order"
        label = _("Kerncijfers")
        description = _("Een paar getallen die blijven hangen")
        preview_value = {"title": "In het kort", "figures": [{"value": "78", "label": "regio's"}]}


class ShownStreamBlock(blocks.StreamBlock):
    """A stream that leaves out the blocks that have nothing to show."""

    def get_api_representation(self, value, context=None):
        return [item for item in super().get_api_representation(value, context) if item["value"] is not None]

    def get_api_schema(self) -> Schema:
        return schema_of_stream(self)


class BodyBlock(ShownStreamBlock):
    """The body of a page."""

    text = TextBlock()
    image = FigureBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    video = VideoBlock()
    download = DownloadBlock()
    call_to_action = CallToActionBlock()
    page_cards = PageCardsBlock()
    accordion = AccordionBlock()
    table = TableBlock()
    key_figures = KeyFiguresBlock()
