"""What stands in the previews of blocks that show something of the site: only what the public sees already."""

from typing import Any

from .models import BasePage, Image


def sample_figure() -> dict[str, Any]:
    return {"image": next(iter(_images(1)), None), "caption": "Leerlingen stellen de robotarm in"}


def sample_gallery() -> dict[str, Any]:
    return {"title": "Open dag", "images": _images(3)}


def sample_page_cards() -> dict[str, Any]:
    return {"title": "Lees ook", "pages": list(_newest_pages()[:3])}


def _images(number: int) -> list[Image]:
    pages = _newest_pages().exclude(image=None).select_related("image")[: 4 * number]
    images = list(dict.fromkeys(page.image for page in pages))[:number]
    for image in images:  # as the block for images has them
        image.contextual_alt_text = image.default_alt_text
        image.decorative = False
    return images


def _newest_pages():
    """National ones: what regions make is not for each other's editors to see."""
    public = BasePage.objects.filter(document__isnull=False, document__region=None)
    return public.exclude(date=None).order_by("-date", "-pk")
