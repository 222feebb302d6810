"""From the first letter to the site: a regional editor writes, sees it while typing, and publishes."""

import time

import pytest
from PIL import Image as Picture
from playwright.sync_api import expect

SOON = 2  # seconds
SECTION = "/regio/stozeeland/nieuws/"
TITLE = "Nieuwe lasrobot in Goes"
WHAT_IS_SEEN = "Een lasrobot achter glas"


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "lasrobot.jpg"
    Picture.new("RGB", (1600, 1000), "orange").save(path)
    return path


def test_editor_sees_news_while_writing_it_and_readers_once_it_is_published(zeeland, page, picture):
    address = f"{SECTION}nieuwe-lasrobot-in-goes/"
    # The site has both in its memory now.
    assert page.goto(address).status == 404
    assert TITLE not in page.goto(SECTION).text()

    zeeland.page.locator("a[href*='/pages/add/regions/newspage/']").first.click()
    preview = zeeland.open_preview()
    expect(preview.locator("footer")).to_be_visible()
    title = zeeland.page.locator("#id_title")
    title.press_sequentially("Nieuwe las")
    expect(preview.locator("h1")).to_have_text("Nieuwe las")
    title.press_sequentially("robot in Goes")
    expect(preview.locator("h1")).to_have_text(TITLE)
    zeeland.upload_picture(picture, WHAT_IS_SEEN)
    expect(preview.get_by_alt_text(WHAT_IS_SEEN)).to_have_js_property("complete", True)
    assert preview.get_by_alt_text(WHAT_IS_SEEN).evaluate("image => image.naturalWidth")
    zeeland.complete()
    assert page.goto(address).status == 404

    zeeland.publish()
    published = time.monotonic()
    while page.goto(address).status == 404 or TITLE not in page.goto(SECTION).text():
        assert time.monotonic() < published + SOON
    page.goto(address)
    expect(page.locator("h1")).to_have_text(TITLE)
    assert page.get_by_alt_text(WHAT_IS_SEEN).evaluate("image => image.naturalWidth")
    page.goto(SECTION)
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()


def test_change_to_news_is_seen_at_once(zeeland, page, documents):
    news = documents.pages("regions.NewsPage", region="stozeeland")[-1]
    address = news["meta"]["html_path"]
    page.goto(address)
    expect(page.locator("h1")).to_have_text(news["title"])

    zeeland.edit(news["id"])
    zeeland.page.fill("#id_title", "Anders dan het was")
    zeeland.publish()

    published = time.monotonic()
    while page.goto(address) and page.locator("h1").inner_text() == news["title"]:
        assert time.monotonic() < published + SOON
    expect(page.locator("h1")).to_have_text("Anders dan het was")
