"""The doors to the contract: for programs, and for people."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from cms.api.answers import Answer
from cms.api.contract import contract
from cms.api.doors import door
from cms.api.listing import allow_parameters
from cms.compact_json import as_json
from cms.json_schema import STRING, shape

from .reading import endpoints, schemas
from .specification import specification


@contract("contract", shape(openapi=STRING) | {"additionalProperties": True})
@door
def openapi(request: HttpRequest) -> HttpResponse:
    """This description, as OpenAPI 3.1."""
    allow_parameters(request.GET)
    return Answer(_specification_text(), ["openapi"])


@contract("contract", media_type="text/html")
@door
def docs(request: HttpRequest) -> HttpResponse:
    """This description, as a page to read."""
    allow_parameters(request.GET)
    return Answer(_page(), ["openapi"], content_type="text/html; charset=utf-8")


@cache
def _page() -> str:
    shown = {"specification": specification(), "endpoints": endpoints(), "schemas": schemas()}
    return render_to_string("cms/openapi.html", shown)


@cache
def _specification_text() -> str:
    return as_json(specification())
