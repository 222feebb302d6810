"""A visitor subscribes to a newsletter, leaves, comes back and has everything erased, by the links in mails."""

import re

from playwright.sync_api import expect

from .visiting import look_over, see

CONFIRM, LEAVE, OWN = "/abonnement/bevestigen/", "/abonnement/afmelden/", "/abonnement/voorkeuren/"
ISSUE = "Techniek in het voorjaar"


def link_in(mail, path):
    """The first link in its plain text that leads below ``path``."""
    return re.search(rf"\S+{path}\S+", mail.get_body(("plain",)).get_content()).group()


def mailed_link(stack, address, path):
    """That in the newest mail to ``address`` that has one."""
    return link_in(stack.mail_to(address, path), path)


def subscribe(page, stack, newsletter, address):
    """Until it is confirmed, as quickly as one can."""
    page.goto(f"/abonnement/?nieuwsbrief={newsletter['id']}")
    page.get_by_label("E-mailadres").fill(address)
    page.get_by_role("button", name="Schrijf mij in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk in uw mail")
    page.goto(mailed_link(stack, address, CONFIRM))
    page.get_by_role("button", name="Ja, schrijf mij in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("U bent ingeschreven")


def test_visitors_subscribe_and_choose_and_erase(stack, newsletter, visitor):
    address = "lezer1@example.org"
    page = visitor()

    # A mistake first.
    page.goto(newsletter["meta"]["html_path"])
    look_over(page)
    page.get_by_role("link", name="Schrijf u in").click()
    see(page, "De nieuwsbrief per mail")
    expect(page.get_by_role("checkbox", name=newsletter["title"])).to_be_checked()
    page.get_by_role("button", name="Schrijf mij in").click()
    expect(page).to_have_title(re.compile("^Fout: "))
    expect(page.locator("#fouten")).to_be_focused()
    see(page, "De nieuwsbrief per mail")
    page.get_by_role("link", name=re.compile("^E-mailadres: ")).click()
    expect(page.get_by_label("E-mailadres")).to_be_focused()
    page.keyboard.type(address)
    page.keyboard.press("Enter")
    see(page, "Kijk in uw mail")

    page.goto(mailed_link(stack, address, CONFIRM))
    see(page, "Bevestig uw inschrijving")
    expect(page.locator("main")).to_contain_text(newsletter["title"])
    page.get_by_role("button", name="Ja, schrijf mij in").click()
    see(page, "U bent ingeschreven")

    page.get_by_role("link", name="een link naar uw voorkeuren aanvragen").click()
    see(page, "Uw voorkeuren")
    page.get_by_label("E-mailadres").fill(address)
    page.get_by_role("button", name="Mail mij de link").click()
    see(page, "Kijk in uw mail")
    own = mailed_link(stack, address, OWN)
    page.goto(own)
    see(page, "Uw nieuwsbrieven")
    box = page.get_by_role("checkbox", name=newsletter["title"])
    expect(box).to_be_checked()
    for ticked in (False, True):
        box.set_checked(ticked)
        page.get_by_role("button", name="Bewaar mijn voorkeuren").click()
        expect(page.get_by_role("status")).to_have_text("Uw voorkeuren zijn bewaard.")
        expect(box).to_be_checked(checked=ticked)
    see(page, "Uw nieuwsbrieven")
    assert address in page.request.get(f"{own}gegevens.json").text()
    page.get_by_role("button", name="Ja, wis mijn gegevens").click()
    see(page, "Uw gegevens zijn gewist")
    assert page.goto(own).status == 404
    see(page, "Deze link werkt niet (meer)")


def test_subscribers_get_the_newsletter_read_it_online_and_leave(stack, national, newsletter, visitor):
    reader, other, page = "lezer3@example.org", "lezer4@example.org", visitor()
    for address in (reader, other):
        subscribe(page, stack, newsletter, address)
    # With nothing but what every issue has.
    national.write_issue(newsletter["id"], ISSUE)
    national.save_draft()
    national.send_issue()

    mail = stack.mail_to(reader, LEAVE)
    assert mail["Subject"] == ISSUE
    assert mail["To"] == reader
    page.goto(link_in(mail, newsletter["meta"]["html_path"]))
    expect(page.locator("h1")).to_have_text(ISSUE)

    # By the link for people.
    leave = link_in(mail, LEAVE)
    page.goto(leave)
    see(page, "Uitschrijven")
    expect(page.locator("main")).to_contain_text(newsletter["title"])
    page.goto(leave)
    go_to_content(page)
    expect(page.get_by_role("button", name="Schrijf mij uit")).to_be_focused()
    page.keyboard.press("Enter")
    see(page, "U bent uitgeschreven")

    # By the button of a mail program (RFC 8058); a browser that comes there is led to the same page.
    mail = stack.mail_to(other, LEAVE)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    one_click = mail["List-Unsubscribe"].strip(" <>")
    page.goto(one_click)
    see(page, "Uitschrijven")
    answer = page.request.post(one_click, form={"List-Unsubscribe": "One-Click"}, max_redirects=0)
    assert answer.status == 200
    page.goto(link_in(mail, LEAVE))
    see(page, "U bent uitgeschreven")


def go_to_content(page):
    """By the keyboard: the first thing in it has the focus."""
    for key in ("Tab", "Enter", "Tab"):
        page.keyboard.press(key)


def test_one_can_subscribe_without_a_mouse(stack, newsletter, visitor):
    page, address = visitor(), "lezer2@example.org"
    page.goto(newsletter["meta"]["html_path"])
    page.get_by_role("link", name="Schrijf u in").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("De nieuwsbrief per mail")
    page.get_by_role("checkbox").last.focus()
    page.keyboard.press("Tab")
    page.keyboard.type(address)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk in uw mail")

    page.goto(mailed_link(stack, address, CONFIRM))
    go_to_content(page)
    expect(page.get_by_role("button", name="Ja, schrijf mij in")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("U bent ingeschreven")
