"""Whom the pages keep out: axe-core on every page, small screens, zoom, and both colour schemes."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import FOUNDING, ways

EMERGENCY = "I have crushing chest pain and my B12 is low"
DECLINED = "What is the best treatment for a sprained ankle?"
PUBLIC = (
    "/",
    "/patterns",
    "/protocols",
    "/protocols/vitamin-b12",
    "/library",
    "/sources",
    "/about",
    "/about/how-a-sentence-earns-its-place",
    "/about/editorial-policy",
    "/about/limits",
    "/about/source-attributes",
    "/no-such-page",
)


def grave(page) -> list[str]:
    """The findings of axe-core that keep people out."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def fits(page) -> bool:
    """Whether nothing makes the page wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@ways("phone", "desktop-dark")
@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages(reader, path):
    page = reader.go(path)
    assert grave(page) == []
    assert fits(page)
    assert page.locator("h1").count() == 1


@ways("phone-dark", "desktop")
@pytest.mark.parametrize("question", [FOUNDING, EMERGENCY, DECLINED], ids=["answered", "emergency", "declined"])
@pytest.mark.parametrize("who", ["patient", "clinician"])
def test_answers(reader, question, who):
    """Folded, and with everything unfolded."""
    page = reader.ask(question, who)
    assert grave(page) == []
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert grave(page) == []
    assert fits(page)
    assert page.locator("h1").count() == 1


@ways("desktop")
def test_what_comes_after_an_answer(reader):
    page = reader.ask(FOUNDING)
    link = reader.path().partition("?")[0]
    page.locator(".follow-up textarea").fill("MMA came back 180 nmol/L")
    page.locator(".follow-up button").click()
    assert grave(page) == []
    for name in ("proof/1", "leaflet", "appointment", "sbar"):
        reader.go(f"{link}/{name}")
        assert grave(page) == [], name


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_cut_off_at_320_pixels(browser, address, width):
    """320 pixels is also what 1280 leave at 400 % zoom."""
    context = browser.new_context(viewport={"width": width, "height": 700})
    page = context.new_page()
    page.goto(address + "/")
    page.get_by_label("Your question").fill(FOUNDING)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url("**/t/*")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert fits(page)
    context.close()
