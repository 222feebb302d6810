"""What a draft must have before it can go online, wherever the publishing is asked from."""

from wagtail.fields import StreamField
from wagtail.models import Page


def check_publishable(page: Page) -> None:
    """Check the latest draft of ``page`` as its form does when one publishes.

    Raises ``ValidationError`` for a field that is missing or wrong, and for a block that is empty.
    """
    draft = page.get_latest_revision_as_object()
    draft.full_clean()
    for field in draft._meta.get_fields():
        if isinstance(field, StreamField):
            field.stream_block.clean(getattr(draft, field.name))
