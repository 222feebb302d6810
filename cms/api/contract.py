"""What each door says of itself for the contract (``cms.api.openapi``); the summary is its docstring."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, Literal, NamedTuple

from cms.json_schema import ID, INTEGER, STRING, Schema, array, nullable, reference, shape

from .filters import Filter
from .listing import DEFAULT_LIMIT, MAX_OFFSET


class Parameter(NamedTuple):
    """Something that can be asked for in the query, or in a ``header``, described in the words of a ``Filter``."""

    name: str
    description: str
    schema: Schema = STRING
    required: bool = False
    default: str | int | None = None
    place: Literal["query", "header"] = "query"


class Contract(NamedTuple):
    """What a door gives to whom."""

    tag: str
    answer: Schema
    parameters: tuple[Parameter | Filter, ...] = ()
    media_type: str = "application/json"
    not_found: bool = False
    redirects: bool = False
    leads_browsers: bool = False
    is_page: bool = False
    is_personal: bool = False
    is_limited: bool = False
    body: Schema | None = None
    body_types: tuple[str, ...] = ("application/json",)
    status: HTTPStatus = HTTPStatus.OK
    may_be_empty: bool = False


def contract(tag: str, answer: Schema = STRING, parameters: Iterable[Parameter | Filter] = (), **details):
    """Have a door described under ``tag``: it gives an ``answer`` when asked with some of ``parameters``.

    ``details``: ``media_type`` of the answer, ``not_found`` when there may be nothing at the address, ``redirects``
    when it leads elsewhere (302) instead of giving an answer, ``leads_browsers`` when it leads only those elsewhere,
    ``is_page`` when the examples of pages are of it, ``is_personal`` when no cache may keep the answer, ``is_limited``
    when one can ask too often.

    Of a ``writing_door``: the ``body`` that it takes, its ``body_types`` when those are others than JSON, the
    ``status`` of the answer when that is another than 200, ``may_be_empty`` when there may be nothing to say (204).
    """

    def describe(view: Any) -> Any:
        view.contract = Contract(tag, answer, tuple(parameters), **details)
        return view

    return describe


def list_of(item: Schema) -> Schema:
    """Wagtail's envelope around items, with ``next``."""
    meta = shape(total_count=INTEGER, next={**nullable(STRING), "description": "What to give as `after` to go on."})
    return shape(meta=meta, items=array(item))


def paging(max_limit: int) -> list[Parameter]:
    """How to go through a list."""
    default = min(DEFAULT_LIMIT, max_limit)
    return [
        Parameter("limit", "How many items.", {"type": "integer", "minimum": 0, "maximum": max_limit}, default=default),
        Parameter(
            "offset",
            "How many items to skip; not together with `after`.",
            {"type": "integer", "minimum": 0, "maximum": MAX_OFFSET},
            default=0,
        ),
        Parameter("after", "What `next` was in the part of the list before, asked in the same order."),
    ]


def ordering(columns: Iterable[str], default: str) -> Parameter:
    """By which of ``columns`` a list is ordered."""
    names = [f"{sign}{column}" for column in sorted(columns) for sign in ("", "-")]
    description = f"By what to order, `-` for the other way round, several with commas. `{default}` unless given."
    return Parameter("order", description, array({"type": "string", "enum": names}))


def page_item(name: str) -> Schema:
    """A page of the type with this class name, in a list of its type."""
    return reference(f"{name}Item")


FIND = (
    Parameter("html_path", "Path on the site; or `id`.", {"type": "string", "maxLength": 2_000}),
    Parameter("id", "Id of what is sought, when there is no `html_path`.", ID),
)
