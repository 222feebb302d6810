"""A visitor searches without a mouse: is helped while typing, narrows what is found, and corrects a mistake."""

import re

from playwright.sync_api import expect

from .accessibility import violations
from .visiting import look_over

FOUND = re.compile(r"^\d+ resultaten voor ‘techniek’$")


def number_in(text):
    return int(re.search(r"\d+", text).group())


def test_searching_takes_no_mouse(page):
    page.goto("/zoeken/")
    field = page.get_by_role("combobox", name="Waar zoekt u naar?")
    field.focus()
    page.keyboard.type("techniek")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_text(options.first.inner_text())
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(field).to_have_value("techniek")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name=FOUND)).to_be_visible()

    facet = page.locator("#verfijnen").get_by_role("listitem").filter(has_text="Techlab")
    number = number_in(facet.inner_text())
    facet.get_by_role("link").focus()
    page.keyboard.press("Enter")
    chosen = page.get_by_role("link", name=re.compile("^Soort: Techlab ?, verwijderen$"))
    expect(chosen).to_be_visible()
    assert number_in(page.get_by_role("heading", level=2, name=FOUND).inner_text()) == number
    look_over(page)
    chosen.focus()
    page.keyboard.press("Enter")
    expect(chosen).to_have_count(0)


def test_what_is_picked_of_the_suggestions_opens(page):
    page.goto("/zoeken/")
    page.get_by_role("combobox").focus()
    page.keyboard.type("techlab")
    option = page.get_by_role("option").first
    expect(option).to_be_visible()
    path = option.get_attribute("data-path")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{path}")


def test_suggestions_of_one_title_say_of_which_region_they_are(page):
    page.goto("/zoeken/")
    page.get_by_role("combobox").focus()
    page.keyboard.type("techbus rijdt")
    expect(page.get_by_role("option").filter(has_text="Zaanstreek")).to_have_attribute(
        "data-path", re.compile("zaanstreek")
    )


def test_one_tab_goes_past_the_suggestions_to_the_next_field(page):
    page.goto("/zoeken/")
    page.get_by_role("combobox").focus()
    page.keyboard.type("la")
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.get_by_role("listbox").evaluate("(list) => list.scrollHeight > list.clientHeight")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Van datum")).to_be_focused()


def test_fields_stand_on_one_line(page):
    page.goto("/zoeken/")
    boxes = [page.get_by_label(name).bounding_box() for name in ("Waar zoekt u naar?", "Van datum", "Tot en met datum")]
    assert len({(box["y"], box["height"]) for box in boxes}) == 1


def test_what_is_current_is_seen_in_forced_colours(open_context):
    page = open_context(forced_colors="active", viewport={"width": 1280, "height": 900}).new_page()
    page.goto("/zoeken/?q=techniek&volgorde=datum")
    menu = page.get_by_role("navigation", name="Hoofdmenu")
    for link, line in {
        page.get_by_role("link", name="Op datum"): "3px",
        page.get_by_role("link", name="Beste eerst"): "0px",
        menu.get_by_role("link", name="Zoeken"): "3px",
        menu.get_by_role("link", name="Agenda"): "0px",
    }.items():
        expect(link).to_have_css("border-bottom-width", line)


def test_searching_takes_no_javascript(open_context):
    page = open_context(java_script_enabled=False).new_page()
    page.goto("/zoeken/")
    page.get_by_role("searchbox", name="Waar zoekt u naar?").fill("teclab")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="techlab", exact=True).click()
    expect(page.get_by_role("heading", level=2, name="resultaten voor ‘techlab’")).to_be_visible()


def test_what_the_national_editor_puts_first_is_for_every_visitor(national, page, open_context):
    admin = national.page
    national.open("searchpicks/add/")
    admin.fill("#id_query_string", "Waar begin ik?")
    admin.get_by_role("button", name="Voeg een uitgelicht resultaat toe").click()
    admin.get_by_role("button", name="Kies een pagina").click()
    admin.locator(".modal a.choose-page").first.click()
    expect(admin.locator(".modal")).to_be_hidden()
    admin.get_by_label("Omschrijving").fill("Hier begint u.")
    admin.get_by_role("button", name="Toevoegen").click()
    expect(admin.get_by_text("Wat is uitgelicht bij ‘waar begin ik?’, is opgeslagen.")).to_be_visible()

    page.goto("/zoeken/?q=begin")
    expect(page.get_by_role("region", name="Uitgelicht").get_by_text("Hier begint u.")).to_be_visible()
    look_over(page)
    without = open_context(java_script_enabled=False).new_page()
    without.goto("/zoeken/?q=begin")
    without.get_by_role("region", name="Uitgelicht").get_by_role("link").click()
    expect(without.get_by_role("heading", level=1)).not_to_have_text("Zoeken")
