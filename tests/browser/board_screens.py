"""Pictures of the board's pages for the documentation.

    python -m tests.browser.board_screens [FOLDER]

Makes a home with a board, starts a server over it, works through a reviewer's morning and writes PNG files to FOLDER
(docs/screens). The members are made up.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.board_home import furnish, served, sign_in
from tests.browser.conftest import CHROMIUM, SIZES, SWITCHES

RULE = "/board/items/rule:vitamin-b12/RF8"
STATEMENT = "/board/items/statement:vitamin-b12/emergency-first"
SOURCE = "/board/sources/bedside-safety"


def main() -> None:
    """Write the pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "docs" / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        furnish(Path(home))
        with served(Path(home)) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
            morning(browser, address, folder)
            browser.close()


def morning(browser: Browser, address: str, folder: Path) -> None:
    """A reviewer signs one statement, an editor marks its source, the reviewer sees what lapsed."""

    def shoot(page: Page, name: str) -> None:
        page.screenshot(path=folder / f"board-{name}.png")

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
    width, height = SIZES[size]
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    sign_in(page, address, handle)
    return page


if __name__ == "__main__":
    main()
