"""What serializer fields look like in the API: by what they say themselves, or by what DRF's and Wagtail's own are."""

import inspect
from collections.abc import Callable
from typing import Any, get_type_hints

from rest_framework import fields
from wagtail.api.v2 import serializers as wagtails

from cms.json_schema import (
    ADDRESS,
    BOOLEAN,
    DATE,
    INTEGER,
    MOMENT,
    NUMBER,
    STRING,
    Schema,
    array,
    nullable,
    one_of,
)

from .blocks import schema_of_block
from .undescribed import Undescribed


def schema_of_field(field: fields.Field) -> Schema:
    """The schema of what ``to_representation`` gives, or ``null``.

    The nearest class that says how a field is represented has to say what that looks like, in ``schema``; raises
    ``Undescribed`` when it doesn't.
    """
    for cls in type(field).__mro__:
        if "schema" in vars(cls):
            return field.schema
        if cls in OTHERS:
            schema = OTHERS[cls](field)
            return nullable(schema) if field.allow_null else schema
        if "to_representation" in vars(cls):
            break
    raise Undescribed(f"{type(field).__module__}.{type(field).__qualname__} ({field.field_name}) has no schema")


def description_of_field(field: fields.Field) -> str:
    """What the class of ``field`` says of itself, if it is ours."""
    cls = type(field)
    return as_markdown(inspect.getdoc(cls)) if "schema" in vars(cls) else ""


def as_markdown(text: str | None) -> str:
    """A docstring as the CommonMark that OpenAPI knows, in the words of JSON."""
    return (text or "").replace("``", "`").replace("`None`", "`null`")


def _plain(schema: Schema) -> Callable[[Any], Schema]:
    return lambda field: schema


def _choice(field: fields.ChoiceField) -> Schema:
    return one_of([*field.choices, *([""] if field.allow_blank else [])])


def _property(field: fields.ReadOnlyField) -> Schema:
    """By what the property on the model says that it returns."""
    returned = get_type_hints(getattr(field.parent.Meta.model, field.source).fget)["return"]
    return {bool: BOOLEAN, int: INTEGER, str: STRING}[returned]


def _stream(field: wagtails.StreamField) -> Schema:
    return schema_of_block(field.parent.Meta.model._meta.get_field(field.source).stream_block)


OTHERS: dict[type[fields.Field], Callable[..., Schema]] = {
    fields.BooleanField: _plain(BOOLEAN),
    fields.CharField: _plain(STRING),
    fields.ChoiceField: _choice,
    fields.DateField: _plain(DATE),
    fields.DateTimeField: _plain(MOMENT),
    fields.FloatField: _plain(NUMBER),
    fields.IntegerField: _plain(INTEGER),
    fields.ReadOnlyField: _property,
    wagtails.DetailUrlField: _plain(ADDRESS),
    wagtails.PageHtmlUrlField: _plain(ADDRESS),
    wagtails.PageLocaleField: _plain(STRING),
    wagtails.PageTypeField: _plain(STRING),
    wagtails.StreamField: _stream,
    wagtails.TagsField: _plain(array(STRING)),
    wagtails.TypeField: _plain(STRING),
}
