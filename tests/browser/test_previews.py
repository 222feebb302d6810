"""What editors see on the site while they write, and what nobody else sees."""

import re

import pytest
from playwright.sync_api import expect

SCROLLED_TO_THE_SAME_PLACE = """() => new Promise((done) => {
    const look = () => (scrollY === 300 ? done() : requestAnimationFrame(look));
    look();
})"""
NOT_FOUND = "Deze pagina is er niet"


@pytest.fixture
def long_news(documents):
    """A news item that fills more than a screen."""
    return documents.pages("regions.NewsPage", region="stozeeland")[0]


def test_place_that_one_has_scrolled_to_is_kept_while_typing(zeeland, long_news):
    zeeland.edit(long_news["id"])
    preview = zeeland.open_preview()
    expect(preview.locator("h1")).to_have_text(long_news["title"])
    preview.locator("h1").evaluate("() => scrollTo(0, 300)")

    zeeland.page.fill("#id_title", "Anders")

    expect(preview.locator("h1")).to_have_text("Anders")
    # Wagtail shows the new frame before it has scrolled it.
    preview.locator("h1").evaluate(SCROLLED_TO_THE_SAME_PLACE)


def test_checks_and_word_count_of_wagtail_work_across_origins(zeeland, zeeland_news):
    complaints = []
    zeeland.page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    zeeland.page.on("pageerror", lambda error: complaints.append(str(error)))
    zeeland.write_news(zeeland_news["id"], "Vier woorden zijn genoeg")
    # A form that holds what is kept isn't saved by itself: Wagtail takes what is typed just before that is done for a
    # part of it, and neither saves nor previews it until the next change.
    zeeland.save_draft()
    panel = zeeland.open_checks()

    words = panel.locator("[data-content-word-count]")
    expect(words).to_have_text(re.compile(r"^\d+$"))
    before = int(words.inner_text())
    issues = panel.locator("[data-content-checker-count]")
    expect(issues).to_have_text("1")  # without a summary search engines have nothing to show
    zeeland.page.fill("#id_summary", "Precies zes woorden als korte samenvatting")

    expect(words).to_have_text(str(before + 6))
    expect(issues).to_have_text("0")
    assert [text for text in complaints if not text.startswith("axe.run results")] == []


def test_page_that_was_never_saved_can_be_previewed(zeeland, zeeland_news):
    zeeland.write_news(zeeland_news["id"], "Nog nooit bewaard")

    preview = zeeland.open_preview()

    expect(preview.locator("h1")).to_have_text("Nog nooit bewaard")


def test_national_editor_previews_the_footer_around_the_front_page(log_in, page):
    national = log_in("landelijk@example.org")
    national.open("snippets/home/sitesettings/")
    preview = national.open_preview()
    expect(preview.locator("footer")).to_be_visible()

    national.page.get_by_role("tab", name="Footer").click()
    national.page.fill("#id_footer_text", "Een andere tekst onderaan")

    expect(preview.locator("footer")).to_contain_text("Een andere tekst onderaan")
    page.goto("/")
    expect(preview.locator("h1")).to_have_text(page.locator("h1").inner_text())
    expect(page.locator("footer")).not_to_contain_text("Een andere tekst onderaan")


def test_list_of_blocks_shows_them_as_the_site_does(zeeland, zeeland_news, stack):
    zeeland.write_news(zeeland_news["id"])
    zeeland.page.get_by_role("button", name="Blok invoegen").click()
    zeeland.page.locator(
        "[role=option]:has-text('Citaat') + button, [role=option]:has-text('Citaat') ~ button"
    ).first.click()

    frame = zeeland.page.frame_locator(".w-combobox-preview__iframe")
    expect(frame.locator("blockquote")).to_be_visible()
    shown = zeeland.page.locator(".w-combobox-preview__iframe").element_handle().content_frame()
    assert shown.url.startswith(f"{stack.site}/voorbeeld/blok/")


@pytest.fixture
def preview_url(zeeland, zeeland_news):
    zeeland.write_news(zeeland_news["id"], "Alleen voor wie het adres heeft")
    # Asked within the document that shows it: Wagtail puts a new frame, empty at first, in the place of the old one.
    return zeeland.open_preview().locator("h1").evaluate("() => location.href")


def test_preview_is_for_the_frame_of_the_cms_only_and_for_no_cache(page, preview_url, stack):
    answer = page.goto(preview_url)

    expect(page.locator("h1")).to_have_text("Alleen voor wie het adres heeft")
    assert answer.headers["cache-control"] == "no-store"
    assert "noindex" in answer.headers["x-robots-tag"]
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert f"frame-ancestors {stack.cms}" in answer.headers["content-security-policy"].split("; ")


def test_tampered_token_shows_nothing(page, preview_url):
    start, _, token = preview_url.partition("token=")
    other = "B" if token[0] == "A" else "A"

    assert page.goto(f"{start}token={other}{token[1:]}").status == 404
    expect(page.locator("h1")).to_have_text(NOT_FOUND)


@pytest.mark.parametrize("kind", ["pagina", "site", "blok"])
@pytest.mark.parametrize("query", ["", "?token=", "?token=x"])
def test_without_the_right_token_nothing_is_shown(page, kind, query):
    answer = page.goto(f"/voorbeeld/{kind}/{query}")

    assert answer.status == 404
    assert answer.headers["cache-control"] == "no-store"
    expect(page.locator("h1")).to_have_text(NOT_FOUND)
    assert page.locator("html").get_attribute("lang") == "nl"


def test_pages_of_the_site_can_not_be_framed(page, stack):
    page.goto(f"{stack.cms}/admin/login/")

    with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
        page.evaluate(
            "(url) => document.body.appendChild(Object.assign(document.createElement('iframe'), { src: url }))",
            f"{stack.site}/",
        )
