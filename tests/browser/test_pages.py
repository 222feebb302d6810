"""Every kind of page, for every reader: on a phone and on a desk, in light and in dark, with whatever they read by."""

import pytest

from .accessibility import overhang, violations
from .documents import PAGE_TYPES

PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}
OPEN_ALL = "() => document.querySelectorAll('main details:not(:has(iframe))').forEach((one) => (one.open = true))"
WITHOUT_SIZE = """() => [...document.images]
    .filter((image) => !(image.getAttribute("width") > 0 && image.getAttribute("height") > 0))
    .map((image) => image.outerHTML)"""


@pytest.fixture
def errors(page):
    """What the browser complains of, but for the status of the page itself."""
    found = []

    def note(said):
        is_status = said.text.startswith("Failed to load resource") and said.location["url"] == page.url
        if said.type == "error" and not is_status:
            found.append(said.text)

    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", note)
    return found


def look_over(page, path, errors):
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme="light")
        page.goto(path)
        page.evaluate(OPEN_ALL)
        assert overhang(page) <= 0, size
        assert page.evaluate(WITHOUT_SIZE) == []
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert violations(page) == [], (size, scheme)
    assert errors == []


def test_there_are_pages_of_all_types(documents):
    assert {kind for kind in PAGE_TYPES if documents.pages(kind)} == set(PAGE_TYPES)


@pytest.mark.parametrize("kind", PAGE_TYPES)
def test_page_of_every_type_is_for_everybody(page, documents, errors, kind):
    look_over(page, documents.path(kind), errors)


@pytest.mark.parametrize(
    "path", ["/zoeken/", "/zoeken/?q=", "/zoeken/?q=techniek", "/zoeken/?q=qqqq", "/bestaat-niet/"]
)
def test_search_and_what_is_not_there_are_for_everybody(page, errors, path):
    look_over(page, path, errors)


def test_region_that_published_nothing_is_for_everybody(page, documents, errors):
    look_over(page, documents.empty_region(), errors)


def test_reading_news_takes_no_javascript(page, documents):
    kinds = []
    page.on("request", lambda request: kinds.append(request.resource_type))

    page.goto(documents.path("regions.NewsPage"))
    page.wait_for_load_state("networkidle")

    assert "document" in kinds
    assert "script" not in kinds
    types = page.eval_on_selector_all("script", "(all) => all.map((script) => script.type)")
    assert set(types) <= {"application/ld+json"}


def test_front_page_weighs_at_most_30_kilobytes_before_its_pictures(page):
    sizes = {}
    page.on("requestfinished", lambda request: sizes.update({request: request.sizes()["responseBodySize"]}))

    page.goto("/")
    page.wait_for_load_state("networkidle")

    weights = {request.url: size for request, size in sizes.items() if request.resource_type != "image"}
    assert len(weights) >= 2
    assert sum(weights.values()) <= 30_000, weights
