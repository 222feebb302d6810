"""The contract in the words of its page for people."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cms.json_schema import Schema

from .specification import specification


class Word(NamedTuple):
    """A piece of what says which values there can be."""

    text: str
    schema: str = ""
    """The name of the schema that it leads to."""


class Row(NamedTuple):
    """Something by name: a property, at any depth, or a parameter."""

    name: str
    kind: list[Word]
    description: SafeString
    note: str = ""


class Endpoint(NamedTuple):
    name: str
    method: str
    path: str
    summary: SafeString
    description: SafeString
    parameters: list[Row]
    body: list[Row]
    answer: list[Word]
    media_type: str
    statuses: list[tuple[str, SafeString]]
    rows: list[Row]
    """What the answer holds, when that has no name."""


class Named(NamedTuple):
    name: str
    description: SafeString
    kind: list[Word]
    rows: list[Row]


def endpoints() -> list[Endpoint]:
    return [
        _endpoint(method.upper(), path, operation)
        for path, item in specification()["paths"].items()
        for method, operation in item.items()
    ]


def schemas() -> list[Named]:
    named = specification()["components"]["schemas"]
    return [
        Named(name, _prose(schema.get("description", "")), _kind(schema), list(_rows(schema)))
        for name, schema in named.items()
    ]


def _endpoint(method: str, path: str, operation: dict[str, Any]) -> Endpoint:
    responses = operation["responses"]
    content = (responses.get("200") or responses.get("201") or {}).get("content", {})
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {"schema": {}})
    media_type, answer = next(iter(content.items()), ("", {"schema": {"type": "string"}}))
    parameters = [_parameter(parameter) for parameter in operation.get("parameters", ())]
    statuses = [(status, _response(response)) for status, response in responses.items()]
    return Endpoint(
        name=operation["operationId"],
        method=method,
        path=path,
        summary=_prose(operation["summary"]),
        description=_prose(operation.get("description", "")),
        parameters=parameters,
        body=list(_rows(body["schema"])),
        answer=_kind(answer["schema"]),
        media_type=media_type,
        statuses=statuses,
        rows=list(_rows(answer["schema"])),
    )


def _parameter(parameter: dict[str, Any]) -> Row:
    note = "required" if parameter.get("required") else ""
    if "default" in parameter["schema"]:
        note = f"default: {parameter['schema']['default']}"
    return Row(parameter["name"], _kind(parameter["schema"]), _prose(parameter["description"]), note)


def _response(response: dict[str, Any]) -> SafeString:
    if "$ref" in response:
        response = specification()["components"]["responses"][_last(response["$ref"])]
    return _prose(response["description"])


def _rows(schema: Schema, before: str = "") -> Iterator[Row]:
    """The properties, each followed by those within it."""
    for name, described in schema.get("properties", {}).items():
        yield Row(before + name, _kind(described), _prose(described.get("description", "")))
        yield from _rows(described, f"{before}{name}.")
    if "items" in schema:
        yield from _rows(schema["items"], f"{before.removesuffix('.')}[].")
    for part in (*schema.get("allOf", ()), *schema.get("anyOf", ())):
        yield from _rows(part, before)


def _kind(schema: Schema) -> list[Word]:
    if "$ref" in schema:
        name = _last(schema["$ref"])
        return [Word(name, name)]
    for keyword, between in (("oneOf", " or "), ("anyOf", " or "), ("allOf", " with ")):
        if keyword in schema:
            return _joined(map(_kind, schema[keyword]), between)
    if "const" in schema:
        return [Word(f'"{schema["const"]}"')]
    if "enum" in schema:
        return [Word(", ".join(f'"{value}"' for value in schema["enum"]))]
    if "items" in schema:
        return [Word("list of "), *_kind(schema["items"])]
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    form = f" ({schema['format']})" if "format" in schema else ""
    return [Word(" or ".join(types) + form)]


def _joined(kinds: Iterator[list[Word]], between: str) -> list[Word]:
    words: list[Word] = []
    for kind in kinds:
        words += [Word(between), *kind] if words else kind
    return words


def _prose(text: str) -> SafeString:
    """``text`` as HTML, with code between the backticks."""
    pieces = enumerate(text.split("`"))
    return format_html_join("", "{}", ((format_html("<code>{}</code>", p) if n % 2 else p,) for n, p in pieces))


def _last(reference: str) -> str:
    return reference.rpartition("/")[2]
