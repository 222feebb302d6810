"""The doors as operations: what is at each address, what one may ask there, what comes back."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver

from cms.api.contract import Contract, Parameter
from cms.api.errors import REFUSAL
from cms.api.filters import Filter
from cms.json_schema import ID, Schema

from .components import Components
from .examples import read_examples
from .fields import as_markdown
from .undescribed import Undescribed

ROOT = "/api/v2"
PATH_PARAMETER = re.compile(r"<(int|str):(\w+)>")
OF_ALL = ("API-Version", "Cache-Control")
WHEN_WRITING = {
    "409": "Refused",
    "413": "TooLarge",
    "415": "NotJSON",
    "422": "Invalid",
    "429": "TooMany",
    "503": "Busy",
}
IN_PATH = {
    "int": {"description": "Id of what is sought.", "schema": ID},
    "str": {"description": "What the link in a mail has.", "schema": {"type": "string", "maxLength": 200}},
}


def find_doors() -> dict[str, dict[str, Any]]:
    """The doors at each path below ``ROOT``, by method; raises ``Undescribed`` for one without a contract.

    What answers all other addresses with a 404 is no door to anything.
    """
    doors: dict[str, dict[str, Any]] = {}
    for route, view in _views(get_resolver().url_patterns, "/"):
        operations = getattr(view, "operations", {})
        if operations and route.startswith(ROOT):
            for door in operations.values():
                if not hasattr(door, "contract"):
                    raise Undescribed(f"{door.__module__}.{door.__qualname__} has no contract")
            doors.setdefault(route.removeprefix(ROOT), operations)
    return doors


def describe_address(route: str, doors: dict[str, Any], components: Components) -> tuple[str, dict[str, Any]]:
    """The path in the words of OpenAPI, and the path item with an operation for each of its ``doors``."""
    item = {method: _operation(route, view, components) for method, view in doors.items()}
    return PATH_PARAMETER.sub(r"{\2}", route), item


def _operation(route: str, view, components: Components) -> dict[str, Any]:
    described: Contract = view.contract
    parameters = [_in_path(*parameter) for parameter in PATH_PARAMETER.findall(route)]
    parameters += [_parameter(parameter, components) for parameter in described.parameters]
    responses = _responses_to_reading if described.body is None else _responses_to_writing
    summary, _, description = as_markdown(inspect.getdoc(view)).partition("\n\n")
    return {
        "operationId": view.__name__,
        "tags": [described.tag],
        "summary": summary.replace("\n", " ").removesuffix("."),
        **({"description": description} if description else {}),
        **({"parameters": parameters} if parameters else {}),
        **({"requestBody": _body(described, components)} if described.body else {}),
        "responses": responses(described, components),
    }


def _views(patterns, before: str) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern.callback
        else:
            yield from _views(pattern.url_patterns, route)


def _in_path(converter: str, name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, **IN_PATH[converter]}


def _body(described: Contract, components: Components) -> dict[str, Any]:
    schema = components.take(described.body)
    return {"required": True, "content": {media_type: {"schema": schema} for media_type in described.body_types}}


def _parameter(parameter: Parameter | Filter, components: Components) -> dict[str, Any]:
    schema: Schema = components.take(parameter.schema)
    if (default := getattr(parameter, "default", None)) is not None:
        schema = schema | {"default": default}
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": getattr(parameter, "place", "query"),
        "description": parameter.description,
        "schema": schema,
    }
    if getattr(parameter, "required", False):
        described["required"] = True
    return described | ({"style": "form", "explode": False} if schema.get("type") == "array" else {})


def _responses_to_reading(described: Contract, components: Components) -> dict[str, Any]:
    if described.redirects:
        answers = {"302": _response("Found")}
    else:
        answers = {"200": _answer(described, components), "406": _response("NotAcceptable")}
        if not described.is_personal:
            answers["304"] = _response("NotModified")
        if described.leads_browsers:
            answers["302"] = _response("Found")
    return answers | _refusals(described)


def _responses_to_writing(described: Contract, components: Components) -> dict[str, Any]:
    components.take(REFUSAL)
    answers = {str(int(described.status)): _answer(described, components)}
    if described.may_be_empty:
        answers["204"] = {"description": "It is done, and nothing is left.", "headers": _headers(*OF_ALL)}
    return answers | _refusals(described) | {status: _response(name) for status, name in WHEN_WRITING.items()}


def _answer(described: Contract, components: Components) -> dict[str, Any]:
    content: dict[str, Any] = {described.media_type: {"schema": components.take(described.answer)}}
    if described.is_page:
        examples = {name: {"$ref": f"#/components/examples/{name}"} for name in read_examples()}
        content[described.media_type]["examples"] = examples
    headers = list(OF_ALL)
    if not described.is_personal and described.body is None:
        headers += ["ETag", *(["Surrogate-Key"] if described.media_type == "application/json" else [])]
    return {"description": "The answer.", "headers": _headers(*headers), "content": content}


def _refusals(described: Contract) -> dict[str, Any]:
    names = {"400": "BadRequest", "405": "MethodNotAllowed"}
    if described.not_found:
        names["404"] = "NotFound"
    if described.is_limited:
        names["429"] = "TooMany"
    return {status: _response(name) for status, name in names.items()}


def _response(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/responses/{name}"}


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
