"""The whole way of a patient and of a doctor, in a real browser, with and without JavaScript."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import FOUNDING, ways


@ways("phone", "phone-plain", "desktop", "desktop-plain")
def test_a_patient_asks_reads_opens_the_proof_follows_up_and_deletes(reader):
    page = reader.ask(FOUNDING)
    link = reader.path()
    assert "B12" not in link
    assert "268" not in link

    # The question as asked, the status, and red flags before the answer.
    expect(page.locator(".asked")).to_contain_text("268 pg/mL")
    expect(page.locator(".strip")).to_contain_text("Not reviewed by a clinician")
    expect(page.locator("[aria-current=step]")).to_contain_text("Submitted")
    order = page.locator("main").inner_text()
    assert order.index("When to get help at once") < order.index("grey zone. It does not prove")

    # The reader type changes the wording and no fact.
    facts = page.locator(".chip-value").all_inner_texts()
    plain = page.locator(".part-lead").inner_text()
    page.get_by_role("link", name="Doctor", exact=True).click()
    expect(page.locator("nav.readers [aria-current]")).to_contain_text("Doctor")
    assert page.locator(".chip-value").all_inner_texts() == facts
    assert page.locator(".part-lead").inner_text() != plain
    page.get_by_role("link", name="Patient or family", exact=True).click()
    expect(page.locator("nav.readers [aria-current]")).to_contain_text("Patient")
    assert page.locator(".part-lead").inner_text() == plain

    # The proof stands beside the sentence, with what is the same on both sides marked.
    proof = page.locator(".part-lead details.proof").first
    proof.locator("summary").click()
    expect(proof.locator(".verdict")).to_be_visible()
    assert "180 to 350" in " ".join(proof.locator("mark").all_inner_texts()) or proof.locator("mark").count() > 2

    # A follow-up keeps the case and says what changed, and which fact changed it.
    page.locator(".follow-up textarea").fill("MMA came back 180 nmol/L, eGFR 92")
    page.locator(".follow-up button").click()
    changes = page.locator(".changes")
    expect(changes).to_contain_text("180 nmol/L")
    expect(page.locator(".chips")).to_contain_text("268")
    expect(page.locator(".chips")).to_contain_text("180")
    assert reader.path().partition("?")[0] == link.partition("?")[0]

    # Deleted is gone.
    page.locator("details.delete summary").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Deleted")
    assert page.goto(reader.address + link).status == 404
    assert not reader.complaints


@ways("phone", "desktop-plain")
def test_a_doctor_corrects_a_fact_and_takes_the_note_away(reader):
    page = reader.ask(
        "B12 150 ng/L, unsteady on her feet, 78-year-old woman, on metformin. Not treated yet.", "clinician", "GB"
    )
    expect(page.locator(".alert")).to_be_visible()
    chip = page.locator("details.chip", has_text="150").first
    chip.locator("summary").click()
    chip.locator("input.input-number").fill("420")
    chip.get_by_role("button", name="Change and ask again").click()
    expect(page.locator(".changes")).to_contain_text("420")
    expect(page.locator(".chips")).to_contain_text("420")
    link = reader.path().partition("?")[0]
    for name, words in (("sbar", "Situation"), ("appointment", ""), ("leaflet", "")):
        assert page.goto(f"{reader.address}{link}/{name}").status == 200
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert words in page.locator("body").inner_text()
    assert not reader.complaints


@ways("desktop")
def test_everything_can_be_taken_away_as_a_file(reader):
    page = reader.ask(FOUNDING, "clinician")
    link = reader.path().partition("?")[0]
    for name, begins in (
        ("answer.md", b"# "),
        ("answer.json", b"{"),
        ("bundle.json", b"{"),
        ("follow-up.ics", b"BEGIN:VCALENDAR"),
        ("answer.html", b"<!doctype html>"),
    ):
        reply = page.request.get(f"{reader.address}{link}/{name}")
        assert reply.ok, name
        assert reply.body().startswith(begins), name
        assert "attachment" in reply.headers["content-disposition"]
        assert reply.headers["cache-control"] == "no-store"


@ways("desktop")
def test_nothing_is_sent_while_typing_and_nothing_comes_from_elsewhere(reader):
    page = reader.go("/")
    page.wait_for_load_state("networkidle")
    before = len(reader.requests)
    page.get_by_label("Your question").press_sequentially("My B12 is 268 pg/mL", delay=5)
    page.wait_for_timeout(300)
    assert len(reader.requests) == before
    reader.ask(FOUNDING)
    for path in ("/patterns", "/protocols", "/library", "/about"):
        reader.go(path)
    assert {re.match(r"https?://[^/]+", url)[0] for url in reader.requests} == {reader.address}
    assert not any("268" in url or "cyanocobalamin" in url for url in reader.requests)
    assert not reader.complaints


@ways("desktop", "desktop-plain")
def test_somebody_else_and_a_supposition_do_not_stay(reader):
    page = reader.ask("My B12 is 210 ng/L, I feel well and I take no B12. What should I do?")
    page.locator(".follow-up textarea").fill("And if I were pregnant?")
    page.locator(".follow-up button").click()
    expect(page.locator(".chips")).to_contain_text("supposed")
    page.locator(".follow-up textarea").fill("What about my mother, 82?")
    page.locator(".follow-up button").click()
    expect(page.locator(".chips")).not_to_contain_text("210")
    expect(page.locator(".chips")).to_contain_text("82")


@ways("phone", "desktop")
def test_by_keyboard_alone(reader):
    """Skip link, question, choices, button; then a proof: no mouse."""
    page = reader.go("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Go to the content"
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "question":
            break
    page.keyboard.type("My B12 is 150 ng/L, not treated. What should I do?")
    while page.evaluate("document.activeElement.tagName") != "BUTTON":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/t/*")
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('details.proof') !== null"):
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('details.proof').open")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "the focus cannot be seen"


@ways("desktop")
def test_in_print_the_forms_are_gone_and_the_words_are_not(reader):
    page = reader.ask(FOUNDING)
    page.emulate_media(media="print")
    expect(page.locator(".site-head")).to_be_hidden()
    expect(page.locator(".follow-up")).to_be_hidden()
    expect(page.locator(".part-lead")).to_be_visible()
    expect(page.locator(".references").first).to_be_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
