"""An editor at work in the admin."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from home.demo import PASSWORD

# Wagtail takes what a form holds two seconds after it was opened for its beginning: what was typed before that is no
# change to it, and the preview doesn't follow until the next one.
MARK_WATCHED = """
document.addEventListener("w-unsaved:watch-edits", () => document.documentElement.setAttribute("data-watched", ""));
"""
COUNT_CLICKS = """
addEventListener("click", () => sessionStorage.clicks++, true);
"""


class Editor:
    def __init__(self, page: Page, cms: str, email: str):
        self.page = page
        self.cms = cms
        page.add_init_script(MARK_WATCHED)
        page.add_init_script(COUNT_CLICKS)
        page.goto(f"{cms}/admin/login/")
        page.fill("input[name=login]", email)
        page.fill("input[name=password]", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url(f"{cms}/admin/")

    def start_counting(self) -> None:
        """Go to the first screen; ``clicks`` are counted from there."""
        self.open("")
        self.page.evaluate("sessionStorage.clicks = 0")

    @property
    def clicks(self) -> int:
        return int(self.page.evaluate("sessionStorage.clicks"))

    def open(self, path: str) -> None:
        self.page.goto(f"{self.cms}/admin/{path}")

    def write_news(self, parent_id: int, title: str = "") -> None:
        """A form for a news item, never saved."""
        self.open(f"pages/add/regions/newspage/{parent_id}/")
        if title:
            self._type_title(title)

    def write_issue(self, parent_id: int, title: str) -> None:
        """A form for an issue of a newsletter, never saved."""
        self.open(f"pages/add/newsletter/newsletterpage/{parent_id}/")
        self._type_title(title)

    def edit(self, page_id: int) -> None:
        self.open(f"pages/{page_id}/edit/")

    def complete(self) -> None:
        """Fill in what publishing asks for besides a title."""
        self.page.fill("#id_date", "21-11-2026")
        self.page.fill("#id_summary", "In twee zinnen waar het over gaat.")

    def upload_picture(self, file: Path, description: str) -> None:
        """Put a picture into the library and choose it."""
        self.page.click("#id_image-chooser [data-chooser-action-choose]")
        self.page.get_by_role("tab", name="Upload").click()
        self.page.set_input_files("#id_image-chooser-upload-file", file)
        expect(self.page.locator("#id_image-chooser-upload-title")).to_have_value(file.stem)
        self.page.fill("#id_image-chooser-upload-description", description)
        self.page.locator("#tab-upload button[type=submit]").click()
        expect(self.page.locator("#id_image-chooser [data-chooser-title]")).to_have_text(file.stem)

    def choose_another_page(self) -> None:
        """Open the dialogue for the first page that is chosen in a section."""
        for _ in ("the section", "the page"):
            self.page.locator("[data-contentpath=sections] [data-panel-toggle][aria-expanded=false]").first.click()
        self.first_chosen_page.get_by_role("button").first.click()
        self.page.get_by_role("button", name="Kies een andere pagina").click()
        self.page.wait_for_selector(".modal-body [data-chooser-modal-choice]")

    @property
    def first_chosen_page(self):
        return self.page.locator("[id$=value-page-chooser]").first

    def save_draft(self) -> None:
        self._submit(self.page.locator("button.action-save").first)

    def publish(self) -> None:
        """Done when the CMS has done so."""
        self.page.locator("footer [data-w-dropdown-target=toggle]").first.click()
        self._submit(self.page.locator("button[name=action-publish]"))

    def start(self, action: str) -> None:
        """Go to what the menu beside the title of a page offers."""
        header = self.page.locator("header")
        header.get_by_role("button", name="Acties").click()
        header.get_by_role("link", name=action).click()

    def send_issue(self) -> None:
        """To all subscribers, at once."""
        self.start("Versturen")
        number = self.page.locator(".run-number strong").inner_text()
        self.page.get_by_label("Typ het aantal ontvangers over").fill(number)
        self.page.get_by_role("button", name="Nieuwsbrief versturen").click()
        expect(self.page.get_by_text("De verzending staat klaar.")).to_be_visible()

    def _type_title(self, title: str) -> None:
        # Who may change the address has a field for it, which follows what is typed a moment later.
        self.page.locator("#id_title").press_sequentially(title)
        expect(self.page.locator("#id_slug")).not_to_have_value("")

    def _submit(self, button: Locator) -> None:
        """Done when another document has come: saving by itself changes the address too."""
        self.page.evaluate("document.documentElement.dataset.submitted = ''")
        button.click()
        self.page.wait_for_selector("html:not([data-submitted])", state="attached")
        self.page.wait_for_load_state()

    def open_preview(self):
        """The panel beside the form, which follows what is typed from now on; gives the frame in it."""
        self._open_panel("preview")
        return self.preview

    def open_checks(self) -> Locator:
        """The panel of Wagtail's own checks, which follows what is typed from now on."""
        return self._open_panel("checks")

    def _open_panel(self, name: str) -> Locator:
        self.page.wait_for_selector("html[data-watched]", state="attached")
        self.page.click(f'[data-side-panel-toggle="{name}"]')
        return self.page.locator(f'[data-side-panel="{name}"]')

    def preview_as(self, mode: str) -> None:
        """What the panel shows from now on: a mode by its name, in a window as wide as that of a computer."""
        self.page.check("[name=preview-size][value=desktop]", force=True)
        self.page.select_option("#id_preview_mode", label=mode)

    @property
    def preview(self):
        return self.page.frame_locator("#w-preview-iframe")
