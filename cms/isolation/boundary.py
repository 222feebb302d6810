"""What a page of a region may refer to: what is of that region, and what is national.

The references are those of Wagtail's ``ReferenceIndex``: foreign keys, blocks, rich text and inline children. National
pages may refer to anything: their editors see everything.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex

from cms.region import PATH_LENGTH, region_model


class Reference(NamedTuple):
    model: type[Model]
    pk: str
    field: str
    """The name of the field, or of the relation to inline children, that refers."""


def region_path(path: str) -> str | None:
    """The tree path of the region that holds ``path``, online or not; ``None`` for what is national."""
    path = path[:PATH_LENGTH]
    return path if _regions_among({path}) else None


def check_references(page: Page, path: str | None = None) -> None:
    """Raises ``ValidationError`` when ``page`` would refer to another region at ``path``, by default its own."""
    if foreign := foreign_references(references_of(page), path or page.path):
        fields = dict.fromkeys(reference.field for reference in foreign)
        raise ValidationError([refusal(label_of(page, field)) for field in fields])


def refusal(label: str) -> ValidationError:
    message = _("In ‘%(field)s’ staat iets van een andere regio. Kies iets van uw eigen regio, of iets landelijks.")
    return ValidationError(message, code="foreign", params={"field": label})


def foreign_references(references: Iterable[Reference], path: str) -> list[Reference]:
    """Those of ``references`` that a page at ``path`` can't have."""
    by_model = {}
    for reference in references:
        by_model.setdefault(reference.model, []).append(reference)
    region = region_path(path) if by_model else None
    if region is None:
        return []
    foreign = []
    for model, found in by_model.items():
        pks = _of_other_regions(model, {reference.pk for reference in found}, region)
        foreign += [reference for reference in found if reference.pk in pks]
    return foreign


def references_of(instance: Model) -> Iterator[Reference]:
    """What ``instance`` refers to as it is in memory."""
    for content_type, pk, model_path, _path in ReferenceIndex._extract_references_from_object(instance):
        field = model_path.partition(".")[0]
        if field not in getattr(instance, "leads_to_regions", ()):
            yield Reference(ContentType.objects.get_for_id(content_type).model_class(), pk, field)


def label_of(page: Page, name: str) -> str:
    """What editors call the field of ``page`` by this name."""
    field = page._meta.get_field(name)
    return field.related_model._meta.verbose_name_plural if field.auto_created else field.verbose_name


def _of_other_regions(model: type[Model], pks: set[str], region: str) -> set[str]:
    if issubclass(model, Page):
        paths = Page.objects.filter(pk__in=pks).values_list("pk", "path")
        regions = _regions_among({path[:PATH_LENGTH] for _pk, path in paths})
        return {str(pk) for pk, path in paths if path[:PATH_LENGTH] in regions - {region}}
    if model in (get_image_model(), get_document_model()):
        collections = dict(model.objects.filter(pk__in=pks).values_list("pk", "collection__path"))
        own, others = _collections(region)
        return {str(pk) for pk, path in collections.items() if path.startswith(others) and not path.startswith(own)}
    return set()


def _regions_among(paths: set[str]) -> set[str]:
    return set(region_model().objects.filter(path__in=paths).values_list("path", flat=True))


def _collections(region: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tree paths of the collections of the region at ``region``, and of those of all others."""
    rows = region_model().objects.exclude(access=None).values_list("path", "access__collection__path")
    own = tuple(collection for path, collection in rows if path == region)
    return own, tuple(collection for path, collection in rows if path != region)
