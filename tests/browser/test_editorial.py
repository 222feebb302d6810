"""What editors do most, by the buttons that they have for it, and in how many clicks."""

import re

from playwright.sync_api import expect

TITLE = "Techniekdag in Vlissingen"


def test_news_of_a_region_gets_onto_the_homepage(zeeland, national, documents):
    zeeland.start_counting()
    zeeland.page.get_by_role("link", name="Nieuwsbericht", exact=True).click()
    zeeland.page.fill("#id_title", TITLE)
    zeeland.page.fill("#id_summary", "Honderd leerlingen bouwden een dag lang mee.")
    zeeland.publish()
    assert zeeland.clicks <= 6

    zeeland.start_counting()
    zeeland.page.get_by_role("link", name=f"‘{TITLE}’ voordragen voor landelijk").click()
    zeeland.page.fill("[name=note]", "Drie scholen en vijf bedrijven deden samen mee.")
    zeeland.page.get_by_role("button", name="Voordragen").click()
    expect(zeeland.page.get_by_text(f"‘{TITLE}’ is voorgedragen.")).to_be_visible()
    assert zeeland.clicks <= 2

    national.start_counting()
    national.page.get_by_role("button", name=f"‘{TITLE}’ accepteren").click()
    national.page.get_by_role("button", name=f"Zet op de homepage: ‘{TITLE}’").click()
    expect(national.page.get_by_text("De pagina staat vooraan in het concept.")).to_be_visible()
    national.publish()
    assert national.clicks <= 5
    [home] = documents.pages("home.HomePage")
    chosen = next(section for section in home["sections"] if section["type"] == "chosen")
    assert chosen["value"]["pages"][0]["title"] == TITLE


def test_nomination_is_withdrawn_from_the_first_screen(zeeland):
    zeeland.open("")
    zeeland.page.get_by_role("link", name=re.compile("voordragen voor landelijk")).last.click()
    zeeland.page.get_by_role("button", name="Voordragen").click()
    zeeland.page.get_by_role("button", name="Intrekken").first.click()
    expect(zeeland.page.get_by_text("De voordracht is ingetrokken.")).to_be_visible()


def test_nomination_is_accepted_from_the_list(national):
    national.open("voordrachten/")
    waiting = national.page.get_by_role("button", name=re.compile("accepteren"))
    number = waiting.count()
    waiting.first.click()
    expect(national.page.get_by_text("staat op de landelijke keuzelijst")).to_be_visible()
    expect(waiting).to_have_count(number - 1)


def test_invitation_is_sent_again_and_withdrawn(national, stack):
    national.open("redacteuren/uitnodigen/")
    national.page.select_option("[name=region]", label="Zeeland")
    national.page.fill("[name=email]", "nieuw@example.org")
    national.page.get_by_role("button", name="Uitnodigen").click()
    national.page.get_by_role("button", name="Opnieuw sturen nieuw@example.org").click()
    expect(national.page.get_by_text("wordt opnieuw verstuurd")).to_be_visible()
    assert "Zeeland" in stack.mail_to("nieuw@example.org", f"{stack.cms}/uitnodiging/")["Subject"]
    national.page.get_by_role("button", name="Intrekken nieuw@example.org").click()
    expect(national.page.get_by_text("is ingetrokken")).to_be_visible()


def test_page_is_chosen_by_its_title(national, documents):
    [home] = documents.pages("home.HomePage")
    national.edit(home["id"])
    national.choose_another_page()
    wanted = documents.pages("inspiration.StoryPage")[0]["title"]
    national.page.fill(".modal-body [name=q]", wanted)
    national.page.locator(".modal-body").get_by_role("link", name=wanted).first.click()
    expect(national.first_chosen_page).to_contain_text(wanted)
