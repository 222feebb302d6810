"""A real browser before the whole of it: CMS, messenger, clock and site, as `make run` starts them."""

import shutil
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

from cms import start_site

from .documents import Documents
from .editor import Editor
from .stack import Stack

OWN_HOSTS = {"localhost", "127.0.0.1"}
# The first is the engine without the windows of the others: half the work.
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
TIME_LIMIT = 15_000  # milliseconds; a browser on a busy machine takes its time
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    # Whatever the pages ask for, nothing leaves the machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def stack(tmp_path_factory):
    try:
        start_site.check_node()
    except start_site.NoSite as reason:
        pytest.skip(str(reason))
    with Stack(tmp_path_factory.mktemp("stack")) as stack:
        yield stack


@pytest.fixture(scope="session")
def chromium():
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("Chromium is not installed: apt-get install chromium-headless-shell")
    with sync_playwright() as playwright:
        expect.set_options(timeout=TIME_LIMIT)
        with playwright.chromium.launch(executable_path=path, args=FLAGS) as browser:
            yield browser


@pytest.fixture
def elsewhere():
    """The addresses outside this machine that a test expects to be asked for; others fail it."""
    return set()


@pytest.fixture
def open_context(chromium, stack, elsewhere):
    """``open_context(viewport=…)`` is a browser nobody used before; none of them may ask for anything outside."""
    asked, contexts = [], []

    def open_context(**options):
        context = chromium.new_context(base_url=stack.site, locale="nl-NL", **options)
        context.set_default_timeout(TIME_LIMIT)
        context.on("request", lambda request: asked.append(request.url))
        contexts.append(context)
        return context

    yield open_context
    for context in contexts:
        context.close()
    assert {url for url in asked if is_outside(url)} == elsewhere


@pytest.fixture
def context(open_context):
    return open_context(viewport={"width": 1280, "height": 900})


@pytest.fixture
def page(context):
    return context.new_page()


@pytest.fixture
def visitor(open_context):
    """``visitor()`` is a page of a browser that nobody used before."""

    def visitor():
        return open_context(viewport={"width": 1200, "height": 900}).new_page()

    return visitor


@pytest.fixture
def documents(page, stack):
    return Documents(page.request, stack.api)


@pytest.fixture
def newsletter(documents):
    """The national one."""
    newsletters = documents.pages("newsletter.NewsletterIndexPage")
    return next(newsletter for newsletter in newsletters if newsletter["region"] is None)


@pytest.fixture
def log_in(stack, open_context):
    """``log_in("stozeeland@example.org")`` is that editor, before a browser of her own."""

    def log_in(email):
        context = open_context(viewport={"width": 1600, "height": 1000})
        return Editor(context.new_page(), stack.cms, email)

    return log_in


@pytest.fixture
def zeeland(log_in):
    return log_in("stozeeland@example.org")


@pytest.fixture
def national(log_in):
    return log_in("landelijk@example.org")


@pytest.fixture
def zeeland_news(documents):
    """The section in which the editor of Zeeland writes news."""
    return documents.section("regions.NewsIndexPage", "stozeeland")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """What the processes said stands with a failure."""
    report = yield
    stack = item.funcargs.get("stack")
    if report.failed and stack:
        report.sections.append(("CMS and site", stack.tail()))
    return report


def is_outside(url):
    address = urlsplit(url)
    return address.scheme in ("http", "https", "ws", "wss") and address.hostname not in OWN_HOSTS
