"""The board's pages in a browser: whom they keep out, the shortcuts, and that they can be switched off."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.board_home import furnish, sign_in
from tests.browser.conftest import CHROMIUM
from tests.browser.serving import served
from tests.browser.test_access import fits, grave

ITEM = "/board/items/statement:vitamin-b12/emergency-first"
PATHS = (
    "/board",
    "/board/queue",
    ITEM,
    "/board/items/rule:vitamin-b12/RF8",
    "/board/items/pattern:vitamin-b12/active-indeterminate-treat",
    "/board/items/rule:vitamin-b12/RF8/versions",
    "/board/sources",
    "/board/sources/nice-ng239?status=superseded",
    "/board/trail/verify",
)


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    """A server with a board and its members."""
    if not CHROMIUM.exists():
        pytest.skip("no /usr/bin/chromium: apt-get install chromium")
    home = tmp_path_factory.mktemp("board")
    furnish(home)
    with served(home) as found:
        yield found


@pytest.fixture(scope="module")
def signed(browser: Browser, address: str) -> dict[str, dict]:
    """The cookies of those who have signed in."""
    states = {}
    for handle in ("ruth", "ed"):
        context = browser.new_context()
        sign_in(context.new_page(), address, handle)
        states[handle] = context.storage_state()
        context.close()
    return states


def at(browser: Browser, state, width=1280, scheme="light", script=True) -> Page:
    """A page of who has signed in."""
    context = browser.new_context(
        storage_state=state,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        java_script_enabled=script,
    )
    return context.new_page()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
@pytest.mark.parametrize("who", ["ruth", "ed"])
def test_nobody_is_kept_out(browser, address, signed, who, width, scheme):
    page = at(browser, signed[who], width, scheme)
    for path in PATHS:
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        assert grave(page) == [], path
        assert fits(page), path
        assert page.locator("h1").count() == 1, path
    page.context.close()


def test_a_morning_by_keyboard(browser, address, signed):
    page = at(browser, signed["ruth"])
    page.goto(address + "/board/queue")
    rows = page.locator("a[data-row]")
    second = rows.nth(1).get_attribute("href")
    page.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{second}")
    page.keyboard.press("j")
    page.wait_for_url(lambda url: not url.endswith(second))
    page.keyboard.press("k")
    page.wait_for_url(f"**{second}")
    page.goto(address + ITEM)
    page.keyboard.press("c")
    page.wait_for_url("**done=*")
    for key, name in (("a", "expires"), ("r", "return-note"), ("p", "clinical")):
        page.keyboard.press(key)
        expect(page.locator(f"#{name}")).to_be_focused()
        page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.keyboard.type("jkcarp?")
    assert page.locator("#return-note").input_value() == "jkcarp?"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"done=\d+$"))
    expect(page.locator(".state").first).to_have_text("Returned")
    page.context.close()


def test_the_shortcuts_can_be_switched_off(browser, address, signed):
    page = at(browser, signed["ruth"])
    page.goto(address + "/board/queue")
    page.keyboard.press("Control+j")
    page.keyboard.press("?")
    expect(page.locator("#keys summary")).to_be_focused()
    page.get_by_role("button", name="Shortcuts are on").click()
    page.goto(address + "/board/queue")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    page.context.close()


def test_everything_is_there_without_a_script(browser, address, signed):
    page = at(browser, signed["ed"], script=False)
    page.goto(address + "/board/items/statement:vitamin-b12/anaphylaxis-do-not-re-expose")
    page.get_by_label("Reviewer").select_option("ravi")
    page.get_by_role("button", name="Assign", exact=True).click()
    expect(page.locator(".item-head")).to_contain_text("Held by Ravi Menon")
    page.get_by_label("Why", exact=True).fill("Not ours.")
    page.get_by_role("button", name="Withdraw", exact=True).click()
    expect(page.locator(".state").first).to_have_text("Withdrawn")
    page.context.close()
