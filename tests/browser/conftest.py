"""A real server and a real browser: Debian's Chromium, driven by Playwright. Nothing is downloaded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.serving import served

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
FOUNDING = (
    "My serum vitamin B12 level is 268 pg/mL while I am taking 1000 micrograms oral cyanocobalamin daily; "
    "what is the appropriate management?"
)


@pytest.fixture(scope="session")
def address(tmp_path_factory) -> Iterator[str]:
    """``bedside serve`` as readers start it, over a home of its own; its address."""
    if not CHROMIUM.exists():
        pytest.skip("no /usr/bin/chromium: apt-get install chromium")
    with served(tmp_path_factory.mktemp("home")) as found:
        yield found


@pytest.fixture(scope="module")
def browser(address: str) -> Iterator[Browser]:  # noqa: ARG001  without a server there is nothing to browse
    """Of one module: while it lives, an event loop runs in this thread, and no other test could run one of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


class Reader:
    """A person at a browser: one page, what it asked the network for, and what the browser complained of."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.page: Page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._console)

    def _console(self, message) -> None:
        if message.type in ("error", "warning") and "status of 4" not in message.text:
            self.complaints.append(message.text)

    def go(self, path: str) -> Page:
        """Open a page of the server."""
        self.page.goto(self.address + path)
        return self.page

    def ask(self, question: str, reader: str = "patient", region: str = "both") -> Page:
        """Ask a question on the first page and wait for its answer."""
        page = self.go("/")
        page.get_by_label("Your question").fill(question)
        page.get_by_label("Which best describes you?").select_option(reader)
        page.get_by_label("Whose guidelines?").select_option(region)
        page.get_by_role("button", name="Ask", exact=True).click()
        page.wait_for_url("**/t/*")
        return page

    def path(self) -> str:
        """The address of the page, without the server."""
        return self.page.url.removeprefix(self.address)


@pytest.fixture
def reader(request, browser: Browser, address: str) -> Iterator[Reader]:
    """A reader; parametrise indirectly with (size, javascript, colour scheme)."""
    size, javascript, scheme = getattr(request, "param", ("desktop", True, "light"))
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=javascript, color_scheme=scheme
    )
    yield Reader(context, address)
    context.close()


def ways(*names: str):
    """Parametrise a test with readers: "phone", "desktop", with "plain" for one without JavaScript, "dark"."""
    made = []
    for name in names:
        words = name.split("-")
        size = next((word for word in words if word in SIZES), "desktop")
        made.append((size, "plain" not in words, "dark" if "dark" in words else "light"))
    return pytest.mark.parametrize("reader", made, indirect=True, ids=names)
