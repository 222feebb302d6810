"""The fixed sizes in which pictures are offered, so that no front end builds image addresses."""

from django.db.models import Prefetch
from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError

MEDIA_TYPES = {".webp": "image/webp", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
MEDIA_TYPES |= {".gif": "image/gif", ".avif": "image/avif"}

# Widths in pixels for ``srcset``; the one JPEG serves clients that know nothing newer, mail among them.
SRCSET = (
    "width-480|format-webp",
    "width-960|format-webp",
    "width-1600|format-webp",
    "width-960|format-jpeg",
)

# What social media show of a shared page: https://ogp.me/#structured.
SOCIAL = "fill-1200x630|format-jpeg"

# The file is gone, or a picture that came in past the upload form can't be written as WebP or JPEG.
RENDERING_ERRORS = (SourceImageIOError, OSError, ValueError)


def prefetch_renditions(lookup: str) -> Prefetch:
    """The renditions made here for the images at ``lookup`` (such as ``image__renditions``), in one query."""
    renditions = get_image_model().get_rendition_model().objects.filter(filter_spec__in=(*SRCSET, SOCIAL))
    return Prefetch(lookup, queryset=renditions)


def represent_image(image, alt: str | None = None) -> dict:
    """What the API says of an image.

    ``alt`` takes the place of the image's own text; ``focal_point`` is ``{x, y}`` as fractions of width and height
    or ``None``; ``srcset`` holds ``{url, width, height, type}`` with absolute addresses, narrow to wide, and is
    empty when no sizes can be made of the file.
    """
    return {
        "alt": image.description if alt is None else alt,
        "width": image.width,
        "height": image.height,
        "focal_point": _focal_point(image),
        "credit": image.credit,
        "srcset": _srcset(image),
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


def _srcset(image) -> list[dict]:
    try:
        renditions = image.get_renditions(*SRCSET).values()
    except RENDERING_ERRORS:
        return []
    sources: dict[tuple[bool, int], dict] = {}
    for rendition in renditions:
        extension = rendition.file.name[rendition.file.name.rfind(".") :]
        source = {
            "url": rendition.full_url,
            "width": rendition.width,
            "height": rendition.height,
            "type": MEDIA_TYPES[extension],
        }
        # A small original is never enlarged: it has the same width in several sizes.
        sources.setdefault((source["type"] != "image/webp", source["width"]), source)
    return [sources[key] for key in sorted(sources)]
