"""What is shown of pages that were found: their cards, and what readers see of them."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from cms import document_texts
from cms.document_texts import Text
from cms.moments import with_zone
from cms.searched import as_written

from .engines import of_database
from .entries import ENTRIES, page_types
from .scope import event_types, holding_now
from .selection import Selection, is_one_of

COLUMNS = "document.page_id, document.version, document.valid_until, document.tags, document.card"
MOMENT = "document.type, document.start"


class Shown(NamedTuple):
    card: Text
    text: str
    """What readers see of the page besides its title."""
    start: datetime.datetime | None
    """When it takes place, if it does."""


def read(pages: Sequence[int]) -> dict[int, Shown]:
    """Those of ``pages`` that are public and hold, by their ids."""
    if not pages:
        return {}
    is_entry = f"entry.object_id = CAST(document.page_id AS varchar) AND entry.content_type_id IN ({page_types()})"
    asked = holding_now(Selection(is_one_of("document.page_id", pages), tuple(pages)))
    found = asked.joined(f"LEFT JOIN {ENTRIES} ON {is_entry}").all(f"{COLUMNS}, {MOMENT}, entry.{of_database().TEXT}")
    rows, rest = [], {}
    for page, version, valid_until, tags, card, label, start, text in found:
        rows.append((page, version, with_zone(valid_until), tags, card))
        rest[page] = as_written(text or ""), with_zone(start) if label in event_types() else None
    return {card.page: Shown(card, *rest[card.page]) for card in document_texts.hand_out(rows, "card")}
