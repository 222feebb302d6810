"""What the worker does for ``cms``."""

from django_tasks import task
from wagtail.images import get_image_model

from .renditions import RENDERING_ERRORS, SOCIAL, SRCSET


@task(backend="worker")
def make_renditions(image_id: int) -> None:
    """Make the sizes of a picture before the first visitor asks for them; a picture deleted meanwhile is fine."""
    image = get_image_model().objects.filter(pk=image_id).first()
    if image:
        try:
            image.get_renditions(*SRCSET, SOCIAL)
        except RENDERING_ERRORS:
            # The API then answers with an empty srcset.
            return
