"""Logging in in two steps, with the app on a phone."""

import pytest
from playwright.sync_api import expect

from home.demo import PASSWORD
from tests.authenticator import code

from .accessibility import violations

WHO = "helmonddepeel@example.org"


@pytest.fixture
def editor(log_in):
    """She gives the second step up when she is done, so that she can log in again."""
    editor = log_in(WHO)
    yield editor
    editor.open("twee-stappen/uitzetten/")
    editor.page.get_by_role("button", name="Uitzetten").click()


def test_editor_sets_it_up_and_logs_in_with_a_recovery_code(editor):
    page, found = editor.page, []
    editor.open("account/")
    page.get_by_role("link", name="Instellen").click()
    found += violations(page)

    page.get_by_label("Code uit de app").fill(code(page.locator("#secret").inner_text()))
    page.get_by_role("button", name="Aanzetten").click()
    expect(page.get_by_role("heading", name="Noodcodes")).to_be_visible()
    found += violations(page)
    expect(page.get_by_role("button", name="Afdrukken")).to_be_visible()
    [recovery, *others] = page.locator(".login-codes code").all_inner_texts()
    assert len(others) == 9
    page.get_by_role("link", name="Ik heb ze bewaard").click()

    page.context.clear_cookies()
    editor.open("nieuws/")
    found += violations(page)
    page.get_by_label("E-mailadres").fill(WHO)
    page.get_by_label("Wachtwoord").fill("verkeerd")
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_text("horen niet bij elkaar")).to_have_count(1)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("heading", name="Tweede stap")).to_be_visible()
    found += violations(page)
    page.get_by_label("Code uit de app").fill(recovery)
    page.get_by_role("button", name="Inloggen").click()

    page.wait_for_url("**/admin/nieuws/")
    assert found == []


def test_screen_that_asks_for_the_password_again(zeeland):
    zeeland.open("bevestigen/?next=/admin/account/")
    assert violations(zeeland.page) == []

    zeeland.page.get_by_label("Wachtwoord").fill(PASSWORD)
    zeeland.page.get_by_role("button", name="Verder").click()

    zeeland.page.wait_for_url("**/admin/account/")
