"""Pages and links that editors put before what a question finds (``wagtail.contrib.search_promotions``).

A question is theirs when it asks for the same words, whatever their order, forms, capitals and accents, or for others
that mean the same: of each part of one there is a part of the other that editors put in a line of synonyms with it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from wagtail.contrib.search_promotions.models import SearchPromotion

from cms.json_schema import CARD, STRING, Named, nullable, shape

from . import query
from .query import Alternative, Wanted, known_by

PROMOTED = Named(
    "Promoted",
    shape(text=STRING, url=STRING, description=STRING, page=nullable(CARD)),
    "`url` is a path on the site, or with `page` null an address elsewhere. `description` is plain text.",
)
Asked = frozenset[Alternative]
"""What the parts of a question are known by."""


class Promotion(NamedTuple):
    """A page, or a link elsewhere."""

    page: int | None
    url: str
    text: str
    description: str


Promotions = Mapping[Asked, list[Promotion]]


def all_promotions(synonyms: Iterable[Sequence[Alternative]]) -> Promotions:
    """What was chosen for each question, in the editors' order."""
    chosen = defaultdict(list)
    columns = ("query__query_string", "page", "external_link_url", "external_link_text", "description")
    for text, *promotion in SearchPromotion.objects.order_by("query", "sort_order").values_list(*columns):
        asked = frozenset(known_by(part.words) for part in query.read(text, synonyms).parts)
        if asked:
            chosen[asked].append(Promotion(*promotion))
    return dict(chosen)


def chosen_for(wanted: Wanted, promotions: Promotions) -> list[Promotion]:
    meant = [frozenset(map(known_by, part.alternatives)) for part in wanted.parts]
    words = {word for part in wanted.parts for word in known_by(part.words)}
    same = (asked for asked in promotions if words == set(chain(*asked)) or _is_same(asked, meant))
    return [promotion for asked in same for promotion in promotions[asked]]


def represent(chosen: Iterable[Promotion], cards: Mapping[int, dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of ``chosen`` that can be shown, each once; ``cards`` are those of the pages that are public."""
    shown: dict[str, dict[str, Any]] = {}
    for promotion in chosen:
        card = cards.get(promotion.page) if promotion.page else None
        if promotion.page and card is None:
            continue
        text, url = (card["title"], card["meta"]["html_path"]) if card else (promotion.text, promotion.url)
        item = {"text": text, "url": url, "description": promotion.description, "page": card}
        shown.setdefault(url, item)
    return list(shown.values())


def _is_same(asked: Asked, meant: Collection[Asked]) -> bool:
    """Whether all that was ``asked`` is ``meant``, and something by each part."""
    return asked.issubset(chain(*meant)) and not any(map(asked.isdisjoint, meant))
