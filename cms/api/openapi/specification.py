"""The whole contract."""

from functools import cache
from typing import Any

from django.conf import settings

from cms.api.doors import API_VERSION, CACHEABLE, NOT_CACHEABLE
from cms.api.errors import PROBLEM
from cms.json_schema import ADDRESS, STRING

from .components import Components
from .examples import read_examples
from .operations import ROOT, describe_address, find_doors
from .pages import page_schemas

DESCRIPTION = """
The pages of Sterk Techniekonderwijs, for front ends. It is the v2 API of Wagtail, with lists, filters and schemas of
its own. Texts are in Dutch, names in English. All pages are public. What is posted is JSON: registrations for events.

Clients have to put up with fields, types of pages and types of blocks that come later.
""".strip()

TAGS = {
    "pages": "Pages of all types.",
    "regions": "Regions and what they publish.",
    "events": "The agenda.",
    "faq": "Questions and answers.",
    "newsletters": "Issues of newsletters.",
    "themes": "The vocabulary.",
    "site": "What stands around every page.",
    "feeds": "Feeds and the sitemap.",
    "previews": "What editors see before it is published.",
    "redirects": "Old addresses.",
    "contract": "This description.",
}

HEADERS = {
    "API-Version": {
        "description": "The version of this contract that the answer keeps to.",
        "required": True,
        "schema": STRING,
        "example": API_VERSION,
    },
    "Cache-Control": {
        "description": f"`{CACHEABLE}`; of errors and what is personal `{NOT_CACHEABLE}`.",
        "required": True,
        "schema": STRING,
    },
    "Retry-After": {
        "description": "The number of seconds after which asking again makes sense.",
        "required": True,
        "schema": {"type": "string", "pattern": "^[0-9]+$"},
    },
    "ETag": {"description": "Give it as `If-None-Match` to get a 304 as long as nothing changed.", "schema": STRING},
    "Surrogate-Key": {"description": "What the answer shows, for shared caches to purge it by.", "schema": STRING},
    "Location": {"description": "Where to go.", "required": True, "schema": {**ADDRESS, "format": "uri-reference"}},
    "Allow": {"description": "The methods that go.", "required": True, "schema": STRING},
}


@cache
def specification() -> dict[str, Any]:
    """OpenAPI 3.1 as a JSON object; the same for as long as the process runs.

    Raises ``Undescribed`` when a door, a serializer field or a block doesn't say what it looks like.
    """
    components = Components()
    for name, schema in page_schemas().items():
        components.add(name, schema)
    paths = dict(describe_address(route, doors, components) for route, doors in find_doors().items())
    components.take(PROBLEM)
    return {
        "openapi": "3.1.1",
        "info": {
            "title": f"Pages API of {settings.WAGTAIL_SITE_NAME}",
            "version": API_VERSION,
            "description": DESCRIPTION,
            "contact": settings.API_CONTACT,
        },
        "servers": [{"url": ROOT}],
        "tags": [{"name": name, "description": description} for name, description in TAGS.items()],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(components.schemas.items())),
            "responses": _responses(),
            "headers": HEADERS,
            "examples": read_examples(),
        },
    }


def _responses() -> dict[str, Any]:
    return {
        "NotModified": {
            "description": "Nothing changed since the answer with this `ETag`.",
            "headers": _headers("ETag"),
        },
        "Found": {"description": "It is elsewhere.", "headers": _headers("Location")},
        "BadRequest": _problem("A parameter is unknown or has a bad value; `detail` says which."),
        "NotFound": _problem("Nothing public is there."),
        "NotAcceptable": _problem("`Accept` leaves out the type that is given."),
        "MethodNotAllowed": _problem("`Allow` says what one can do here.", "Allow"),
        "TooLarge": _problem("The body is too large."),
        "NotJSON": _problem("The body isn't `application/json`."),
        "Refused": _refusal("It can't be done; `code` and `detail` say why."),
        "Invalid": _refusal("What was filled in can't be taken; `errors` says by field what is wrong."),
        "TooMany": _refusal("Somebody did this too often lately.", "Retry-After"),
        "Busy": _refusal("It takes too long just now; nothing was done.", "Retry-After"),
    }


def _refusal(description: str, *headers: str) -> dict[str, Any]:
    return _problem(description, *headers, schema="Refusal")


def _problem(description: str, *headers: str, schema: str = "Problem") -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": description, "headers": _headers(*headers), "content": content}


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in ("API-Version", "Cache-Control", *names)}
