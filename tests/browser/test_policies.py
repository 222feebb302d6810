"""Screens work within what the policies for browsers allow, and browsers hold the site to its own."""

import pytest

TELL = """
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
    console.error("violation", violatedDirective, blockedURI, sample));
"""


@pytest.fixture
def violations():
    """``violations(page)`` is a list of what the browser refuses from now on."""

    def watch(page):
        refused = []
        page.add_init_script(TELL)
        page.on("console", lambda said: refused.append(said.text) if said.text.startswith("violation") else None)
        return refused

    return watch


def test_admin_needs_nothing_that_its_policy_refuses(national, documents, zeeland_news, violations):
    refused = violations(national.page)
    news = documents.pages("regions.NewsPage")[0]

    for path in ("", "images/multiple/add/", "documents/", "snippets/cms/theme/", "collections/", "account/"):
        national.open(path)
        national.page.wait_for_load_state("networkidle")
    national.edit(news["id"])
    assert national.open_preview().locator("h1").inner_text() == news["title"]
    national.write_news(zeeland_news["id"])
    national.page.click("#id_image-chooser [data-chooser-action-choose]")
    national.page.get_by_role("tab", name="Upload").wait_for()

    assert refused == []


def test_mail_in_the_preview_needs_nothing_that_the_policy_refuses(national, documents, violations):
    refused = violations(national.page)
    national.edit(documents.pages("newsletter.NewsletterPage")[0]["id"])

    mail = national.open_preview().frame_locator("iframe[title='De mail']")

    mail.locator("img").first.wait_for()
    assert refused == []


def test_pages_outside_of_the_admin_need_nothing_either(page, stack, violations):
    refused = violations(page)
    for address in (f"{stack.api}/docs/", f"{stack.cms}/uitnodiging/vervalst/", f"{stack.site}/"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
    assert refused == []


@pytest.mark.parametrize("path", ["/", "/nergens/", "/agenda.ics", "/favicon.svg"])
def test_every_answer_of_the_site_says_what_browsers_may_do(page, path):
    headers = page.request.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    if path != "/favicon.svg":
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "camera=()" in headers["permissions-policy"]


def test_site_leads_to_whom_to_tell_of_a_weakness(page, stack):
    answer = page.request.get("/.well-known/security.txt")
    assert answer.url == f"{stack.cms}/.well-known/security.txt"
    assert f"Canonical: {stack.site}/.well-known/security.txt" in answer.text()
