"""Pictures of the board's pages for the documentation.

    python -m tests.browser.board_screens [FOLDER]

Makes a home with a board whose members have signed one answer, starts a server over it, works through a reviewer's
morning and a reader's report, and writes PNG files to FOLDER (docs/screens). The members are made up.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.board_home import furnish, sign_in
from tests.browser.board_morning import QUESTION, prepare
from tests.browser.conftest import CHROMIUM, SIZES, SWITCHES
from tests.browser.serving import served

RULE = "/board/items/rule:vitamin-b12/UK3"
STATEMENT = "/board/items/statement:vitamin-b12/emergency-first"
SOURCE = "/board/sources/bedside-safety"


def main() -> None:
    """Write the pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "docs" / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        furnish(Path(home))
        prepare(Path(home), kept=())
        with served(Path(home)) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
            readers(browser, address, folder)
            morning(browser, address, folder)
            browser.close()


def readers(browser: Browser, address: str, folder: Path) -> None:
    """What people without an account see: an approved answer, the board, and what becomes of a report."""
    page = _page(browser, "desktop")
    page.goto(f"{address}/board/sign-in")
    _shoot(page, folder, "sign-in")
    page.goto(address)
    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_label("Whose guidelines?").select_option("GB")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url("**/t/*")
    page.locator(".strip details summary").click()
    _shoot(page, folder, "approved-answer")
    form = page.locator(".report-form")
    page.evaluate("document.querySelectorAll('details:has(.report-form)').forEach(each => { each.open = true })")
    form.get_by_label("I do not understand this").check()
    form.locator("textarea").fill("What is a maternal family? Mine, or that of my mother?")
    form.evaluate("form => form.scrollIntoView()")
    _shoot(page, folder, "report")
    form.get_by_role("button", name="Send the report").click()
    page.wait_for_url("**/report/*")
    _shoot(page, folder, "report-outcome")
    page.goto(f"{address}/about/board")
    _shoot(page, folder, "public")


def morning(browser: Browser, address: str, folder: Path) -> None:
    """A reviewer signs one statement, an editor marks its source, the reviewer sees what lapsed."""

    def shoot(page: Page, name: str) -> None:
        _shoot(page, folder, name)

    ruth = _member(browser, address, "ruth")
    ruth.goto(address + "/board/queue")
    shoot(ruth, "queue")
    ruth.goto(address + RULE)
    shoot(ruth, "rule")
    ruth.goto(address + STATEMENT)
    shoot(ruth, "workbench")
    ruth.get_by_role("button", name="Claim").click()
    ruth.wait_for_url("**done=*")
    ruth.get_by_label("I have read the wording").check()
    ruth.locator("#approve").scroll_into_view_if_needed()
    ruth.locator(".form-sign").evaluate("form => form.scrollIntoView({block: 'center'})")
    shoot(ruth, "sign")
    ruth.get_by_role("button", name="Sign", exact=True).click()
    ruth.wait_for_url("**done=*")
    edda = _member(browser, address, "ed")
    edda.goto(address + SOURCE)
    edda.get_by_role("button", name="Show what would lapse").click()
    edda.wait_for_load_state()
    edda.get_by_label("Why, and where it was seen").fill("An example: a newer release has taken its place.")
    edda.get_by_role("button", name="Mark", exact=True).click()
    edda.wait_for_url("**marked=*")
    shoot(edda, "source")
    ruth.goto(address + STATEMENT)
    shoot(ruth, "lapsed")
    ruth.goto(address + "/board/trail/verify")
    shoot(ruth, "trail")
    phone = _member(browser, address, "ravi", "phone")
    phone.goto(address + STATEMENT)
    shoot(phone, "workbench-phone")


def _member(browser: Browser, address: str, handle: str, size: str = "desktop") -> Page:
    page = _page(browser, size)
    sign_in(page, address, handle)
    return page


def _page(browser: Browser, size: str) -> Page:
    width, height = SIZES[size]
    return browser.new_context(viewport={"width": width, "height": height}, locale="en-GB").new_page()


def _shoot(page: Page, folder: Path, name: str) -> None:
    page.screenshot(path=folder / f"board-{name}.png")


if __name__ == "__main__":
    main()
