"""A reviewer's whole morning in a real browser, once by mouse and once by keyboard alone.

Returned, worded anew, refused by the checks, adopted, signed by somebody else; a dose by two; a pattern once everything
it needs is approved; a source marked, what lapsed, signed again; and the trail proves whole.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bedside.board import open_board
from bedside.review.status import shown_items
from bedside.settings import Settings
from tests.browser.board_hands import Keys, Mouse
from tests.browser.board_home import PASSWORD, furnish
from tests.browser.board_morning import DOSE, KEPT, PATTERN, QUESTION, SOURCE, WORDED, approve, needed, prepare
from tests.browser.conftest import CHROMIUM
from tests.browser.serving import served
from tests.browser.test_access import fits

LEVELS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
NARROW = {"width": 320, "height": 800}
WIDE = {"width": 1280, "height": 900}
OLD, NEW = "What is said here rests", "This rests"


@pytest.fixture(scope="module", params=[Mouse, Keys], ids=lambda hands: hands.name)
def hands(request) -> type[Mouse]:
    """How the people of this walk work."""
    return request.param


@pytest.fixture(scope="session")
def prepared(tmp_path_factory) -> Path:
    """A home with a board whose members have signed most of one answer."""
    if not CHROMIUM.exists():
        pytest.skip("no /usr/bin/chromium: apt-get install chromium")
    made = tmp_path_factory.mktemp("prepared")
    furnish(made)
    prepare(made)
    return made


@pytest.fixture(scope="module")
def home(hands, prepared, tmp_path_factory) -> Path:
    """A copy of it for each walk."""
    return Path(shutil.copytree(prepared, tmp_path_factory.mktemp(hands.name) / "home"))


@pytest.fixture(scope="module")
def address(home) -> Iterator[str]:
    """The server over it."""
    with served(home) as found:
        yield found


class Person:
    """Somebody at a browser of their own, who looks at each page for what would keep others out."""

    def __init__(self, browser: Browser, address: str, hands: type[Mouse], seen: set[str]) -> None:
        self.page: Page = browser.new_context(viewport=WIDE).new_page()
        self.page.set_default_timeout(10_000)
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.address = address
        self.hands = hands(self.page)
        self.looks = hands is Mouse  # the pages of both walks are the same
        self.seen = seen

    def go(self, path: str, name: str = "") -> Page:
        """Open an address."""
        self.page.goto(self.address + path)
        if name:
            self.look(name)
        return self.page

    def look(self, name: str) -> None:
        """Hold the page against WCAG, once for each name, and against a screen of 320 pixels."""
        assert self.page.locator("h1").count() == 1, name
        if name in self.seen or not self.looks:
            return
        self.seen.add(name)
        self.page.set_viewport_size(NARROW)
        assert fits(self.page), f"{name}: scrolls sideways"
        self.page.set_viewport_size(WIDE)
        found = Axe().run(self.page, options=LEVELS).response["violations"]
        assert [(each["id"], node["html"][:160]) for each in found for node in each["nodes"]] == [], name

    def button(self, name: str):
        """The button of that name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def field(self, label: str):
        """The field under that label."""
        return self.page.get_by_label(label, exact=True)

    def enter(self, handle: str) -> None:
        """Sign in."""
        self.go("/board/sign-in", "sign-in")
        self.hands.write(self.field("Handle"), handle)
        self.hands.write(self.field("Password"), PASSWORD)
        self.hands.press(self.button("Sign in"))
        assert self.page.url == self.address + "/board"
        self.look("home")

    def item(self, item: str) -> Page:
        """Open the workbench of an item."""
        return self.go(f"/board/items/{item}", f"workbench of a {item.partition(':')[0]}")

    def stands(self, state: str) -> None:
        """The item on the page is in that state."""
        refused = self.page.locator("#refused")
        assert refused.count() == 0, refused.inner_text()
        expect(self.page.locator(".item-head .state")).to_have_text(state)

    def claim(self, item: str) -> None:
        """Claim an item."""
        self.item(item)
        self.hands.claim()
        self.stands("Under review")

    def sign(self, item: str, state: str) -> None:
        """Claim an item and sign it; what it stands at then."""
        self.claim(item)
        self.hands.to_form("a")
        self.hands.tick(self.page.get_by_label("I have read the wording, its source and its conditions"))
        self.hands.press(self.button("Sign"))
        self.look("signed")
        self.stands(state)

    def strip(self, link: str) -> str:
        """What the answer's page says of its review."""
        self.go(link, "answer")
        return self.page.locator(".strip").first.inner_text()


def test_the_morning(browser, address, home, hands):
    seen: set[str] = set()
    ruth, ravi, ed, reader = (Person(browser, address, hands, seen) for _ in range(4))
    for person, handle in ((ruth, "ruth"), (ravi, "ravi"), (ed, "ed")):
        person.enter(handle)
    link = ask(reader)
    assert "Approved by" not in reader.strip(link)

    first_of_the_queue_is_returned(ruth)
    a_wording_is_refused_then_proposed(ruth)
    an_editor_adopts_it(ed)
    its_author_cannot_sign_it(ruth)
    a_pattern_waits_for_what_it_needs(ruth)
    ravi.sign(WORDED, "Approved")
    a_dose_takes_two(ruth, ravi)
    sign_directly(home)
    assert "Approved by" not in reader.strip(link)
    ruth.sign(PATTERN, "Approved")

    assert "Approved by Ravi Menon and Ruth Adler" in reader.strip(link)
    the_public_board_lists_it(reader)
    a_source_falls(ed)
    assert "Approved by" not in reader.strip(link)
    assert "approved, which has lapsed" in reader.strip(link).replace("have", "has")
    it_is_signed_again(ed, ruth, ravi, home)
    assert "Approved by Ravi Menon and Ruth Adler" in reader.strip(link)
    the_trail_is_whole(ed)
    the_other_pages_keep_nobody_out(ed)
    assert [line for each in (ruth, ravi, ed, reader) for line in each.complaints] == []


def ask(reader: Person) -> str:
    """Ask; the private link of the answer."""
    reader.go("/")
    reader.hands.write(reader.field("Your question"), QUESTION)
    reader.hands.choose(reader.field("Whose guidelines?"), "GB")
    reader.hands.press(reader.button("Ask"))
    return "/t/" + reader.page.url.rpartition("/t/")[2]


def first_of_the_queue_is_returned(ruth: Person) -> None:
    """Queue, first item, claim, back to the author with a comment."""
    page = ruth.page
    ruth.hands.follow(page.get_by_role("navigation", name="Board").get_by_role("link", name="Queue"))
    ruth.look("queue")
    title = page.locator("a[data-row]").first.inner_text()
    ruth.hands.open_first()
    expect(page.locator("h1")).to_have_text(title)
    ruth.hands.claim()
    ruth.look("claimed")
    ruth.hands.to_form("r")
    ruth.hands.write(page.locator("#return-note"), "Say which reaction is meant.")
    ruth.hands.press(ruth.button("Return with this comment"))
    ruth.stands("Returned")
    expect(page.locator(".history .comment").last).to_contain_text("Say which reaction is meant.")


def a_wording_is_refused_then_proposed(ruth: Person) -> None:
    """One that says something else is refused with the reasons and stays in its field; then one that passes."""
    page = ruth.item(WORDED)
    clinical, plain = (page.locator(f"#{name}").input_value() for name in ("clinical", "plain"))
    ruth.hands.to_form("p")
    ruth.hands.write(page.locator("#clinical"), clinical.replace("not on trials", "and on 12 trials"))
    ruth.hands.write(page.locator("#plain"), plain)
    ruth.hands.write(page.locator("#why"), "It reads better.")
    ruth.hands.press(ruth.button("Propose"))
    ruth.look("refused")
    expect(page.locator("#refused")).to_contain_text("The checks object")
    expect(page.locator("#propose ~ .refused li").first).to_be_visible()
    assert "12 trials" in page.locator("#clinical").input_value()
    assert page.locator("#why").input_value() == "It reads better."
    ruth.hands.to_form("p")
    ruth.hands.write(page.locator("#clinical"), clinical.replace(OLD, NEW))
    ruth.hands.write(page.locator("#plain"), plain.replace(OLD, NEW))
    ruth.hands.press(ruth.button("Check only"))
    expect(page.locator("#propose ~ .note")).to_contain_text("no objection")
    ruth.hands.press(ruth.button("Propose"))
    ruth.look("proposed")
    expect(page.locator(".history .proposal")).to_contain_text(NEW)


def an_editor_adopts_it(ed: Person) -> None:
    """The proposed wording becomes content."""
    page = ed.item(WORDED)
    ed.hands.press(page.get_by_role("button", name="Adopt this wording"))
    ed.look("adopted")
    expect(page.locator("h1")).to_contain_text(NEW)
    expect(page.locator(".item-head")).to_contain_text("This wording was written by Ruth Adler, who cannot sign it.")


def its_author_cannot_sign_it(ruth: Person) -> None:
    """The form is not there for who worded it."""
    ruth.claim(WORDED)
    assert ruth.button("Sign").count() == 0
    expect(ruth.page.locator(".item-head")).to_contain_text("who cannot sign it")
    ruth.hands.press(ruth.button("Release"))
    ruth.stands("Submitted")


def a_pattern_waits_for_what_it_needs(ruth: Person) -> None:
    """It can be claimed, and not be signed."""
    ruth.claim(PATTERN)
    card = ruth.page.locator(".form-sign")
    expect(card).to_contain_text("to be approved first")
    assert ruth.button("Sign").count() == 0
    ruth.hands.press(ruth.button("Release"))


def a_dose_takes_two(ruth: Person, ravi: Person) -> None:
    """The first signature leaves it under review, and the same member cannot give the second."""
    ruth.sign(DOSE, "Under review")
    assert ruth.button("Claim").count() == 0
    assert ruth.button("Sign").count() == 0
    expect(ruth.page.locator(".signatures li")).to_have_count(1)
    ravi.sign(DOSE, "Approved")
    expect(ravi.page.locator(".signatures li")).to_have_count(2)


def sign_directly(home: Path) -> None:
    """What is left, but the three of this morning, is signed elsewhere while the server runs."""
    with closing(open_board(Settings.load({"BEDSIDE_HOME": str(home)}))) as board:
        shown = shown_items(board.desk.ask(QUESTION, reader="patient", region="GB"))
        approve(board, (item for item in needed(board, shown) if item not in KEPT))


def the_public_board_lists_it(reader: Person) -> None:
    """The page for everybody names who signed, and the member's page what."""
    page = reader.go("/about/board", "the public board")
    expect(page.locator("main")).to_contain_text("Ruth Adler")
    reader.hands.follow(page.get_by_role("link", name="Ruth Adler"))
    reader.look("a member")
    expect(page.locator(f'main a[href*="{PATTERN.rpartition("/")[2]}"]').first).to_be_visible()
    reader.go(f"/patterns/{PATTERN.removeprefix('pattern:')}", "pattern")
    expect(page.locator("main")).to_contain_text("Approved by")


def a_source_falls(ed: Person) -> None:
    """First what would lapse, then the mark, then what lapsed."""
    page = ed.go(f"/board/sources/{SOURCE}", "source")
    ed.hands.press(ed.button("Show what would lapse"))
    ed.look("what if")
    would = page.locator("section:has(#what-if) .lapsed > li > a").all_inner_texts()
    assert len(would) == 4, would
    ed.hands.write(page.locator("#mark-note"), "A newer page, seen on the site this morning.")
    ed.hands.press(ed.button("Mark"))
    ed.look("marked")
    expect(page.locator("#just")).to_have_text("4 approvals lapsed by this mark")
    assert page.locator("section:has(#just) .lapsed > li > a").all_inner_texts() == would
    ed.item(PATTERN)
    ed.stands("Lapsed")
    expect(page.locator(".note-lapse")).to_contain_text("superseded")


def it_is_signed_again(ed: Person, ruth: Person, ravi: Person, home: Path) -> None:
    """The mark is taken away; nothing comes back by itself; it is signed anew."""
    page = ed.go(f"/board/sources/{SOURCE}")
    ed.hands.choose(page.locator("#mark-status"), "")
    ed.hands.write(page.locator("#mark-note"), "It was another page: the one we cite stands.")
    ed.hands.press(ed.button("Mark"))
    ed.item(PATTERN)
    ed.stands("Lapsed")
    ravi.sign(WORDED, "Approved")
    sign_directly(home)
    ruth.sign(PATTERN, "Approved")


def the_trail_is_whole(ed: Person) -> None:
    """The head as it was written down is still in a trail that proves whole."""
    page = ed.go("/board/trail", "trail")
    head = page.locator(".facts code").inner_text()
    ed.hands.write(page.locator("#anchor"), head)
    ed.hands.press(ed.button("Prove the trail"))
    ed.look("proof")
    expect(page.locator("[role=status]").first).to_contain_text("The trail is whole.")
    expect(page.locator("[role=status]").first).to_contain_text("It has the row that was anchored.")


def the_other_pages_keep_nobody_out(ed: Person) -> None:
    """What the morning did not come by."""
    for path in (
        "/board/queue?state=Approved",
        "/board/sources",
        "/board/profile",
        "/board/profile/password",
        "/board/reports",
        f"/board/items/{WORDED}/versions",
        "/report",
    ):
        ed.go(path, path)
