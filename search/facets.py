"""What results can be narrowed by: the values of each facet, as they are asked for and as they are shown."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.http import QueryDict
from wagtail.api.v2.utils import BadRequestError

from cms.json_schema import INTEGER, STRING, Named, Schema, array, shape
from cms.models import Audience, Theme

from .regions import Region
from .results import FACETS
from .scope import searched_types

VALUE = Named(
    "FacetValue", shape(value=STRING, title=STRING, count=INTEGER), "`value` is what to ask for to see only these."
)
SCHEMA: Schema = shape(**{facet: array(VALUE) for facet in FACETS})


class Value(NamedTuple):
    """One value of a facet."""

    key: str
    """As a hit has it."""
    value: str
    """As it is asked for."""
    title: str


Facets = Mapping[str, list[Value]]


def all_facets(regions: Iterable[Region]) -> Facets:
    """The values of each facet, in the order in which they are shown."""
    return {
        "type": [Value(label, label, str(model._meta.verbose_name)) for label, model in searched_types().items()],
        "region": [Value(str(region.id), region.slug, region.title) for region in regions],
        "theme": [Value(str(term.pk), term.slug, term.title) for term in Theme.objects.all()],
        "audience": [Value(str(term.pk), term.slug, term.title) for term in Audience.objects.all()],
    }


def read(parameters: QueryDict, facets: Facets) -> dict[str, set[str]]:
    """The keys that were asked for, by facet; several with commas between them.

    Raises ``BadRequestError`` for values that aren't there.
    """
    chosen = {}
    for facet, values in facets.items():
        if facet in parameters:
            keys = {value.value: value.key for value in values}
            asked = parameters[facet].split(",")
            if unknown := [value for value in asked if value not in keys]:
                raise BadRequestError(f"{facet} '{unknown[0]}' doesn't exist")
            chosen[facet] = {keys[value] for value in asked}
    return chosen


def represent(
    counts: Mapping[str, Counter[str]], facets: Facets, chosen: Mapping[str, set[str]]
) -> dict[str, list[dict[str, Any]]]:
    """``{facet: [{value, title, count}]}``, without what there is nothing of, unless it was chosen."""
    return {
        facet: [
            {"value": value.value, "title": value.title, "count": counts[facet][value.key]}
            for value in values
            if counts[facet][value.key] or value.key in chosen.get(facet, ())
        ]
        for facet, values in facets.items()
    }
