"""Putting pages in the tree from code."""

import datetime

from django.utils import timezone
from wagtail.models import Page


def add_live(parent: Page, page: Page, published_at: datetime.datetime | None = None) -> Page:
    """Add ``page`` below ``parent`` as if it had been published at ``published_at`` (now, when left out).

    Raises ``ValidationError`` for what an editor could not publish either.
    """
    moment = published_at or timezone.now()
    page.live = True
    page.first_published_at = page.last_published_at = page.latest_revision_created_at = moment
    page.locale = parent.locale
    return parent.add_child(instance=page)
