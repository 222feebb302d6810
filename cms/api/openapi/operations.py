"""The doors as operations: what is at each address, what one may ask there, what comes back."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver

from cms.api.contract import Contract, Parameter
from cms.api.filters import Filter
from cms.json_schema import ID, Schema

from .components import Components
from .examples import read_examples
from .fields import as_markdown
from .undescribed import Undescribed

ROOT = "/api/v2"
PATH_PARAMETER = re.compile(r"<int:(\w+)>")


def find_doors() -> dict[str, Any]:
    """The views that ``door`` made, by their path below ``ROOT``; raises ``Undescribed`` for one without a contract.

    What answers all other addresses with a 404 is no door to anything.
    """
    doors: dict[str, Any] = {}
    for route, view in _views(get_resolver().url_patterns, "/"):
        if getattr(view, "is_door", False) and route.startswith(ROOT):
            if not hasattr(view, "contract"):
                raise Undescribed(f"{view.__module__}.{view.__qualname__} has no contract")
            doors.setdefault(route.removeprefix(ROOT), view)
    return doors


def describe_door(route: str, view, components: Components) -> tuple[str, dict[str, Any]]:
    """The path in the words of OpenAPI, and the path item."""
    described: Contract = view.contract
    parameters = [_in_path(name) for name in PATH_PARAMETER.findall(route)]
    parameters += [_in_query(parameter, components) for parameter in described.parameters]
    summary, _, description = as_markdown(inspect.getdoc(view)).partition("\n\n")
    operation = {
        "operationId": view.__name__,
        "tags": [described.tag],
        "summary": summary.replace("\n", " ").removesuffix("."),
        **({"description": description} if description else {}),
        **({"parameters": parameters} if parameters else {}),
        "responses": _responses(described, components),
    }
    return PATH_PARAMETER.sub(r"{\1}", route), {"get": operation}


def _views(patterns, before: str) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern.callback
        else:
            yield from _views(pattern.url_patterns, route)


def _in_path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "description": "Id of what is sought.", "schema": ID}


def _in_query(parameter: Parameter | Filter, components: Components) -> dict[str, Any]:
    schema: Schema = components.take(parameter.schema)
    if (default := getattr(parameter, "default", None)) is not None:
        schema = schema | {"default": default}
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.description,
        "schema": schema,
    }
    if getattr(parameter, "required", False):
        described["required"] = True
    return described | ({"style": "form", "explode": False} if schema.get("type") == "array" else {})


def _responses(described: Contract, components: Components) -> dict[str, Any]:
    responses: dict[str, Any] = {}
    if described.redirects:
        responses["302"] = {"$ref": "#/components/responses/Found"}
    else:
        headers = {name: {"$ref": f"#/components/headers/{name}"} for name in ("API-Version", "Cache-Control", "ETag")}
        if described.media_type == "application/json":
            headers["Surrogate-Key"] = {"$ref": "#/components/headers/Surrogate-Key"}
        content: dict[str, Any] = {described.media_type: {"schema": components.take(described.answer)}}
        if described.is_page:
            examples = {name: {"$ref": f"#/components/examples/{name}"} for name in read_examples()}
            content[described.media_type]["examples"] = examples
        responses["200"] = {"description": "The answer.", "headers": headers, "content": content}
        responses["304"] = {"$ref": "#/components/responses/NotModified"}
        responses["406"] = {"$ref": "#/components/responses/NotAcceptable"}
    responses["400"] = {"$ref": "#/components/responses/BadRequest"}
    if described.not_found:
        responses["404"] = {"$ref": "#/components/responses/NotFound"}
    responses["405"] = {"$ref": "#/components/responses/MethodNotAllowed"}
    return responses
