"""The demo's files: drawn pictures with the text that describes them."""

import io

from django.core.files.base import ContentFile
from wagtail.images import get_image_model
from wagtail.models import Collection

from . import pictures

SIZE = (1120, 714)
"""Pixels: enough for what a demo shows; each of the sizes that are made of it takes its time."""


class PictureLibrary:
    """Draws pictures and keeps them in a collection; asking for the same one twice gives the same image."""

    def __init__(self, collection: Collection, first_seed: int = 0):
        self.collection = collection
        self.first_seed = first_seed
        self._images: dict[tuple[str, int], object] = {}

    def picture(self, motif: str, variant: int = 0):
        key = (motif, self.first_seed + variant)
        if key not in self._images:
            self._images[key] = self._draw(*key)
        return self._images[key]

    def _draw(self, motif: str, seed: int):
        drawing = pictures.draw(motif, seed, SIZE)
        content = io.BytesIO()
        drawing.save(content, "JPEG", quality=88)
        return get_image_model().objects.create(
            title=motif.replace("-", " ").capitalize(),
            file=ContentFile(content.getvalue(), name=f"{motif}-{seed}.jpg"),
            width=drawing.width,
            height=drawing.height,
            description=pictures.alt_text(motif, seed),
            credit="Getekend voor de demo",
            collection=self.collection,
        )

    def known_picture(self, motif: str):
        """The picture of this motif when there is one already, else another of the collection."""
        own = [image for (name, _), image in self._images.items() if name == motif]
        return own[0] if own else self._images[sorted(self._images)[len(motif) % len(self._images)]]
