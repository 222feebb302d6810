"""What a draft must have before it can go online, wherever the publishing is asked from."""

import logging

from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import Page, Revision

from .isolation.boundary import check_references
from .models import BasePage

logger = logging.getLogger(__name__)


def check_publishable(page: Page) -> None:
    """Check the latest draft of ``page`` as its form does when one publishes.

    Raises ``ValidationError`` for a field that is missing or wrong, for a block that is empty, for what is of another
    region, and for what the page may not lose.
    """
    _check(page.get_latest_revision_as_object())


def _check(draft: Page) -> None:
    draft.full_clean()
    check_references(draft)
    if isinstance(draft, BasePage):
        draft.check_going_online()
    for field in draft._meta.get_fields():
        if isinstance(field, StreamField):
            field.stream_block.clean(getattr(draft, field.name))


def hold_back_what_is_incomplete() -> None:
    """Leave what is due but can't go online a draft: Wagtail would stop at it, with all that come after."""
    for revision in Revision.objects.page_revisions().filter(approved_go_live_at__lt=timezone.now()):
        draft = revision.as_object()
        try:
            _check(draft)
        except ValidationError as error:
            logger.error("Page %s was due and can't go online: %s", draft.pk, error.messages)
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
