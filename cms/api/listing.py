"""Lists of pages, answered from their documents: select and order in SQL, hand out the kept texts as they are."""

import datetime
from collections.abc import Container, Hashable, Iterable
from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from wagtail.api.v2.utils import BadRequestError

from cms import document_texts
from cms.kept import kept
from cms.models import PageDocument

from .answers import Answer
from .filters import Filter
from .ordering import COLUMNS, Order

MAX_OFFSET = 1_000_000
DEFAULT_LIMIT = 20


class Part(NamedTuple):
    """Which part of a list is asked for."""

    limit: int
    offset: int
    after: str | None


class Listed(NamedTuple):
    """A part of a list."""

    page_ids: list[int]
    texts: list[str]
    tags: set[str]
    total: int
    next: str | None = None
    """What to give as ``after`` to go on behind the last one; ``None`` when that was the last of all."""
    valid_until: datetime.datetime | None = None
    """The first moment at which something in it is shown differently."""

    def respond(self) -> Answer:
        """Wagtail's envelope, with ``next`` added to it."""
        token = f'"{self.next}"' if self.next else "null"
        meta = f'{{"total_count":{self.total},"next":{token}}}'
        text = f'{{"meta":{meta},"items":[{",".join(self.texts)}]}}'
        return Answer(text, self.tags | {"pages"}, self.valid_until)


def allow_parameters(parameters: QueryDict, *names: str) -> None:
    """Raises ``BadRequestError`` for any other parameter: a typing error must not give another list."""
    if unknown := parameters.keys() - set(names):
        listed = ", ".join(sorted(unknown))
        raise BadRequestError(f"query parameter is not an operation or a recognised field: {listed}")


def read_part(parameters: QueryDict, max_limit: int = settings.WAGTAILAPI_LIMIT_MAX) -> Part:
    """``limit``, ``offset`` and ``after``; raises ``BadRequestError`` for what no list can have."""
    limit = _read_number(parameters, "limit", min(DEFAULT_LIMIT, max_limit), max_limit)
    offset = _read_number(parameters, "offset", 0, MAX_OFFSET)
    if "after" in parameters and "offset" in parameters:
        raise BadRequestError("after and offset exclude each other")
    return Part(limit, offset, parameters.get("after"))


def read_order(parameters: QueryDict, default: str, allowed: Container[str] = COLUMNS) -> Order:
    if "order" not in parameters:
        return Order([default])
    names = parameters["order"].split(",")
    for name in names:
        if name.removeprefix("-") not in allowed:
            raise BadRequestError(f"cannot order by '{name}' (unknown field)")
    return Order(names)


def narrow(rows: QuerySet[PageDocument], parameters: QueryDict, filters: Iterable[Filter]) -> QuerySet[PageDocument]:
    for filter in filters:
        if filter.name in parameters:
            rows = filter.narrow(rows, parameters[filter.name])
    return rows


def list_documents(
    rows: QuerySet[PageDocument], order: Order, part: Part, kind: str, key: Hashable, token: str | None
) -> Listed:
    """The ``part`` of ``rows`` in ``order``, as texts of a ``kind`` that ``cms.document_texts`` keeps.

    Their number is kept under ``key``, which stands for what ``rows`` are, and the ``token`` of the documents. One
    query; one more for a number that isn't kept, and a few when texts have to be rendered.
    """
    sorted_rows = order.sort(rows)
    if part.after is not None:
        sorted_rows = order.after(sorted_rows, part.after)
    found = sorted_rows.values_list(*document_texts.COLUMNS, kind, *order.columns)
    # One more than asked for tells whether there is a next part.
    found = list(found[part.offset : part.offset + part.limit + 1])
    shown = found[: part.limit]
    total = kept(("total", key), rows.order_by().count, token)
    following = order.token(shown[-1][-len(order.columns) :]) if len(found) > len(shown) > 0 else None
    texts = document_texts.hand_out(shown, kind)
    tags = {tag for text in texts for tag in text.tags.split()}
    valid_until = min((text.valid_until for text in texts if text.valid_until), default=None)
    contents = [text.content for text in texts]
    return Listed([text.page for text in texts], contents, tags, total, following, valid_until)


def _read_number(parameters: QueryDict, name: str, default: int, highest: int) -> int:
    value = parameters.get(name, str(default))
    if not (value.isascii() and value.isdecimal()):
        raise BadRequestError(f"{name} must be a positive integer")
    if len(value) > len(str(highest)) or int(value) > highest:
        raise BadRequestError(f"{name} cannot be higher than {highest}")
    return int(value)
