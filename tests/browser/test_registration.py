"""A visitor registers for an event: from the page of the event to the erasing of what was kept, with the mails."""

import datetime
import re

import pytest
from django.utils.text import slugify
from playwright.sync_api import expect

from .visiting import look_over, see

WELDING, ROBOTS = "Lassen", "Robots"
OWN = re.compile(r"\S+/aanmelding/\S+")
IN_A_MONTH = datetime.date.today() + datetime.timedelta(days=30)


@pytest.fixture
def section(documents):
    return documents.section("agenda.AgendaIndexPage", "stozeeland")


@pytest.fixture
def publish_event(zeeland, section):
    """``publish_event("Techniekdag")`` gives its path: two sessions, each with one place, and a waiting line."""

    def publish_event(title):
        form = zeeland.page
        zeeland.open(f"pages/add/agenda/eventpage/{section['id']}/")
        form.fill("#id_title", title)
        form.fill("#id_start", f"{IN_A_MONTH.day}-{IN_A_MONTH.month}-{IN_A_MONTH.year} 13:00")
        form.fill("#id_summary", "Een middag in de werkplaats.")
        form.get_by_role("tab", name="Programma").click()
        for number, session in enumerate((WELDING, ROBOTS)):
            form.locator("#id_sessions-ADD").click()
            form.fill(f"#id_sessions-{number}-title", session)
            form.fill(f"#id_sessions-{number}-capacity", "1")
        form.get_by_role("tab", name="Aanmelden").click()
        form.check("input[name=registration_mode][value=here]")
        form.check("#id_waiting_list")
        form.fill("#id_contact_email", "organisatie@example.org")
        zeeland.publish()
        return f"{section['meta']['html_path']}{slugify(title)}/"

    return publish_event


def fill_in(page, number, session):
    page.get_by_label("Naam").fill(f"Bezoeker {number}")
    page.get_by_label("E-mailadres").fill(address(number))
    page.get_by_role("radio", name=session).check()


def address(number):
    return f"bezoeker{number}@example.org"


def own_page(stack, number, text):
    """Where the mail with ``text`` leads."""
    mail = stack.mail_to(address(number), text)
    return OWN.search(mail.get_body(("plain",)).get_content()).group()


def test_visitors_register_wait_change_accept_cancel_and_erase(stack, publish_event, visitor):
    event_path = publish_event("Techniekdag voor de bovenbouw")
    first, second = visitor(), visitor()
    form_path = f"{event_path}aanmelden/"

    # The first makes a mistake, and gets the last place of a session.
    first.goto(event_path)
    expect(first.locator("main")).to_contain_text("Nog 2 plaatsen.")
    look_over(first)
    first.get_by_role("link", name="Meld u aan").click()
    see(first, "Aanmelden")
    expect(first.get_by_label("nieuwsbrief")).not_to_be_checked()
    first.get_by_label("School of bedrijf").fill("Een school")
    first.get_by_role("button", name="Meld mij aan").click()
    expect(first).to_have_title(re.compile("^Fout: "))
    expect(first.locator("#fouten")).to_be_focused()
    expect(first.get_by_label("School of bedrijf")).to_have_value("Een school")
    see(first, "Aanmelden")
    first.get_by_role("link", name=re.compile("^Naam: ")).click()
    expect(first.get_by_label("Naam")).to_be_focused()
    fill_in(first, 1, WELDING)
    first.get_by_role("button", name="Meld mij aan").click()
    see(first, "U bent aangemeld")
    expect(first.locator("main")).to_contain_text(WELDING)
    assert (
        "BEGIN:VEVENT"
        in first.request.get(first.get_by_role("link", name="Zet in mijn agenda").get_attribute("href")).text()
    )

    # The second waits for the same session.
    second.goto(form_path)
    expect(second.get_by_role("radiogroup")).to_contain_text("Vol, wel een wachtlijst")
    fill_in(second, 2, WELDING)
    second.get_by_role("button", name="Meld mij aan").click()
    see(second, "U staat op de wachtlijst")
    second.goto(own_page(stack, 2, "U staat op de wachtlijst"))
    see(second, "U staat op de wachtlijst")

    # The first goes to another session, so that the second is offered the place.
    first.goto(own_page(stack, 1, "U bent aangemeld"))
    see(first, "U bent aangemeld")
    first.get_by_role("radio", name=ROBOTS).check()
    first.get_by_role("button", name="Wijzig mijn sessie").click()
    expect(first.get_by_role("status")).to_contain_text("Uw sessie is gewijzigd.")
    expect(first.locator("main")).to_contain_text(ROBOTS)
    second.goto(own_page(stack, 2, "Er is een plaats voor u"))
    see(second, "Er is een plaats voor u")
    second.get_by_role("button", name="Neem de plaats aan").click()
    expect(second.get_by_role("status")).to_contain_text("U hebt de plaats aangenomen.")
    see(second, "U bent aangemeld")

    # Nobody can come in any more without waiting.
    third = visitor()
    third.goto(form_path)
    expect(third.locator("main")).to_contain_text("Alle plaatsen zijn bezet.")
    expect(third.get_by_role("button", name="Zet me op de wachtlijst")).to_be_visible()
    see(third, "Aanmelden")

    # The first can't come after all; the second has everything erased.
    first.get_by_text("Meld mij af", exact=True).click()
    first.get_by_role("button", name="Ja, meld mij af").click()
    expect(first.get_by_role("status")).to_contain_text("U bent afgemeld.")
    see(first, "U bent afgemeld")
    assert stack.mail_to(address(1), "U bent afgemeld")
    own = second.url
    data = second.request.get(f"{own.partition('?')[0]}gegevens.json").json()
    assert data["email"] == address(2)
    second.get_by_role("button", name="Ja, wis mijn gegevens").click()
    see(second, "Uw gegevens zijn gewist")
    assert second.goto(own).status == 404
    see(second, "Deze link werkt niet (meer)")


def test_one_can_register_without_a_mouse(publish_event, visitor):
    event_path = publish_event("Techniekdag voor de onderbouw")
    page = visitor()
    page.goto(f"{event_path}aanmelden/")
    page.get_by_label("Naam").focus()
    page.keyboard.type("Bezoeker 3")
    page.keyboard.press("Tab")
    page.keyboard.type(address(3))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("U bent aangemeld")


def test_own_registration_is_not_told_to_other_sites(visitor):
    page = visitor()
    answer = page.goto("/aanmelding/0123:fout/")
    assert answer.status == 404
    assert answer.headers["referrer-policy"] == "strict-origin"
    assert answer.headers["cache-control"] == "no-store"
    assert "noindex" in answer.headers["x-robots-tag"]
