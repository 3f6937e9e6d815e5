"""What each page shows, and to whom."""

from __future__ import annotations

import re

import pytest

from bedside.review.state import Action, Role, State
from tests.servers.board.application import PEOPLE, made, person

PLAIN = "statement:vitamin-b12/emergency-first"
DOSE = "statement:vitamin-b12/oral-label-gb"
RULE = "rule:vitamin-b12/RF8"
PATTERN = "pattern:vitamin-b12/active-indeterminate-treat"
SOURCE = "nice-ng239"
PATHS = (
    "/board",
    "/board/queue",
    "/board/queue?state=Lapsed",
    "/board/queue?state=Approved",
    f"/board/items/{PLAIN}",
    f"/board/items/{RULE}",
    f"/board/items/{PATTERN}",
    f"/board/items/{RULE}/versions",
    "/board/sources",
    f"/board/sources/{SOURCE}",
    f"/board/sources/{SOURCE}?status=superseded",
    "/board/trail",
    "/board/trail/verify",
)
BUTTONS = {"claim", "release", "assign", "return", "approve", "propose", "submit", "withdraw", "adopt"}


@pytest.fixture(scope="module")
def quiet():
    """A board at which nobody does anything."""
    return made()


def forms(text):
    """The actions of an item's forms on a page."""
    return set(re.findall(r'action="/board/items/[^"]*/([a-z]+)"', text))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_every_member_sees_every_page_with_one_heading(quiet, path, who):
    text = quiet.sit(who).get(path)
    assert text.count("<h1") == 1
    assert f">{PEOPLE[who].name}" in text
    assert "style=" not in text
    assert not re.findall(r"<script(?![^>]*src=)", text)
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    labels = set(re.findall(r' (?:for|aria-labelledby|aria-describedby)="([^"]+)"', text))
    assert labels <= set(ids)


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("ann", {"propose"}),
        ("ruth", {"claim", "propose"}),
        ("ed", {"assign", "withdraw"}),
        ("ada", set()),
        ("all", {"claim", "propose", "assign", "withdraw"}),
    ],
)
def test_only_what_roles_allow_is_offered_for_a_statement_that_waits(quiet, who, offered):
    assert forms(quiet.sit(who).get(f"/board/items/{PLAIN}")) == offered


def test_who_holds_an_item_may_return_and_sign_it(board):
    board.act("ruth", Action.CLAIM, PLAIN)
    assert forms(board.get(f"/board/items/{PLAIN}")) == {"release", "return", "approve", "propose"}
    assert forms(board.sit("ravi").get(f"/board/items/{PLAIN}")) == {"propose"}
    assert forms(board.sit("ed").get(f"/board/items/{PLAIN}")) == {"release", "assign", "withdraw"}


def test_who_submitted_an_item_has_no_form_to_sign_it(board):
    """They may hold it and return it; the form would be refused."""
    board.act("ed", Action.WITHDRAW, PLAIN, note="Not yet.")
    board.act("all", Action.SUBMIT, PLAIN)
    board.act("all", Action.CLAIM, PLAIN)
    assert forms(board.sit("all").get(f"/board/items/{PLAIN}")) == {
        "release",
        "return",
        "assign",
        "propose",
        "withdraw",
    }
    assert "was submitted by you" in board.do("approve", PLAIN, read="yes").text


def test_who_signed_under_another_name_is_offered_no_second_signature(board, monkeypatch):
    """Two accounts with one registration: the one that did not sign has no form either, and stands in no list."""
    twin = person("twin", Role.REVIEWER, registration=PEOPLE["ruth"].registration.lower())
    monkeypatch.setitem(PEOPLE, "twin", twin)
    board.act("ruth", Action.CLAIM, DOSE)
    board.act("ruth", Action.APPROVE, DOSE)
    text = board.sit("twin").get(f"/board/items/{DOSE}")
    assert forms(text) == {"propose"}
    assert "under the registration of twin" in board.do("claim", DOSE).text
    listed = board.sit("ed").get(f"/board/items/{DOSE}")
    assert '<option value="ravi"' in listed
    assert '<option value="twin"' not in listed


def test_nothing_unsigned_is_called_approved(quiet):
    for path in PATHS:
        text = re.sub(r"<option[^>]*>[^<]*</option>", "", quiet.sit("ruth").get(path))
        assert not re.findall(r'class="state state-approved"', text)
        assert "✓" not in text
        assert "&#10003;" not in text


def test_the_form_says_what_is_signed_and_by_whom(board):
    board.act("ruth", Action.CLAIM, PLAIN)
    text = board.get(f"/board/items/{PLAIN}")
    item = board.board.item(PLAIN)
    assert item.fingerprint in text
    assert PEOPLE["ruth"].registration in text
    assert "I have read the wording, its source and its conditions" in text
    assert 'max="2027-05-22"' in text
    assert 'min="2026-11-24"' in text


def test_who_cannot_say_who_they_are_is_led_to_their_profile(board):
    board.act("new", Action.CLAIM, PLAIN)
    text = board.sit("new").get(f"/board/items/{PLAIN}")
    assert "approve" not in forms(text)
    assert "Complete your profile" in text
    assert "You cannot sign yet" in board.get("/board")


def test_a_pattern_says_what_has_to_be_approved_first(board):
    board.act("ruth", Action.CLAIM, PATTERN)
    text = board.get(f"/board/items/{PATTERN}")
    needs = board.board.item(PATTERN).needs
    assert f"0 of {len(needs)} are approved" in text
    assert "approve" not in forms(text)
    assert f'href="/board/items/{needs[0]}"' in text


def test_a_rule_is_shown_as_its_row_with_its_cases(quiet):
    text = quiet.sit("ruth").get(f"/board/items/{RULE}")
    assert "Row RF8 of decision table" in text
    assert "emergency sign" in text
    assert "Chest pain comes before the question about the B12 result" in text
    assert "the rule fires" in text


def test_a_statement_stands_beside_its_sources_with_shared_words_marked(quiet):
    text = quiet.sit("ruth").get(f"/board/items/{cited(quiet)[0]}")
    assert '<mark class="same-word">' in text
    assert "Checker: Supported by our statement" in text
    assert "Held against the original: the source text is not loaded" in text
    assert re.search(r'href="/board/sources/[a-z0-9-]+"', text)


def test_what_lapsed_says_why_in_words(board):
    name, source = cited(board)
    approve(board, name)
    board.board.mark(PEOPLE["ed"], source, "retracted", "", "Seen in the journal.")
    text = board.get(f"/board/items/{name}")
    assert "Why the approval lapsed" in text
    assert "was retracted" in text
    assert 'class="state state-lapsed"' in text
    assert "What changed" in text
    assert "Against what was approved on 23 November 2026" in text
    assert '<del class="gone-word">current</del>' in text
    lately = board.get("/board")
    assert board.board.item(name).title[:40] in lately.partition('id="lapsed"')[2]


def test_the_queue_says_its_reasons_and_its_order(quiet):
    text = quiet.sit("ruth").get("/board/queue")
    shown = re.findall(r'href="/board/items/([^"]+)" data-row', text)
    assert shown == [entry.item.id for entry in quiet.board.queue()[:50]]
    assert "red flag, immediate" in text


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("kind=rule", lambda entry: entry.item.kind == "rule"),
        ("dose=yes", lambda entry: entry.item.dose),
        ("topic=vitamin-b12&kind=pattern", lambda entry: entry.item.id.startswith("pattern:vitamin-b12/")),
        ("state=Lapsed", lambda entry: entry.standing.state is State.LAPSED),
        ("mine=yes", lambda entry: entry.standing.holder == "ruth"),
        ("kind=nonsense&state=no", lambda entry: True),  # noqa: ARG005
    ],
)
def test_the_queue_is_narrowed_by_its_address(quiet, query, fits):
    text = quiet.sit("ruth").get(f"/board/queue?{query}")
    found = sum(map(fits, quiet.board.queue()))
    assert re.search(rf'<p role="status">{found} items?\b', text)


def test_pages_of_the_queue_leave_nothing_out(quiet):
    seen = []
    for number in range(1, 200):
        seen += re.findall(
            r'href="/board/items/([^"]+)" data-row', quiet.sit("ruth").get(f"/board/queue?page={number}")
        )
        if number * 50 >= len(quiet.board.queue()):
            break
    assert seen == [entry.item.id for entry in quiet.board.queue()]


@pytest.mark.parametrize("page", ["0", "-1", "999999999999", "x", "²"])
def test_a_page_that_is_not_there(quiet, page):
    quiet.sit("ruth").get(f"/board/queue?page={page}")


def test_words_are_looked_for_in_titles_and_never_in_an_address(quiet):
    reply = quiet.sit("ruth").post("/board/queue", words="anaphylaxis expose", kind="statement")
    assert reply.status_code == 200
    assert "After anaphylaxis to B12" in reply.text
    assert 'value="anaphylaxis expose"' in reply.text
    assert "words=" not in reply.text
    assert 'name="kind" value="statement"' in reply.text


@pytest.mark.parametrize(
    "path",
    [
        "/board/items/statement:vitamin-b12/no-such",
        "/board/items/nonsense",
        "/board/items/source:nice-ng239/x",
        f"/board/items/{RULE}/versions/{'0' * 64}/{'1' * 64}",
        "/board/sources/no-such",
    ],
)
def test_what_is_not_there(quiet, path):
    quiet.sit("ruth").get(path, status=404)


def test_a_name_with_odd_letters_is_escaped_in_addresses():
    from bedside.servers.board.address import item_href, source_href

    assert item_href("rule:t/a b?c#d%") == "/board/items/rule:t/a%20b%3Fc%23d%25"
    assert source_href("a/b:c") == "/board/sources/a%2Fb%3Ac"


def test_the_trail_pages_and_proves_and_leaves(board):
    approve(board, PLAIN)
    head = board.board.store.head()
    text = board.get("/board/trail")
    assert f"{head[0]}:{head[1]}" in text
    rows = [int(row) for row in re.findall(r'id="row-(\d+)"', text)]
    assert rows == list(range(head[0], head[0] - 50, -1))
    older = re.search(r'href="(/board/trail\?before=\d+)" rel="next"', text)[1]
    assert re.findall(r'id="row-(\d+)"', board.get(older))[0] == str(rows[-1] - 1)
    last = board.get("/board/trail?before=2")
    assert re.findall(r'id="row-(\d+)"', last) == ["1"]
    assert 'rel="next"' not in last
    assert "The trail is whole" in board.get("/board/trail/verify")
    anchored = board.get(f"/board/trail/verify?anchor={head[0]}:{head[1][:16]}")
    assert "It has the row that was anchored" in anchored
    assert "was anchored, and the trail ends" in board.get(f"/board/trail/verify?anchor={head[0] + 9}:{head[1]}")
    assert "is not the row that was anchored" in board.get(f"/board/trail/verify?anchor={head[0]}:{'0' * 16}")
    board.get("/board/trail/verify?anchor=nonsense", status=422)


def test_the_trail_is_taken_away_as_json_lines(board):
    from json import loads

    from bedside.review.chain import prove
    from bedside.review.event import Event

    reply = board.client().get("/board/trail/export")
    assert reply.headers["content-disposition"].startswith("attachment")
    events = [Event(**loads(line)) for line in reply.text.splitlines()]
    assert prove(events).whole
    assert len(events) == board.board.store.head()[0]


@pytest.mark.parametrize("page", ["9" * 5000, "-1", "0", "\u0663", "1e3", ""])
def test_a_page_that_there_is_not_shows_one_that_there_is(board, page):
    """No number of a page is a fault of the program."""
    assert board.client().get("/board/queue", params={"page": page}).status_code == 200


def test_a_broken_trail_is_said_on_every_page(board):
    approve(board, PLAIN)
    board.board.distrust("row 3: does not continue the row before it")
    text = board.get(f"/board/items/{PLAIN}")
    assert "The audit trail is broken" in text
    assert "Approval does not hold" in text
    assert 'class="state state-approved"' not in text
    assert "Approved until" not in text


def cited(board):
    """A statement that is no dose, and a source that it cites."""
    for item in board.board.snapshot.items.values():
        sources = [ref for ref in item.rests_on if ref.startswith("source:")]
        if item.kind == "statement" and sources and not item.dose:
            return item.id, sources[0].removeprefix("source:")
    raise AssertionError("no such statement")


def approve(board, item, *who):
    """Sign an item at the board itself."""
    for handle in who or ("ruth",):
        board.act(handle, Action.CLAIM, item)
        board.act(handle, Action.APPROVE, item)
