"""What pages say of reviews comes from the board: approved, lapsed, expired, marked, withdrawn, and no board at all."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bedside.review.event import Draft
from bedside.review.member import Member
from bedside.review.state import Action, State
from bedside.review.status import shown_items
from bedside.review.workflow import Command
from bedside.servers.reviewed import Reviewed
from bedside.stores.review_memory import ReviewMemory
from tests.servers.board.application import desk
from tests.servers.reports.house import PEOPLE, QUESTION, approve, house

STATEMENT = "vitamin-b12/b12-indeterminate"
LAST = "2026-12-31"
PLAIN = "Not reviewed by a clinician"


@pytest.fixture
def home():
    return house()


@pytest.fixture(scope="module")
def items():
    """What the answer to the question shows."""
    return shown_items(desk().ask(QUESTION, reader="patient", region="GB"))


@pytest.fixture(scope="module")
def signed(items):
    """The trail of a board that approved all of it: copied by each test."""
    home = house()
    approve(home.board, items, expires=LAST)
    return home.board.store


@pytest.fixture
def done(signed):
    """A server whose board approved everything that the answer shows."""
    store = ReviewMemory()
    store._rows, store._texts, store._versions = list(signed._rows), dict(signed._texts), dict(signed._versions)
    return house(store=store)


def strip(page):
    """The state that is marked, and what is said beside it."""
    [state] = re.findall(r'aria-current="step"><span>([^<]+)', page)
    return state, re.search(r'<p class="strip-said"><strong>([^<]+)', page)[1]


def test_what_ships_is_submitted_and_reviewed_by_nobody(home):
    """On the thread, its papers and files, the pages of the content, and the foot of every page."""
    where = home.asked()
    assert strip(home.get(where)) == ("Submitted", PLAIN)
    assert "Approved by" not in home.get(where)
    for path in ("/leaflet", "/sbar", "/appointment", "/answer.md", "/answer.json"):
        text = home.get(where + path)
        assert PLAIN in text
        assert "pproved" not in re.sub(r'"[a-z_]*approved[a-z_]*"', "", text), path
    statement = home.get(f"/statements/{STATEMENT}")
    assert (
        f'<strong>Submitted</strong> since <time datetime="2026-11-23">23 November 2026</time>. {PLAIN}.' in statement
    )
    assert "Signed by" not in statement
    assert PLAIN in home.get("/")


def test_without_a_board_it_is_not_submitted(home):
    """Also where the board has another content, or its trail is broken, or cannot be read."""
    where = home.asked()
    board = home.app.state.board
    for broken in (None, "content", "trail"):
        home.app.state.board = None if broken is None else board
        if broken == "content":
            board.desk = replace_content(board.desk)
        if broken == "trail":
            board.desk = home.app.state.desk
            board.distrust("row 1: is missing")
        assert strip(home.get(where)) == ("Not submitted", PLAIN), broken
        assert "<strong>Not submitted</strong>" in home.get(f"/statements/{STATEMENT}")


def replace_content(real):
    """A desk with another content under the same name."""

    class Content:
        fingerprint = "another"

    class Other:
        content, library, shipped = Content(), real.library, real.shipped

    return Other()


def test_an_answer_of_approved_parts_is_approved(done):
    """By whom, until when, with what interests; on the page, its papers and files."""
    where = done.asked()
    page = done.get(where)
    assert strip(page) == ("Approved", "Approved by Dr Ruth, until 2026-12-31")
    assert PEOPLE["ruth"].registration in page
    assert "Declared interests: None" in page
    assert PLAIN not in page
    for path in ("/leaflet", "/sbar", "/appointment", "/answer.md", "/answer.json", "/answer.html"):
        text = done.get(where + path)
        assert "Approved by Dr Ruth, until 2026-12-31" in text, path
        assert PLAIN not in text, path
    assert "Not reviewed, and not" not in done.get(f"{where}/sbar")


def test_the_same_question_for_another_reader_or_region_has_its_own_status(done):
    """What it shows besides may not be approved."""
    state, said = strip(done.get(f"{done.asked()}?for=clinician&region=both"))
    assert state != "Approved"
    assert said.startswith("Not approved as a whole")


@pytest.mark.parametrize("kind", ["pattern", "rule", "statement"])
def test_one_part_withdrawn_takes_it_from_the_whole(done, items, kind):
    """At once, and it is said."""
    item = next(each for each in items if each.startswith(f"{kind}:"))
    where = done.asked()
    command = Command(Action.WITHDRAW, item, done.board.standing(item).revision, note="A case.")
    done.board.act(PEOPLE["ed"], command)
    page = done.get(where)
    state, said = strip(page)
    assert state != "Approved"
    assert said.startswith("Not approved as a whole")
    assert "withdrawn by the board" in page
    assert "Approved by" not in done.get(f"{where}/answer.md")


def test_a_marked_source_takes_it_away_and_is_told(done, items):
    """On the answer, on each statement with the reason, and on the source with the board's words."""
    where = done.asked()
    statement = next(each for each in items if each.startswith("statement:"))
    [key, *_] = [r.removeprefix("source:") for r in done.board.item(statement).rests_on if r.startswith("source:")]
    done.board.mark(PEOPLE["ed"], key, "superseded", "", "Seen on the issuer's page.")
    assert strip(done.get(where))[0] != "Approved"
    page = done.get(f"/statements/{statement.removeprefix('statement:')}")
    assert "<strong>Lapsed</strong>" in page
    assert "Why it lapsed" in page
    assert "was superseded." in page
    assert "Signed by" not in page
    source = done.get(f"/sources/{key}")
    assert "superseded" in source
    assert "Seen on the issuer&#39;s page." in source


def test_a_marked_source_is_called_so_in_the_answer(done):
    """Beside each reference, in what is taken away too; what was computed stays, byte for byte."""
    where = done.asked()
    before = done.get(f"{where}/bundle.json")
    done.board.mark(PEOPLE["ed"], "nice-ng239", "retracted", "", "Seen on the issuer's page.")
    assert '<span class="badge badge-alert">RETRACTED</span>' in done.get(where)
    for path in ("/leaflet", "/sbar", "/appointment", "/answer.md", "/answer.html", "/follow-up.ics"):
        assert "RETRACTED" in done.get(where + path).replace("\r\n ", ""), path
    assert done.get(f"{where}/bundle.json") == before


def test_the_day_after_the_last_it_has_ended(done, items):
    """On the last day it holds."""
    where = done.asked()
    last = done.board.standing(items[0]).expires
    done.clock[0] = f"{last}T23:59:59+00:00"
    assert strip(done.get(where))[0] == "Approved"
    done.clock[0] = "2027-01-01T00:00:01+00:00"
    assert strip(done.get(where)) == ("Lapsed", PLAIN)
    statement = next(each for each in items if each.startswith("statement:")).removeprefix("statement:")
    assert "The approval ended on 2026-12-31." in done.get(f"/statements/{statement}")


def test_an_answer_of_another_release_has_nothing_approved(done):
    """Though its parts have the ids of approved ones."""
    answer = desk().ask(QUESTION, reader="patient", region="GB")
    board = done.board
    found = Reviewed((1, "k", "2026-11-23"), board.desk.library.release, board.standings(), board.snapshot, {})
    assert found.answer(answer).approved
    other = found.answer(replace(answer, release="2031.1"))
    assert not other.approved
    assert not other.touched


def test_a_trail_that_was_tampered_with_approves_nothing(done):
    """A row that was changed in the database: fails closed."""
    where = done.asked()
    rows = done.board.store._rows
    index = next(number for number, row in enumerate(rows) if row.action == Action.APPROVE)
    rows[index] = replace(rows[index], actor="mallory")
    fresh = house(store=done.board.store)
    fresh.app.state.threads = done.app.state.threads
    assert strip(fresh.get(where)) == ("Not submitted", PLAIN)


def test_the_pages_about_bedside_say_how_it_is(home, done):
    """The states and their counts, and no more than is true."""
    for page in ("/about", "/about/editorial-policy", "/about/source-attributes", "/protocols/vitamin-b12"):
        assert home.get(page)
    assert "Nothing is approved" in home.get("/about/editorial-policy")
    assert "Nothing is approved" not in done.get("/about/editorial-policy")
    assert "no clinician has approved" in home.get("/about")
    assert "no clinician has approved" not in done.get("/about")
    for state in State:
        assert state.value in home.get("/about/editorial-policy")
    assert "rules and answer patterns are approved" in done.get("/protocols/vitamin-b12")
    assert "Reviewed in part" in done.get("/")


def test_the_pattern_page_says_who_signed_it(done, items):
    """And the answer in its example has a status of its own."""
    pattern = next(each for each in items if each.startswith("pattern:")).removeprefix("pattern:")
    page = done.get(f"/patterns/{pattern}")
    assert "<strong>Approved</strong>" in page
    assert f"Dr Ruth, MB ChB, {PEOPLE['ruth'].registration}, reviewer, on 2026-11-23, until 2026-12-31" in page


class NoMembers:
    """Accounts of a server where nobody has one."""

    def members(self):
        """Nobody."""
        return {}

    def close(self):
        """Nothing to let go of."""


def test_without_members_the_board_page_says_that_there_is_none():
    """In plain words, and that nothing was reviewed."""
    home = house(accounts=NoMembers())
    page = home.get("/about/board")
    assert "There is no board here." in page
    assert "nothing has been reviewed" in page
    home.app.state.board = None
    assert "There is no board here." in home.get("/about/board")


def test_the_board_page_shows_those_who_agreed(done, monkeypatch):
    """Credentials, registration, interests and their date, how much each approved; not who did not agree."""
    hidden = Member("hid", "Dr Hidden", registration="GMC 9", public=False)
    monkeypatch.setattr(type(done.board.accounts), "members", lambda _self: {**PEOPLE, "hid": hidden})
    page = done.get("/about/board")
    assert "Dr Ruth" in page
    assert PEOPLE["ruth"].registration in page
    assert "declared on 1 November 2026" in page
    assert "Dr Hidden" not in page
    assert done.get("/about/board/hid", 404)
    approved = sum(standing.state is State.APPROVED for standing in done.board.standings().values())
    assert f"<dd>{approved}</dd>" in page
    number, head, _ = done.board.store.head()
    assert f"{number}:{head}" in page
    member = done.get("/about/board/ruth")
    assert f"{approved}; this is page 1 of" in member
    assert "page=2" in member
    assert done.get("/about/board/ruth?page=2")
    for wrong in ("?page=0", "?page=99", "?page=x"):
        assert done.get(f"/about/board/ruth{wrong}", 404)
    assert done.get("/about/board/nobody", 404)


def test_a_board_whose_members_are_not_named_is_a_board(done, monkeypatch):
    """Nobody is named, and nothing that they signed is said to be another board's."""
    hidden = {handle: replace(each, public=False) for handle, each in PEOPLE.items()}
    monkeypatch.setattr(type(done.board.accounts), "members", lambda _self: hidden)
    page = done.get("/about/board")
    assert "There is no board here." not in page
    assert "of another one" not in page
    assert "Dr Ruth" not in page
    assert "have not agreed to be named on this page" in page


def test_each_state_is_counted(home):
    """Everything that ships stands in one of them."""
    page = home.get("/about/board")
    whole = len(home.board.snapshot.items)
    assert '<th scope="row">Submitted</th>' in page
    assert f'<td class="number">{whole}</td>' in page
    assert "Nothing is approved now." in page


def test_a_row_of_something_else_changes_no_status(home):
    """A member's row, a report's row: the statuses are worked out anew, and are the same."""
    where = home.asked()
    before = strip(home.get(where))
    home.board.write(Draft(home.board.now(), "ada", "administrator", "create", "member:x"), 0)
    assert strip(home.get(where)) == before
