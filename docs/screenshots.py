"""Takes the pictures in docs/redactie.md anew, of a fresh demo: ``python -m docs.screenshots``.

Needs what the tests in a browser need: Chromium and Node.js.
"""

import datetime
import io
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.documents import Documents
from tests.browser.editor import Editor
from tests.browser.stack import Stack

FOLDER = Path(__file__).parent / "redactie"
SIZE = {"width": 1280, "height": 800}
COLOURS = 128
A_MONTH = datetime.timedelta(days=30)
ADDRESSES = "E-mailadres\nlezer.een@example.org\nlezer.twee@example.org\ngeen adres\n"
REGIONAL, NATIONAL = "stozeeland@example.org", "landelijk@example.org"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        Stack(Path(folder)) as stack,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS) as browser,
    ):
        for email, pictures in ((REGIONAL, OF_REGIONAL), (NATIONAL, OF_NATIONAL)):
            take(browser, stack, email, pictures)


def take(browser: Browser, stack: Stack, email: str, pictures: dict[str, Callable]) -> None:
    with browser.new_context(viewport=SIZE, locale="nl-NL") as context:
        documents = Documents(context.request, stack.api)
        editor = Editor(context.new_page(), stack.cms, email)
        for name, arrange in pictures.items():
            arrange(editor, documents)
            editor.page.wait_for_load_state("networkidle")
            taken = Image.open(io.BytesIO(editor.page.screenshot(animations="disabled")))
            taken.quantize(COLOURS, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


def screen(path: str) -> Callable:
    return lambda editor, documents: editor.open(path)


def nominating(editor: Editor, documents: Documents) -> None:
    item = documents.get("pages/", type="regions.NewsPage", region="stozeeland", order="-date")["items"][0]
    editor.open(f"voordragen/{item['id']}/")


def writing(editor: Editor, documents: Documents) -> None:
    section = documents.section("regions.NewsIndexPage", "stozeeland")
    editor.write_news(section["id"], "Techniekdag in Vlissingen")
    editor.page.fill("#id_summary", "Honderd leerlingen bouwden een dag lang mee aan een huis van de toekomst.")
    editor.page.locator("footer [data-w-dropdown-target=toggle]").first.click()


def choosing(editor: Editor, documents: Documents) -> None:
    [home] = documents.pages("home.HomePage")
    editor.edit(home["id"])
    editor.choose_another_page()


def sections(editor: Editor, documents: Documents) -> None:
    [home] = documents.pages("home.HomePage")
    editor.edit(home["id"])
    editor.page.get_by_role("heading", name="Secties").first.evaluate("heading => heading.scrollIntoView()")


def sending(editor: Editor, documents: Documents) -> None:
    """An issue that is still a draft."""
    newsletter = documents.pages("newsletter.NewsletterIndexPage")[0]
    editor.write_issue(newsletter["id"], "Techniek in de regio")
    editor.save_draft()
    editor.start("Versturen")


def sent(editor: Editor, documents: Documents) -> None:
    editor.open("verzendingen/")
    editor.page.locator("main table a").first.click()


def importing(editor: Editor, documents: Documents) -> None:
    """As far as what it comes to."""
    editor.open("abonnees/importeren/")
    page = editor.page
    page.select_option("#id_newsletter", index=1)
    page.set_input_files("#id_file", {"name": "abonnees.csv", "mimeType": "text/csv", "buffer": ADDRESSES.encode()})
    page.fill("#id_obtained", "Formulier op onze vorige site")
    page.fill("#id_given_on", (datetime.date.today() - A_MONTH).isoformat())
    page.keyboard.press("Escape")  # the calendar
    page.fill("#id_wording", "Ja, stuur mij elke maand de nieuwsbrief.")
    page.check("#id_proven")
    page.locator("main form button[type=submit]").click()


OF_REGIONAL = {"mijn-regio": screen(""), "nieuwsbericht": writing, "voordragen": nominating}
OF_NATIONAL = {
    "eerste-scherm": screen(""),
    "voordrachten": screen("voordrachten/"),
    "regios": screen("reports/regios/"),
    "homepage": sections,
    "kies-een-pagina": choosing,
    "redacteuren": screen("redacteuren/"),
    "versturen": sending,
    "verzending": sent,
    "abonnees": screen("abonnees/"),
    "importeren": importing,
}

if __name__ == "__main__":
    main()
