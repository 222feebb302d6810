"""Last of all, because the others need the CMS: the site goes on without it as far as it can."""

import pytest


@pytest.fixture
def outage(stack):
    """``outage()`` begins it."""
    yield stack.stop_web
    stack.start_web()


def test_site_serves_what_it_had_and_recovers(page, documents, stack, outage):
    kept, never_had = [found["meta"]["html_path"] for found in documents.pages("home.FaqPage")[:2]]
    page.goto(kept)
    title = page.locator("h1").inner_text()

    stack.stop_web()
    try:
        assert page.goto(kept).status == 200
        assert page.locator("h1").inner_text() == title
        answer = page.goto(never_had)
        assert answer.status == 503
        assert int(answer.headers["retry-after"]) > 0
        assert page.locator("html").get_attribute("lang") == "nl"
        assert "Probeer het over een paar minuten nog eens" in page.locator("main").inner_text()
    finally:
        stack.start_web()

    assert page.goto(never_had).status == 200
    assert page.goto(kept).status == 200
