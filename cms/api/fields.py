"""``fields=``: which fields of a page an answer shows, in the language of Wagtail's v2."""

from collections.abc import Container, Mapping
from functools import lru_cache
from typing import Any

from wagtail.api.v2.utils import BadRequestError, FieldsParameterParseError, parse_fields_parameter
from wagtail.models import Page

from .pages import PagesAPIViewSet
from .router import api

MAX_DEPTH = 5


@lru_cache(maxsize=500)
def read_fields(text: str, model: type[Page], detail: bool = False) -> frozenset[str]:
    """The names of all fields that ``text`` chooses, for pages of ``model`` in a list or in ``detail``.

    Raises ``BadRequestError`` for what Wagtail doesn't understand and for fields that ``model`` doesn't have. Fields
    of fields can be named where Wagtail allows it; ours come whole.
    """
    if text.count("(") > MAX_DEPTH:
        raise BadRequestError("fields error: nested too deeply")
    try:
        config = parse_fields_parameter(text)
    except FieldsParameterParseError as error:
        raise BadRequestError(f"fields error: {error}") from error
    serializer = PagesAPIViewSet._get_serializer_class(api, model, config, show_details=detail)
    return frozenset(serializer.Meta.fields)


def pick(page: Mapping[str, Any], fields: Container[str]) -> dict[str, Any]:
    """Of a page represented in full, only ``fields``."""
    picked: dict[str, Any] = {}
    for name, value in page.items():
        if name == "meta":
            value = {key: value[key] for key in value if key in fields}
            if value:
                picked[name] = value
        elif name in fields:
            picked[name] = value
    return picked
