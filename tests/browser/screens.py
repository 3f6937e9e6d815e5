"""Pictures of the main pages for the documentation.

    python -m tests.browser.screens [FOLDER]

Starts a server over a home of its own, walks it, and writes PNG files to FOLDER (docs/screens).
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import CHROMIUM, FOUNDING, SIZES, SWITCHES
from tests.browser.serving import served

FOLLOW_UP = "MMA came back 180 nmol/L, eGFR 92"


def main() -> None:
    """Write the pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "docs" / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, served(Path(home)) as address:
        pictures(address, folder)


def pictures(address: str, folder: Path) -> None:
    """Walk the pages and photograph them."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        for size, scheme, walk in (
            ("desktop", "light", _desktop),
            ("phone", "light", _phone),
            ("phone", "dark", _dark_phone),
        ):
            width, height = SIZES[size]
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
            page = context.new_page()

            def shoot(name: str, page: Page = page, *, whole: bool = False) -> None:
                page.screenshot(path=folder / f"{name}.png", full_page=whole)

            walk(page, address, shoot)
            context.close()
        browser.close()


def _ask(page: Page, address: str, reader: str) -> None:
    page.goto(address)
    page.get_by_label("Your question").fill(FOUNDING)
    page.get_by_label("Which best describes you?").select_option(reader)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url("**/t/*")


def _desktop(page: Page, address: str, shoot: Callable[..., None]) -> None:
    page.goto(address)
    shoot("ask")
    _ask(page, address, "clinician")
    shoot("article-clinician")
    page.locator(".part-lead details.proof summary").first.click()
    page.locator(".part-lead details.proof").first.scroll_into_view_if_needed()
    shoot("proof")
    page.locator(".follow-up textarea").fill(FOLLOW_UP)
    page.locator(".follow-up button").click()
    page.wait_for_load_state()
    shoot("follow-up")
    page.goto(address + "/protocols/vitamin-b12")
    shoot("protocol")


def _phone(page: Page, address: str, shoot: Callable[..., None]) -> None:
    _ask(page, address, "patient")
    shoot("article-patient-phone")
    page.goto(page.url.partition("?")[0] + "/leaflet")
    shoot("leaflet-phone")


def _dark_phone(page: Page, address: str, shoot: Callable[..., None]) -> None:
    _ask(page, address, "patient")
    shoot("article-dark-phone")


if __name__ == "__main__":
    main()
