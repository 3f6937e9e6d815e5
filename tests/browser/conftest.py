"""A real server and a real browser: Debian's Chromium, driven by Playwright. Nothing is downloaded."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

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
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("home")
    environ = {**os.environ, "BEDSIDE_HOME": str(home), "BEDSIDE_ASKING_RATE": "0"}
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "bedside", "serve", "--port", str(port)], env=environ, stdout=log, stderr=log
        )
        try:
            wait_for(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(20)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until the port takes connections, at most a minute."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert server.poll() is None, "the server ended before it answered"
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server did not answer within a minute")


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
