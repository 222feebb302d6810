"""What keeps people from reading a page: what axe finds by the rules of WCAG 2.2 AA, and scrolling sideways."""

from functools import cache

from cms.start_site import FOLDER

WCAG_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CHECK = """async ([within, tags]) => {
    const { violations } = await axe.run(within, { runOnly: tags });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
}"""
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@cache
def axe() -> str:
    return (FOLDER / "node_modules" / "axe-core" / "axe.min.js").read_text()


def violations(page, within: str = ":root") -> list[str]:
    """Each with the element that it is about; empty when all is well ``within`` what that selects."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe())
    return page.evaluate(CHECK, [within, WCAG_AA])


def overhang(page) -> int:
    """How many pixels of the page one sees by scrolling sideways only (WCAG 1.4.10)."""
    return page.evaluate(TOO_WIDE)
