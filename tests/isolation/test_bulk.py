"""What is done with many things at once: of itself Wagtail names those too to which the editor has no right."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from tests.factories import make_document, make_image, make_news

OWN, SECRET = "eigen noord", "geheim van zuid"
PARAMETERS = {
    "ticked": lambda thing, region: {"id": thing.pk},
    "all": lambda thing, region: {"id": "all"},
    "all that is found": lambda thing, region: {"id": "all", "q": "geheim"},
    "all of a page or collection": lambda thing, region: {
        "id": "all",
        "childOf": thing.get_parent().pk if isinstance(thing, Page) else region.access.collection.pk,
    },
}


@pytest.fixture
def things():
    """``things(region, title)`` is one of each model that regions have things of."""

    def make(region, title):
        collection = region.access.collection
        person = get_user_model().objects.get(email=f"{region.slug}@example.org")
        get_user_model().objects.filter(pk=person.pk).update(first_name=title)
        return {
            Page: make_news(region, title),
            get_image_model(): make_image(title, collection=collection),
            get_document_model(): make_document(title, collection=collection),
            get_user_model(): person,
        }

    return make


def bulk_actions():
    """Each model with each action, as Wagtail registers them."""
    for action in hooks.get_hooks("register_bulk_action"):
        for model in action.models:
            yield model, reverse("wagtail_bulk_action", args=[*model._meta.label_lower.split("."), action.action_type])


@pytest.mark.parametrize("way", PARAMETERS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_of_another_region_is_named(noord_client, zuid, things, way, method):
    theirs = things(zuid, SECRET)

    for model, address in bulk_actions():
        query = PARAMETERS[way](theirs.get(model, theirs[Page]), zuid)
        response = getattr(noord_client, method)(address, query_params={**query, "next": "/admin/"})
        assert response.status_code < 500, address
        assert SECRET not in response.text, address


def test_own_things_are_ticked_beside_those_of_another_region(noord_client, noord, zuid, things):
    mine, theirs = things(noord, OWN), things(zuid, SECRET)

    for model in (Page, get_image_model(), get_document_model()):
        action = "unpublish" if model is Page else "add_to_collection"
        address = reverse("wagtail_bulk_action", args=[*model._meta.label_lower.split("."), action])
        for ids in ([mine[model].pk, theirs[model].pk], ["all"]):
            text = noord_client.get(address, {"id": ids, "next": "/admin/"}).text
            assert OWN in text, address
            assert SECRET not in text, address


def test_national_editor_ticks_what_regions_have(national_client, zuid, things):
    theirs = things(zuid, SECRET)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])

    assert SECRET in national_client.get(address, {"id": theirs[Page].pk, "next": "/admin/"}).text
