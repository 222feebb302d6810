"""The fixed sizes in which pictures are offered, so that no front end builds image addresses.

No size is cropped: the API tells where the focal point is, and a front end that shows a cut-out places it by that.
"""

from collections.abc import Iterator, Mapping

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch
from wagtail.images import get_image_model
from wagtail.images.models import Filter, SourceImageIOError
from wagtail.models import Page, ReferenceIndex

from .json_schema import ADDRESS, INTEGER, NUMBER, STRING, Named, array, nullable, one_of, shape

MEDIA_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}

# The named sets: for each format, best first, the widths in pixels. The one JPEG serves clients that know nothing
# newer, mail among them.
WIDE = {"avif": (480, 960, 1600), "webp": (480, 960, 1600), "jpeg": (960,)}
"""For a picture on its own: above a page, in a card, in a gallery."""
INLINE = {"webp": (480, 960), "jpeg": (960,)}
"""For a picture in a column of text; part of ``WIDE``, so that it takes no sizes of its own."""

# What social media show of a shared page: https://ogp.me/#structured.
SOCIAL = "fill-1200x630|format-jpeg"

# The file is gone, or a picture that came in past the upload form can't be written in one of the formats.
RENDERING_ERRORS = (SourceImageIOError, OSError, ValueError)


IMAGE = Named(
    "Image",
    shape(
        alt=STRING,
        width=INTEGER,
        height=INTEGER,
        focal_point=nullable(shape(x=NUMBER, y=NUMBER)),
        credit=STRING,
        srcset=array(shape(url=ADDRESS, width=INTEGER, height=INTEGER, type=one_of(MEDIA_TYPES.values()))),
    ),
    "A picture with its sizes: `width` and `height` are those of the original; `focal_point` is in fractions of them.",
)


def prefetch_renditions(lookup: str) -> Prefetch:
    """The sizes that we offer of the images at ``lookup`` (such as ``image__renditions``), in one query."""
    specs = [_spec(width, kind) for kind, widths in WIDE.items() for width in widths] + [SOCIAL]
    renditions = get_image_model().get_rendition_model().objects.filter(filter_spec__in=specs)
    return Prefetch(lookup, queryset=renditions)


def missing_sizes(image) -> list[str]:
    """The filter specs of those sizes of ``image`` that still have to be made."""
    specs = [spec for _, spec in _sizes(image, WIDE)] + [SOCIAL]
    existing = {filter.spec for filter in image.find_existing_renditions(*map(Filter, specs))}
    return [spec for spec in specs if spec not in existing]


def images_lacking_sizes(page: Page) -> list:
    """The images that ``page`` refers to and of which sizes still have to be made."""
    model = get_image_model()
    references = ReferenceIndex.get_references_for_object(page).filter(
        to_content_type=ContentType.objects.get_for_model(model)
    )
    shown = {int(pk) for pk in references.values_list("to_object_id", flat=True)}
    images = model.objects.filter(pk__in=shown).prefetch_related(prefetch_renditions("renditions"))
    return [image for image in images if missing_sizes(image)]


def find_sources(image, sizes: Mapping[str, tuple[int, ...]] = WIDE) -> list[dict]:
    """The files of ``image`` as ``{url, width, height, type}`` with absolute addresses.

    In the order of ``sizes``, narrow to wide within a format; empty when no sizes can be made of the file. AVIF takes
    a second to write: what the worker hasn't made yet is left out. The other formats are made here when missing.
    """
    wanted = list(_sizes(image, sizes))
    found = image.find_existing_renditions(*(Filter(spec) for _, spec in wanted))
    renditions = {filter.spec: rendition for filter, rendition in found.items()}
    if lacking := [spec for kind, spec in wanted if spec not in renditions and kind != "avif"]:
        try:
            renditions |= image.get_renditions(*lacking)
        except RENDERING_ERRORS:
            return []
    return [_source(renditions[spec], kind) for kind, spec in wanted if spec in renditions]


def represent_image(image, alt: str | None = None) -> dict:
    """What the API says of an image.

    ``alt`` takes the place of the image's own text; ``focal_point`` is ``{x, y}`` as fractions of width and height
    or ``None``; ``srcset`` holds the sources of the set ``WIDE``.
    """
    return {
        "alt": image.description if alt is None else alt,
        "width": image.width,
        "height": image.height,
        "focal_point": _focal_point(image),
        "credit": image.credit,
        "srcset": find_sources(image),
    }


def _sizes(image, sizes: Mapping[str, tuple[int, ...]]) -> Iterator[tuple[str, str]]:
    """Format and filter spec of each size; an image is never enlarged, so it has one size of at least its own width."""
    for kind, widths in sizes.items():
        narrower = sum(width < image.width for width in widths)
        for width in widths[: narrower + 1]:
            yield kind, _spec(width, kind)


def _spec(width: int, kind: str) -> str:
    return f"width-{width}|format-{kind}"


def _source(rendition, kind: str) -> dict:
    return {
        "url": rendition.full_url,
        "width": rendition.width,
        "height": rendition.height,
        "type": MEDIA_TYPES[kind],
    }


def represent_social_image(image) -> dict | None:
    """``{url, width, height}`` of the size for sharing, cropped around the focal point; ``None`` when it can't be made.

    It is 1200 by 630 pixels, or smaller when the original is: nothing is enlarged.
    """
    try:
        rendition = image.get_rendition(SOCIAL)
    except RENDERING_ERRORS:
        return None
    return {"url": rendition.full_url, "width": rendition.width, "height": rendition.height}


def _focal_point(image) -> dict | None:
    if not image.has_focal_point():
        return None
    return {
        "x": round(image.focal_point_x / image.width, 4),
        "y": round(image.focal_point_y / image.height, 4),
    }
