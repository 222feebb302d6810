"""Without a mouse: everything can be reached, and one sees where one is."""

import pytest
from playwright.sync_api import expect

PHONE = {"width": 360, "height": 640}
REACHABLE = """() => [...document.querySelectorAll("a[href], button, summary, input, select, textarea, iframe")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.tabIndex >= 0)"""
NUMBER = f"() => ({REACHABLE})().length"
# What has the focus is outlined itself, or the card that it stands for; in the frame of a video the link that
# fills it is, by the browser.
FOCUSED = f"""() => {{
    const isOutlined = (one, width) => {{
        const style = getComputedStyle(one);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= width;
    }};
    const one = document.activeElement;
    const framed = one.contentDocument?.activeElement;
    const card = one.closest("article") ?? one;
    const outlined = framed ? isOutlined(framed, 1) : isOutlined(one, 2) || isOutlined(card, 2);
    return {{ place: ({REACHABLE})().indexOf(one), html: one.outerHTML.slice(0, 200), outlined }};
}}"""


@pytest.mark.parametrize("kind", ["home.HomePage", "agenda.EventPage"])
def test_tab_leads_along_everything_and_shows_where(page, documents, kind):
    page.goto(documents.path(kind))
    number = page.evaluate(NUMBER)
    assert number > 20

    reached = []
    for _ in range(number):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))

    assert [stop for stop in reached if not stop["outlined"]] == []
    assert [stop["place"] for stop in reached] == list(range(number))


def test_skip_link_leads_to_the_content(page):
    page.goto("/")

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Naar de inhoud")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_menu_on_a_phone_opens_by_keyboard(page):
    page.set_viewport_size(PHONE)
    page.goto("/")
    menu = page.get_by_role("navigation", name="Hoofdmenu")
    expect(menu).to_be_hidden()

    page.locator("header summary", has_text="Menu").focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    expect(menu.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Enter")

    page.wait_for_url(lambda url: not url.endswith("#") and url.rstrip("/") != "")


def test_submenu_opens_by_keyboard(page):
    page.goto("/")
    submenu = page.locator("header nav details").first
    expect(submenu.get_by_role("link").first).to_be_hidden()

    submenu.locator("summary").focus()
    page.keyboard.press("Enter")

    expect(submenu.get_by_role("link").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(submenu.get_by_role("link").first).to_be_focused()
