"""What pages look like: a schema for each type, in each of the ways in which the API shows a page.

``NewsPage`` is a page on its own, ``NewsPageItem`` the same in a list of its type, ``NewsPageFull`` there with
``fields=*``; a ``Card`` is a page of any type in a list of several.
"""

import inspect
from collections.abc import Iterable

from wagtail.models import Page, get_page_models

from cms.api.pages import PagesAPIViewSet
from cms.api.router import api
from cms.json_schema import Named, Schema, literal, one_of, reference, shape
from cms.models import BasePage

from .fields import as_markdown, description_of_field, schema_of_field

EVERYTHING = (("*", False, None),)

# What Wagtail's fields are, in English; editors see Dutch words for them.
MEANINGS = {
    "type": "What kind of page it is.",
    "detail_url": "Where the API gives the whole page.",
    "html_url": "The address of the page on the site that Wagtail knows.",
    "slug": "The last part of the address.",
    "show_in_menus": "Whether the page stands in the menu of the page above it.",
    "seo_title": "Title for search engines; empty when it is the title.",
    "search_description": "Description for search engines; empty when it is the summary.",
    "first_published_at": "When the page first came online.",
    "alias_of": "The page that this one is a copy of.",
    "parent": "The page right above it.",
    "locale": "The language of the page.",
    "date": "The date that readers see; `null` for pages that have none.",
    "summary": "One or two sentences for overviews.",
    "body": "The blocks of the page, in their order.",
}


def page_types() -> list[type[BasePage]]:
    """All types of pages, by their label."""
    models = [model for model in get_page_models() if issubclass(model, BasePage) and model.is_creatable]
    return sorted(models, key=lambda model: model._meta.label)


def page_schemas() -> dict[str, Schema]:
    labels = [model._meta.label for model in page_types()]
    card = _represented(BasePage, one_of(labels))
    schemas = {"Card": {**card, "description": "A page of any type, as lists of several types and references show it."}}
    for model in page_types():
        name, label = model.__name__, literal(model._meta.label)
        description = _description(model)
        schemas[name] = {**_represented(model, label, detail=True), "description": description}
        schemas[f"{name}Item"] = {**_represented(model, label), "description": f"In a list of its type. {description}"}
        schemas[f"{name}Full"] = {
            **_represented(model, label, EVERYTHING),
            "description": f"In a list of its type, with `fields=*`. {description}",
        }
    names = {model._meta.label: reference(model.__name__) for model in page_types()}
    mapping = {label: schema["$ref"] for label, schema in names.items()}
    schemas["Page"] = {
        "description": "A page on its own; `type` tells which.",
        "oneOf": list(names.values()),
        "discriminator": {"propertyName": "type", "mapping": mapping},
    }
    schemas["PickedPage"] = {
        "description": "What the parameter `fields` chose of a page.",
        "type": "object",
    }
    schemas["ListedPage"] = {
        "description": "In a list: a card, or an item when one `type` is asked for; with `fields` what it chose.",
        "anyOf": [
            reference("Card"),
            *(reference(f"{model.__name__}Item") for model in page_types()),
            reference("PickedPage"),
        ],
    }
    return schemas


def _represented(model: type[Page], label: Schema, fields: Iterable[tuple] = (), detail: bool = False) -> Schema:
    """``model`` as the serializer shows it that ``cms.api.rendering`` uses."""
    serializer = PagesAPIViewSet._get_serializer_class(api, model, list(fields), detail)()
    properties: dict[str, Schema] = {}
    meta: dict[str, Schema] = {}
    for name, field in serializer.fields.items():
        described = label if name == "type" else schema_of_field(field)
        meaning = MEANINGS.get(name) or description_of_field(field)
        target = meta if name in serializer.meta_fields else properties
        # What has a name in the contract is described there.
        target[name] = {**described, "description": meaning} if meaning and type(described) is not Named else described
    identity = {"id": properties.pop("id"), "type": meta["type"], "meta": shape(**meta)}
    return shape(**identity, **properties)


def _description(model: type[Page]) -> str:
    """The docstring of ``model``; Django gives a class without one a list of its columns."""
    text = inspect.cleandoc(model.__doc__ or "")
    return "" if text.startswith(f"{model.__name__}(") else as_markdown(text)
