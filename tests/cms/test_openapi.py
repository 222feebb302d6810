"""The contract: it is valid, pinned, says all that there is, and the doors keep to it."""

import json
import re
from pathlib import Path

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponse
from django.urls import path
from hypothesis import HealthCheck, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from rest_framework.fields import Field
from schemathesis.specs.openapi.checks import positive_data_acceptance
from wagtail import blocks
from wagtail.contrib.redirects.models import Redirect

from cms.api.doors import door
from cms.api.openapi.blocks import schema_of_block
from cms.api.openapi.examples import read_examples
from cms.api.openapi.fields import schema_of_field
from cms.api.openapi.operations import find_doors
from cms.api.openapi.pages import page_types
from cms.api.openapi.specification import specification
from cms.api.openapi.undescribed import Undescribed
from cms.models import Theme
from cms.wsgi import application
from tests import contract
from tests.factories import make_document, make_event, make_image, make_news, make_region, make_story

SNAPSHOT = Path(__file__).parent / "openapi.json"


def test_contract_is_valid_openapi():
    OpenAPIV31SpecValidator(specification()).validate()


def test_contract_is_the_one_that_was_agreed_on(capsys):
    call_command("openapi")
    assert capsys.readouterr().out == SNAPSHOT.read_text(), (
        "The contract changed. When that was meant, renew it: manage.py openapi > tests/cms/openapi.json"
    )


def test_contract_can_be_fetched(client, db):
    response = client.get("/api/v2/openapi.json")
    assert response.json() == json.loads(SNAPSHOT.read_text())
    unchanged = client.get("/api/v2/openapi.json", headers={"if-none-match": response["ETag"]})
    assert (unchanged.status_code, unchanged["API-Version"]) == (304, response.json()["info"]["version"])


@pytest.mark.parametrize(("path", "headers"), [("pages/", {}), ("pages/", {"if-none-match": "*"}), ("pages/0/", {})])
def test_no_answer_can_be_shown_in_a_frame(client, home, path, headers):
    response = client.get(f"/api/v2/{path}", headers=headers)
    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"].split("; ")


def test_page_for_people_shows_all_without_any_other_host(client, db):
    response = client.get("/api/v2/docs/")
    html = response.content.decode()

    addresses = re.findall(r'(?:href|src|action)="([^"]*)"', html)
    targets = set(re.findall(r'id="([^"]*)"', html))
    assert response["Content-Type"].startswith("text/html")
    assert {address[1:] for address in addresses if address.startswith("#")} <= targets
    assert [address for address in addresses if not address.startswith("#")] == [
        "/static/cms/openapi.css",
        "../openapi.json",
    ]
    for name in specification()["components"]["schemas"]:
        assert f'id="schema-{name}"' in html
    for address, item in specification()["paths"].items():
        assert all(f"{method.upper()} {address}" in html for method in item)


def test_every_type_of_page_is_told_by_a_literal():
    schemas = specification()["components"]["schemas"]
    for model in page_types():
        for name in (model.__name__, f"{model.__name__}Item", f"{model.__name__}Full"):
            properties = schemas[name]["properties"]
            assert properties["type"]["const"] == model._meta.label
            assert properties["meta"]["properties"]["type"]["const"] == model._meta.label


def test_every_operation_has_a_name_and_a_summary():
    operations = [operation for item in specification()["paths"].values() for operation in item.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names) == sum(map(len, find_doors().values()))
    assert all(operation["summary"] for operation in operations)


class Doors:
    """A URL configuration with a door that nothing is known of."""

    urlpatterns = [path("api/v2/secret/", door(lambda request: HttpResponse()))]


def test_door_without_contract_is_noticed(settings):
    settings.ROOT_URLCONF = Doors
    with pytest.raises(Undescribed, match="has no contract"):
        find_doors()


def test_field_and_block_that_do_not_say_what_they_look_like_are_noticed():
    class Silent(Field):
        def to_representation(self, value):
            return value

    class SilentBlock(blocks.CharBlock):
        def get_api_representation(self, value, context=None):
            return {"text": value}

    with pytest.raises(Undescribed, match="Silent"):
        schema_of_field(Silent())
    with pytest.raises(Undescribed, match="SilentBlock"):
        schema_of_block(SilentBlock())


def test_undescribed_field_does_not_pass(api, noord):
    page = api(f"pages/{make_news(noord).pk}/")
    contract.of("NewsPage").validate(page)
    for wrong in ({**page, "extra": 1}, {**page, "meta": {**page["meta"], "extra": 1}}, {**page, "title": None}):
        assert not contract.of("NewsPage").is_valid(wrong)


@pytest.mark.parametrize("name", sorted(model.__name__ for model in page_types()))
def test_examples_fit(name):
    examples = read_examples()
    if name in examples:
        contract.of(name).validate(examples[name]["value"])


def test_there_are_examples_of_all_that_the_demo_has():
    assert {"NewsPage", "EventPage", "StoryPage", "RegionPage", "FaqPage", "HomePage"} <= read_examples().keys()


@pytest.fixture
def content(home, noord, zuid):
    """Something of everything, with blocks that refer to pages, images and documents."""
    image, document, theme = make_image(), make_document(), Theme.objects.first()
    event = make_event(noord, themes=[theme], image=image, recording_url="https://vimeo.com/76979871")
    body = [
        ("text", "<p>Tekst</p>"),
        ("quote", {"text": "Citaat", "attribution": ""}),
        ("video", {"url": "https://youtu.be/aqz-KE-bpKQ", "title": "Video", "thumbnail": image, "transcript": ""}),
        ("download", {"document": document, "title": ""}),
        ("call_to_action", {"text": "Verder", "page": event, "url": ""}),
        ("page_cards", {"title": "", "pages": [event]}),
        ("accordion", {"title": "", "items": [{"title": "Kop", "text": "<p>Tekst</p>"}]}),
        ("key_figures", {"title": "", "figures": [{"value": "78", "label": "regio's"}]}),
    ]
    news = make_news(noord, image=image, themes=[theme], related_event=event, body=body)
    make_story(home)
    make_region("Oost", merged_into=zuid, status="samengevoegd")
    Redirect.objects.create(old_path="/oud", redirect_page=news)
    Redirect.objects.create(old_path="/elders", redirect_link="https://example.org/")
    return news


DOORS = [
    "pages/",
    "pages/?type=regions.NewsPage",
    "pages/?type=regions.NewsPage,agenda.EventPage",
    "pages/{pk}/",
    "resolve/?path=/regio/noord/",
    "resolve/?path=/oud/",
    "regions/",
    "events/?period=all",
    "faq/?validity=all",
    "newsletters/",
    "themes/",
    "site/",
    "redirects/",
    "redirects/{redirect}/",
    "openapi.json",
]


@pytest.mark.parametrize("address", DOORS)
def test_answers_of_doors_are_as_described(api, content, address):
    address = address.format(pk=content.pk, redirect=Redirect.objects.first().pk)
    route = "/" + address.partition("?")[0].replace(f"/{content.pk}/", "/{pk}/")
    route = route.replace(f"/{Redirect.objects.first().pk}/", "/{pk}/")
    answer = specification()["paths"][route]["get"]["responses"]["200"]["content"]["application/json"]

    contract.validator(answer["schema"]).validate(api(address))


def test_items_with_all_fields_are_as_described(api, content):
    for item in api("pages/?type=regions.NewsPage&fields=*")["items"]:
        contract.of("NewsPageFull").validate(item)


@pytest.mark.parametrize(
    ("address", "status"),
    [("pages/?limit=x", 400), ("pages/0/", 404), ("redirects/?limit=x", 400), ("redirects/0/", 404)],
)
def test_errors_are_as_described(client, db, address, status):
    response = client.get(f"/api/v2/{address}")
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    contract.of("Problem").validate(response.json())
    assert response.json()["status"] == status


@pytest.fixture
def few_pages(noord):
    make_event(noord)
    Redirect.objects.create(old_path="/oud", redirect_page=make_news(noord))


@pytest.fixture
def kept_connection():
    """The end of a request must not close the connection in which the test keeps its transaction, as Django's own
    client sees to.
    """
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


described = schemathesis.openapi.from_dict(specification())
described.app = application


@described.parametrize()
@settings(
    max_examples=10,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_doors_keep_to_the_contract_whatever_is_asked(few_pages, kept_connection, case):
    """Also with what the schemas don't allow. What they do allow may still name nothing that is there: a 400."""
    plain = {"Accept-Encoding": "identity"}
    address = "http://testserver/api/v2"
    case.call_and_validate(base_url=address, headers=plain, excluded_checks=[positive_data_acceptance])
