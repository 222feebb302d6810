"""Look at a page of each type in Chromium, the way visitors with small or wide, light or dark screens do.

    python checks/accessibility.py SITE API [CHROMIUM]

Prints what is wrong, and ends with status 1 if anything is.
"""

import itertools
import sys
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import APIRequestContext, BrowserContext, Page, ViewportSize, sync_playwright

AXE = Path(__file__).parent.parent / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
OTHER_PATHS = ["/zoeken/?q=techniek", "/zoeken/?q=xyzzy", "/agenda/?periode=voorbij"]


def paths(api: str, ask: APIRequestContext) -> list[str]:
    """One address of each type of page, and some that aren't pages of the CMS."""
    contract = ask.get(f"{api}/openapi.json").json()
    found = []
    for kind in contract["components"]["schemas"]["Card"]["properties"]["type"]["enum"]:
        listing = ask.get(f"{api}/pages/", params={"type": kind, "limit": 1}).json()
        found += [page["meta"]["html_path"] for page in listing["items"]]
    return found + OTHER_PATHS


def faults(page: Page, address: str, hosts: set[str]) -> list[str]:
    found: list[str] = []
    page.on("console", lambda message: found.append(f"console: {message.text}"))
    page.on("request", lambda request: found.extend(_stranger(request.url, hosts)))
    page.goto(address, wait_until="networkidle")
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append("scrolls sideways")
    page.evaluate(AXE.read_text())
    result = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    for violation in result["violations"]:
        found += [f"{violation['id']}: {node['target']} {node['failureSummary']}" for node in violation["nodes"]]
    return found


def _stranger(url: str, hosts: set[str]) -> list[str]:
    return [] if urlsplit(url).netloc in hosts | {""} else [f"asks {url}"]


def look(context: BrowserContext, site: str, addresses: list[str], hosts: set[str]) -> list[str]:
    found = []
    for path in addresses:
        page = context.new_page()
        found += [f"{path}: {fault}" for fault in faults(page, site + path, hosts)]
        page.close()
    return found


def main(site: str, api: str, chromium: str | None = None) -> int:
    hosts = {urlsplit(site).netloc, urlsplit(api).netloc}
    found = []
    with sync_playwright() as playwright:
        addresses = paths(api, playwright.request.new_context())
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for width, scheme in itertools.product(WIDTHS, SCHEMES):
            # axe is put in by a script, which the site itself doesn't allow.
            context = browser.new_context(
                viewport=ViewportSize(width=width, height=900), color_scheme=scheme, bypass_csp=True
            )
            found += [f"{width} {scheme} {fault}" for fault in look(context, site, addresses, hosts)]
            context.close()
        browser.close()
    print("\n".join(found) or f"{len(addresses)} pages, narrow and wide, light and dark: nothing found.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
