"""Holding answers against the contract."""

from functools import cache
from typing import Any

import jsonschema_rs

from cms.api.openapi.specification import specification

ELSEWHERE = ("properties", "items")


def validator(schema: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
    """Checks what fits ``schema`` of the contract and has nothing that isn't described there.

    Answers to ``fields`` don't fit: anything would.
    """
    schemas = {**_closed_schemas(), "PickedPage": False}
    return jsonschema_rs.Draft202012Validator(
        {**_closed(schema), "unevaluatedProperties": False, "components": {"schemas": schemas}}, validate_formats=True
    )


@cache
def of(name: str) -> jsonschema_rs.Draft202012Validator:
    """The validator of the schema with this name."""
    return validator({"$ref": f"#/components/schemas/{name}"})


@cache
def _closed_schemas() -> dict[str, Any]:
    return {name: _closed(schema) for name, schema in specification()["components"]["schemas"].items()}


def _closed(schema: Any) -> Any:
    """``schema``, with nothing undescribed in what lies within it.

    What stands in ``anyOf`` and the like describes the same thing together, so it is closed from outside.
    """
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _closed(part) for name, part in schema.items() if name not in ELSEWHERE}
    if "properties" in schema:
        closed["properties"] = {name: _shut(part) for name, part in schema["properties"].items()}
    if "items" in schema:
        closed["items"] = _shut(schema["items"])
    return closed


def _shut(schema: dict[str, Any]) -> dict[str, Any]:
    return {**_closed(schema), "unevaluatedProperties": False}
