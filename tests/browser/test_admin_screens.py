"""The screens that editors work with are for every editor, with whatever they read by."""

import re

from .accessibility import violations


def look_over(editor, *paths):
    """What is wrong with each of the screens."""
    found = {}
    for path in paths:
        editor.open(path)
        editor.page.wait_for_load_state("networkidle")
        if wrong := violations(editor.page):
            found[path] = wrong
    return found


def links(editor, pattern):
    """The paths in the admin that the screen leads to and that look like this."""
    hrefs = editor.page.eval_on_selector_all("main a[href]", "links => links.map(link => link.getAttribute('href'))")
    return [href.removeprefix("/admin/") for href in hrefs if re.fullmatch(f"/admin/{pattern}", href)]


def test_screens_of_a_regional_editor(zeeland, zeeland_news, documents):
    item = documents.get("pages/", type="regions.NewsPage", region="stozeeland")["items"][0]["id"]
    assert look_over(zeeland, "", "nieuws/", "agenda/", "aanmeldingen/", f"voordragen/{item}/") == {}


def test_screens_of_a_national_editor(national):
    people = "redacteuren/", "redacteuren/uitnodigen/", "redacteuren/uitnodigingen/"
    assert look_over(national, "", "voordrachten/", "reports/regios/", "nieuws/", "vragen/", *people) == {}


def test_screens_of_one_nomination_and_one_person(national):
    national.open("")
    [decline, *_] = links(national, r"voordrachten/\d+/niet-kiezen/")
    national.open("redacteuren/")
    [person, *_] = links(national, r"redacteuren/\d+/")
    assert look_over(national, decline, person, f"{person}overdragen/") == {}


def test_screens_that_change_a_region(national, documents):
    region = documents.get("regions/", limit=1)["items"][0]["id"]
    verbs = "hernoemen", "samenvoegen", "sluiten"
    assert look_over(national, "regio/toevoegen/", *(f"regio/{region}/{verb}/" for verb in verbs)) == {}


def test_dialogue_in_which_a_page_is_chosen(national, documents):
    [home] = documents.pages("home.HomePage")
    national.edit(home["id"])
    national.choose_another_page()
    assert violations(national.page, within=".modal") == []  # the form behind it is Wagtail's
