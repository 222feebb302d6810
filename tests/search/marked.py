"""Pages in which every text holds a word of its own, so that one can see where each of them comes to stand."""

import datetime
from collections.abc import Iterator
from itertools import product
from string import ascii_lowercase

from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from cms.blocks import CallToActionBlock, ImageBlock
from cms.models import BasePage
from cms.video import validate_video_url
from home.items import ItemChooserBlock
from home.models import FaqCategory
from tests.factories import make_document, make_event, make_image, make_news, make_question, make_series

VIDEO = "https://vimeo.com/76979871"
MOMENT = datetime.datetime(2026, 3, 12, 13, 30, tzinfo=datetime.UTC)


class Marker:
    """Gives out words; ``words`` has each by the path of what says it, such as ``body.video.title``."""

    def __init__(self, home):
        self.words: dict[str, str] = {}
        self._unused = ("zq" + "".join(letters) for letters in product(ascii_lowercase, repeat=3))
        series, [story] = make_series(home, "Deel van een reeks")
        chosen = [make_news(home), make_event(home), make_question("Mag dat?"), series, story]
        self._pages = {page._meta.label: page for page in chosen}

    def word(self, path: str) -> str:
        return self.words.setdefault(path, next(self._unused))

    def mark(self, row: models.Model, path: str = "") -> models.Model:
        """``row`` with something in each of its own fields; Wagtail's own fields of a page are left alone."""
        for field in _own_fields(row):
            value = self._of_field(field, f"{path}{field.name}")
            if value is not None:
                setattr(row, field.name, value)
        for relation in get_all_child_relations(type(row)) if isinstance(row, Page) else ():
            if not relation.related_model._meta.app_label.startswith("wagtail"):
                name = relation.get_accessor_name()
                setattr(row, name, [self.mark(relation.related_model(), f"{name}.")])
        return row

    def _of_field(self, field: models.Field, path: str):
        if isinstance(field, StreamField):
            block = field.stream_block
            return block.to_python(self._of_block(block, path))
        if field.choices:
            return None
        if isinstance(field, models.URLField):
            return VIDEO if validate_video_url in field.validators else f"https://example.org/{self.word(path)}"
        if isinstance(field, models.EmailField):
            return f"{self.word(path)}@example.org"
        if isinstance(field, RichTextField):
            return f"<p>{self.word(path)}</p>"
        if isinstance(field, models.CharField | models.TextField):
            return self.word(path)
        if isinstance(field, models.ForeignKey):
            return self._of_reference(field, path)
        moments = {"start": MOMENT, "end": MOMENT + datetime.timedelta(hours=1), "date": MOMENT.date()}
        return moments.get(field.name)

    def _of_reference(self, field: models.ForeignKey, path: str):
        match field.related_model._meta.label:
            case "cms.Image":
                return self._image(path)
            case "wagtaildocs.Document":
                return make_document(self.word(path))
            case "home.FaqCategory":
                return FaqCategory.objects.first()
            case "cms.BasePage":
                return BasePage.objects.get(pk=self._pages["agenda.EventPage"].pk)
        return None

    def _image(self, path: str):
        return make_image(
            self.word(path), width=80, height=51, description=self.word(f"{path}.description"), credit=self.word(path)
        )

    def _of_block(self, block: blocks.Block, path: str):
        """A value of ``block`` as it is stored."""
        match block:
            case blocks.StreamBlock():
                children = block.child_blocks.items()
                return [{"type": name, "value": self._of_block(child, f"{path}.{name}")} for name, child in children]
            case ImageBlock():
                text = self.word(f"{path}.alt_text")
                return {"image": self._image(path).pk, "alt_text": text, "decorative": False}
            case CallToActionBlock():
                names = ("text", "url")
                said = {name: self._of_block(block.child_blocks[name], f"{path}.{name}") for name in names}
                return said | {"page": None}
            case blocks.StructBlock():
                children = block.child_blocks.items()
                return {name: self._of_block(child, f"{path}.{name}") for name, child in children}
            case blocks.ListBlock():
                return [self._of_block(block.child_block, path)]
            case TypedTableBlock():
                return self._table(block, path)
            case _:
                return self._of_leaf(block, path)

    def _of_leaf(self, block: blocks.Block, path: str):
        match block:
            case blocks.RichTextBlock():
                return f"<p>{self.word(path)}</p>"
            case blocks.CharBlock() | blocks.TextBlock():
                return self.word(path)
            case blocks.URLBlock():
                is_video = validate_video_url in block.field.validators
                return VIDEO if is_video else f"https://example.org/{self.word(path)}"
            case blocks.ChoiceBlock() | blocks.IntegerBlock():
                return block.get_default()
            case ImageChooserBlock():
                return self._image(path).pk
            case DocumentChooserBlock():
                return make_document(self.word(path)).pk
            case ItemChooserBlock():
                return self._pages[block.kinds[0]].pk
            case blocks.PageChooserBlock():
                return self._pages["regions.NewsPage"].pk
        raise TypeError(f"{path}: what does somebody write in a {type(block).__name__}?")

    def _table(self, block: TypedTableBlock, path: str):
        columns = [{"type": name, "heading": self.word(f"{path}.heading")} for name in block.child_blocks]
        cells = [self.word(f"{path}.{name}") if name == "text" else 7 for name in block.child_blocks]
        return {"columns": columns, "rows": [{"values": cells}], "caption": self.word(f"{path}.caption")}


def _own_fields(row: models.Model) -> Iterator[models.Field]:
    for field in row._meta.concrete_fields:
        if field.model._meta.app_label.startswith("wagtail") or field.primary_key or not field.editable:
            continue
        if field.remote_field and field.remote_field.parent_link:
            continue
        yield field
    if isinstance(row, Page):
        yield row._meta.get_field("title")
