"""A newsletter as its editor makes it, from the proposals to a correction, and its mail as everybody reads it."""

import re
import time

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from newsletter.previews import PREFERS_DARK

from .accessibility import overhang, violations

SOON = 2  # seconds
WITHIN = 15  # seconds; the programs that send look each second, on a machine that does more
TITLE = "Techniek in november"
PHONE, TABLET, DESK = 320, 600, 1200
WITHOUT_PICTURE = "() => [...document.images].filter((one) => !one.naturalWidth).map((one) => one.outerHTML)"
BACKGROUND = "() => getComputedStyle(document.body).backgroundColor"
LIGHT_PAPER, DARK_PAPER = "rgb(241, 245, 246)", "rgb(15, 24, 28)"


@pytest.fixture
def issues(documents):
    return documents.pages("newsletter.NewsletterPage")


def mail_in(preview):
    return preview.frame_locator("iframe[title='De mail']")


def test_new_issue_begins_with_proposals_and_shows_its_mail_while_it_is_written(national, newsletter, issues):
    national.write_issue(newsletter["id"], TITLE)
    assert int(national.page.input_value("#id_number")) > max(issue["number"] for issue in issues)
    expect(national.page.locator("#id_date")).to_have_value(f"{timezone.localdate():%d-%m-%Y}")
    expect(national.page.locator("[data-contentpath=body]")).to_contain_text("Vraag van de maand")

    preview = national.open_preview()
    expect(preview.locator("dl")).to_contain_text("Sterk Techniekonderwijs <")
    expect(preview.locator(".subject")).to_have_text(TITLE)
    expect(mail_in(preview).locator("h1")).to_have_text(TITLE)
    expect(mail_in(preview).get_by_role("heading", name="Vraag van de maand")).to_be_visible()
    too_long = preview.get_by_text("Het onderwerp is 61 tekens lang")
    expect(too_long).to_have_count(0)

    national.page.fill("#id_subject", "x" * 61)

    expect(preview.locator(".subject")).to_have_text("x" * 61)
    expect(too_long).to_be_visible()


def test_mail_is_seen_as_others_will_see_it(national, issues, stack):
    issue = issues[0]
    national.edit(issue["id"])
    preview = national.open_preview()
    mail = mail_in(preview)
    body, pictures = mail.locator("body"), mail.locator("img")

    national.preview_as("Mail op een computer")
    expect(body).to_have_js_property("clientWidth", 700)
    expect(body).to_have_css("background-color", LIGHT_PAPER)
    expect(pictures).not_to_have_count(0)
    total = pictures.count()

    national.preview_as("Mail op een telefoon")
    expect(body).to_have_js_property("clientWidth", 375)

    national.preview_as("Mail in het donker")
    expect(body).to_have_css("background-color", DARK_PAPER)

    national.preview_as("Mail zonder afbeeldingen")
    expect(mail.locator("img:not([src])")).to_have_count(total)

    national.preview_as("Mail als platte tekst")
    expect(preview.locator("pre")).to_contain_text(issue["title"].upper())

    national.preview_as("Op de site")
    expect(preview.locator("h1")).to_have_text(issue["title"])
    assert preview.locator("h1").evaluate("() => location.origin") == stack.site


def test_issue_is_sent_and_what_was_wrong_is_corrected_on_the_site_with_a_note(national, newsletter, page):
    address = f"{newsletter['meta']['html_path']}een-titel-met-een-foutt/"
    national.write_issue(newsletter["id"], "Een titel met een foutt")
    national.save_draft()
    assert page.goto(address).status == 404

    edited = national.page.url
    national.send_issue()
    sent = time.monotonic()
    while page.goto(address).status == 404:
        assert time.monotonic() < sent + WITHIN
    expect(page.locator("h1")).to_have_text("Een titel met een foutt")

    national.page.goto(edited)
    national.page.fill("#id_title", "Een titel zonder fout")
    national.save_draft()
    national.start("Verbetering op de site zetten")
    national.page.get_by_label("Wat is er verbeterd?").fill("In de titel stond een fout.")
    national.page.get_by_role("button", name="Op de site zetten").click()
    expect(national.page.get_by_text("staat op de site.")).to_be_visible()
    corrected = time.monotonic()
    while page.goto(address) and page.locator("h1").inner_text() != "Een titel zonder fout":
        assert time.monotonic() < corrected + SOON
    expect(page.get_by_text(re.compile(r"Verbeterd op .*: In de titel stond een fout\."))).to_be_visible()


@pytest.fixture
def mails(national, issues):
    """The HTML of each issue of the demo by its title, as it is sent; what other tests make has less to show."""
    mails = {}
    for issue in issues[:3]:
        national.open(f"pages/{issue['id']}/view_draft/")
        seen = national.page.locator("iframe").get_attribute("srcdoc")
        # The preview is dark by its mode only.
        mails[issue["title"]] = seen.replace("@media not all", f"@media {PREFERS_DARK}")
    return mails


def test_mail_is_for_everybody(mails, page):
    assert len(mails) == 3
    for title, mail in mails.items():
        page.set_content(mail)
        assert page.evaluate("() => document.images.length"), title
        assert page.evaluate(WITHOUT_PICTURE) == [], title
        for width in (PHONE, TABLET, DESK):
            page.set_viewport_size({"width": width, "height": 900})
            assert overhang(page) <= 0, (title, width)
            for scheme, paper in (("light", LIGHT_PAPER), ("dark", DARK_PAPER)):
                page.emulate_media(color_scheme=scheme)
                assert page.evaluate(BACKGROUND) == paper, (title, scheme)
                assert violations(page) == [], (title, width, scheme)
