"""The order of a list, and the place in it where a reader stopped.

Orders are made stable by the id, which comes last. What has no value comes last too, whichever the direction.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Case, Q, QuerySet, Value, When
from rest_framework.utils.encoders import JSONEncoder
from wagtail.api.v2.utils import BadRequestError

from cms.models import PageDocument
from cms.models.documents import NO_DATE, NO_MOMENT

EMPTY = {"date": NO_DATE, "start": NO_MOMENT, "first_published_at": NO_MOMENT}
# What readers may order by.
COLUMNS = {"id", "title", "slug", *EMPTY}


class Key(NamedTuple):
    """One thing by which rows are ordered."""

    column: str
    descending: bool = False

    def __str__(self):
        return f"-{self.column}" if self.descending else self.column


class Order:
    """An order of documents by ``names`` of columns with an optional ``-`` before them."""

    def __init__(self, names: Sequence[str]):
        self.names = ",".join(names)
        self.keys = []
        self.nullable = set()
        for name in names:
            column = name.removeprefix("-")
            key = Key("pk" if column == "id" else column, name.startswith("-"))
            if key.column in EMPTY and not key.descending:
                self.nullable.add(key.column)
                self.keys.append(Key(f"no_{key.column}"))
            self.keys.append(key)
        if "pk" not in [key.column for key in self.keys]:
            self.keys.append(Key("pk"))

    @property
    def columns(self) -> list[str]:
        return [key.column for key in self.keys]

    def sort(self, rows: QuerySet[PageDocument]) -> QuerySet[PageDocument]:
        if self.nullable:  # also without marks, ``annotate`` takes its time
            marks = {
                f"no_{name}": Case(When(**{name: EMPTY[name]}, then=Value(1)), default=Value(0))
                for name in self.nullable
            }
            rows = rows.annotate(**marks)
        return rows.order_by(*map(str, self.keys))

    def after(self, rows: QuerySet[PageDocument], token: str) -> QuerySet[PageDocument]:
        """Those of the sorted ``rows`` that come after the place that ``token`` stands for.

        Raises ``BadRequestError`` when the token was not given out by a list in this order.
        """
        values = self._read(token)
        beyond, same = Q(), Q()
        for key, value in zip(self.keys, values, strict=True):
            beyond |= same & Q(**{f"{key.column}__{'lt' if key.descending else 'gt'}": value})
            same &= Q(**{key.column: value})
        # Follows from the rest, and tells the database where in its index to begin.
        first = self.keys[0]
        return rows.filter(Q(**{f"{first.column}__{'lte' if first.descending else 'gte'}": values[0]}), beyond)

    def token(self, values: Sequence[Any]) -> str:
        """Stands for the place in the list of the row with these values of ``columns``."""
        text = json.dumps([self.names, *values], cls=JSONEncoder, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def _read(self, token: str) -> list[Any]:
        try:
            names, *values = json.loads(base64.b64decode(token + "=" * (-len(token) % 4), b"-_", validate=True))
            if names == self.names and len(values) == len(self.keys):
                return [_to_python(key.column, value) for key, value in zip(self.keys, values, strict=True)]
        except (binascii.Error, ValueError, TypeError, ValidationError, RecursionError):
            pass
        raise BadRequestError("after must be the token that the list before it gave, asked in the same order")


def _to_python(column: str, value: Any) -> Any:
    if column.startswith("no_"):
        return int(value)
    value = PageDocument._meta.get_field("page_id" if column == "pk" else column).to_python(value)
    if value is None or "\x00" in str(value):
        raise ValueError(column)
    str(value).encode()  # which half a pair of surrogates can't be
    return value
