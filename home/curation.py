"""Putting pages on the homepage from elsewhere in the admin: in its draft, for the editor to look at and publish."""

import json
import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision

from cms.models import BasePage

from .models import HomePage
from .sections import MOST_CHOSEN


class AlreadyThere(Exception):
    """The page stands in a section of chosen pages."""


class SectionFull(Exception):
    """The first section of chosen pages holds as many as it may."""


@transaction.atomic
def put_on_homepage(page: BasePage, user) -> Revision:
    """Put ``page`` in front of the first section of chosen pages; a homepage without one gets one.

    Raises ``AlreadyThere`` or ``SectionFull``.
    """
    draft = HomePage.objects.select_for_update().get().get_latest_revision_as_object()
    if page.pk in chosen_pages(draft):
        raise AlreadyThere
    sections = draft.sections.get_prep_value()
    section = next((section for section in sections if section["type"] == "chosen"), None)
    if section is None:
        section = _with_id("chosen", {"title": _("Uitgelicht"), "pages": []})
        sections.insert(0, section)
    pages = section["value"]["pages"]
    if len(pages) >= MOST_CHOSEN:
        raise SectionFull
    pages.insert(0, _with_id("item", {"page": page.pk}))
    draft.sections = json.dumps(sections)
    return draft.save_revision(user=user, log_action=True)


def chosen_pages(home: HomePage) -> set[int]:
    """The ids of the pages chosen by hand in this version of the homepage."""
    chosen = (section.value["pages"] for section in home.sections if section.block_type == "chosen")
    return {choice["page"].pk for pages in chosen for choice in pages if choice["page"]}


def _with_id(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}
