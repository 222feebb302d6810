"""A visitor looks at a page that was just opened for them."""

from playwright.sync_api import Page, expect

from .accessibility import overhang, violations

WIDTHS = (320, 600, 1200)
OPEN_ALL = "() => document.querySelectorAll('main details').forEach((one) => (one.open = true))"


def see(page: Page, title: str) -> None:
    """Another document has come, with ``title`` above it; everybody can read it."""
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.evaluate(OPEN_ALL)
    look_over(page)


def look_over(page: Page) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert overhang(page) <= 0, width
        assert violations(page) == [], width
