"""JSON Schema (2020-12) in few words, for what the API says of things.

Objects are left open: a client has to put up with fields that come later.
"""

from collections.abc import Iterable
from typing import Any

Schema = dict[str, Any]

STRING: Schema = {"type": "string"}
INTEGER: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
BOOLEAN: Schema = {"type": "boolean"}
NULL: Schema = {"type": "null"}
DATE: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
"""With the offset of Europe/Amsterdam at that moment."""
ADDRESS: Schema = {"type": "string", "format": "uri"}
"""An absolute address."""
ID: Schema = {"type": "integer", "minimum": 1}
HTML: Schema = {"type": "string", "contentMediaType": "text/html"}
"""Clean HTML; see ``cms.richtext``."""


class Named(dict):
    """A schema that has a name in the contract, by which others refer to it."""

    def __init__(self, name: str, schema: Schema, description: str = ""):
        super().__init__(schema | ({"description": description} if description else {}))
        self.name = name


def shape(**properties: Schema) -> Schema:
    """An object that has all of ``properties``."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def extended(schema: Schema, **properties: Schema) -> Schema:
    """The object that ``schema`` describes, with more ``properties``."""
    return shape(**schema["properties"], **properties)


def array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def nullable(schema: Schema) -> Schema:
    if isinstance(schema, Named) or not isinstance(schema.get("type"), str) or "enum" in schema:
        return {"anyOf": [schema, NULL]}
    return schema | {"type": [schema["type"], "null"]}


def one_of(values: Iterable[str]) -> Schema:
    return {"type": "string", "enum": list(values)}


def literal(value: str) -> Schema:
    return {"type": "string", "const": value}


def reference(name: str) -> Schema:
    """Refers to the schema that has this name in the contract."""
    return {"$ref": f"#/components/schemas/{name}"}


CARD = reference("Card")
