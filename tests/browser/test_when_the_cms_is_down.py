"""Last of all, because the others need the CMS: the site goes on without it as far as it can."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def stop_cms(stack):
    """Ends the processes of the CMS that answer; afterwards they are back."""
    yield stack.stop_web
    stack.start_web()


def test_site_serves_what_it_had_and_recovers(page, documents, stack, stop_cms):
    had, never_had = documents.pages("home.FaqPage")[:2]
    page.goto(had["meta"]["html_path"])
    expect(page.locator("h1")).to_have_text(had["title"])

    stop_cms()

    assert page.goto(had["meta"]["html_path"]).status == 200
    expect(page.locator("h1")).to_have_text(had["title"])
    answer = page.goto(never_had["meta"]["html_path"])
    assert answer.status == 503
    assert int(answer.headers["retry-after"]) > 0
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    expect(page.locator("main")).to_contain_text("Probeer het over een paar minuten nog eens")

    stack.start_web()

    assert page.goto(never_had["meta"]["html_path"]).status == 200
    expect(page.locator("h1")).to_have_text(never_had["title"])
