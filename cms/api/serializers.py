"""Serializer fields, and what they share: how the API shows what page types name in their ``api_fields``."""

from collections.abc import Iterable

from django.conf import settings
from rest_framework.fields import Field

from cms.json_schema import (
    ADDRESS,
    CARD,
    ID,
    INTEGER,
    STRING,
    Named,
    Schema,
    array,
    nullable,
    shape,
)
from cms.region import region_of
from cms.renditions import IMAGE, represent_image

TERM = Named("Term", shape(id=ID, slug=STRING, title=STRING), "A word that pages are filed under.")
REGION = Named("RegionReference", shape(id=ID, slug=STRING, name=STRING), "The region that a page belongs to.")
FILE = Named(
    "File",
    shape(title=STRING, url=ADDRESS, filename=STRING, type=STRING, size=nullable(INTEGER)),
    "A file to download: `type` is the extension, `size` is in bytes and `null` when the file is gone.",
)


class ImageField(Field):
    """An image as ``{alt, width, height, focal_point, credit, srcset}``."""

    schema = nullable(IMAGE)

    def to_representation(self, image) -> dict:
        return represent_image(image)


class RegionField(Field):
    """The region of a page as ``{id, slug, name}``, or ``None`` for what is national."""

    schema = nullable(REGION)

    def get_attribute(self, page):
        return region_of(page)

    def to_representation(self, region) -> dict:
        return {"id": region.pk, "slug": region.slug, "name": region.title}


class HtmlPathField(Field):
    """The path of a page on the national site, with slashes at both ends; what ``find/?html_path=`` takes."""

    schema = STRING

    def get_attribute(self, page):
        return page

    def to_representation(self, page) -> str | None:
        parts = page.get_url_parts(self.context["request"])
        return parts and parts[2]


class TermsField(Field):
    """Themes or audiences as a list of ``{id, slug, title}``, in the national order."""

    schema = array(TERM)

    def to_representation(self, terms) -> list[dict]:
        return [represent_term(term) for term in terms.all()]


class TermField(Field):
    """One term as ``{id, slug, title}``."""

    schema = nullable(TERM)

    def to_representation(self, term) -> dict:
        return represent_term(term)


class PageCardField(Field):
    """A page referred to by a foreign key, as a card; ``None`` when it isn't public."""

    schema = nullable(CARD)

    def get_attribute(self, instance) -> int | None:
        return getattr(instance, f"{self.source}_id")

    def to_representation(self, page_id: int) -> dict | None:
        cards = represent_cards([page_id], self.context)
        return cards[0] if cards else None


def represent_term(term) -> dict:
    return {"id": term.pk, "slug": term.slug, "title": term.title}


def represent_document(document) -> dict:
    """``{title, url, filename, type, size}``: an absolute address, the extension, bytes."""
    return {
        "title": document.title,
        "url": settings.WAGTAILADMIN_BASE_URL + document.url,
        "filename": document.filename,
        "type": document.file_extension,
        "size": document.get_file_size(),
    }


def represent_cards(page_ids: Iterable[int], context: dict) -> list[dict]:
    """The cards of those ``page_ids`` that are public, in the order given.

    ``context`` is the serializer context of the pages API: its ``view`` knows which pages are public and what a
    card shows.
    """
    return context["view"].represent_cards(list(page_ids))


class ChildrenField(Field):
    """Inline children as a list of objects with the attributes ``names``, in their order."""

    def __init__(self, *names: str, **kwargs):
        self.names = names
        super().__init__(**kwargs)

    @property
    def schema(self) -> Schema:
        return array(shape(**dict.fromkeys(self.names, STRING)))

    def to_representation(self, children) -> list[dict]:
        return [{name: getattr(child, name) for name in self.names} for child in children.all()]
