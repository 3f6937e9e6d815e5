"""What the commands of the board say and refuse, one by one."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from bedside.board import Board
from bedside.cli import doctor, review_member, review_queue, review_source
from bedside.cli.review_acting import SESSION, item_named
from bedside.desk import Desk
from bedside.errors import UsageError
from bedside.evidence.passage import Passage
from bedside.evidence.source import SourceStatus
from bedside.review.item import ItemKind
from bedside.review.queue import WAITS
from bedside.review.report import ReportKind, received
from bedside.review.state import Role
from bedside.settings import Settings
from tests.cli.reviewing import DOSE, DOSE_SOURCE, PASSWORD, PLAIN, the_board


def test_the_words_of_the_options_are_those_of_the_rooms():
    """They are written twice so that help loads no such room."""
    assert set(review_member.ROLES) == set(Role)
    assert set(review_queue.KINDS) == set(ItemKind)
    assert {review_queue.state_word(state.value) for state in WAITS} == set(review_queue.STATES)
    assert set(review_source.STATUSES) == set(SourceStatus)


# Names of items -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("statement:t/a", "statement:t/a"),
        ("t/a", "statement:t/a"),
        (" T/A ", "statement:t/a"),
        ("t/R1", "rule:t/R1"),
        ("pattern:t/both", "pattern:t/both"),
    ],
)
def test_an_item_may_be_named_short(written, found):
    """Whole, or without its kind where that is one only."""
    assert item_named(["statement:t/a", "rule:t/R1", "pattern:t/both", "rule:t/both"], written) == found


def test_a_short_name_of_several_is_refused_with_all_of_them():
    """The one who types chooses."""
    with pytest.raises(UsageError, match="several") as error:
        item_named(["pattern:t/both", "rule:t/both"], "t/both")
    assert "pattern:t/both, rule:t/both" in error.value.remedy


def test_a_wrong_name_is_refused_with_the_nearest(board):
    """Exit status 2, as for every wrong name."""
    assert "Did you mean 'vitamin-b12/oral-label-gb'?" in board.refused("show", "vitamin-b12/oral-lable-gb", status=2)
    assert "Did you mean 'smpc-orobalin'?" in board.refused("lapse", "--what-if", "smpc-orobalim", status=2)
    assert "Did you mean 'queue'?" in board.refused("queu", status=2)


# Signing in -----------------------------------------------------------------------------------------------------------


def test_the_session_of_this_machine_is_its_owners(board):
    """Kept for nobody else to read; ended for good when its member signs out."""
    mine = board.written("password", PASSWORD)
    assert "Signed in as ruth" in board.done("login", "ruth", "--password-file", mine)
    kept = board.home / SESSION
    assert kept.stat().st_mode & 0o077 == 0
    token = kept.read_text(encoding="ascii")
    assert PASSWORD not in board.out + board.err + token
    assert "ruth" in board.done("whoami")
    board.done("login", "edith", "--password-file", mine)
    kept.write_text(token, encoding="ascii")
    assert "Nobody is signed in" in board.refused("whoami")  # the one before was ended
    board.done("login", "ruth", "--password-file", mine)
    token = kept.read_text(encoding="ascii")
    board.done("logout")
    assert not kept.exists()
    kept.write_text(token, encoding="ascii")
    assert "Nobody is signed in" in board.refused("claim", PLAIN)


def test_as_leaves_no_session(board):
    """It is for one command."""
    mine = board.written("password", PASSWORD)
    with closing(sqlite3.connect(board.home / "bedside.db")) as database:
        [table] = [
            n
            for (n,) in database.execute("SELECT name FROM sqlite_master WHERE name LIKE '%session%' AND type='table'")
        ]
        sessions = f"SELECT count(*) FROM {table}"  # noqa: S608
        before = database.execute(sessions).fetchone()
        board.done("claim", PLAIN, "--as", "ruth", "--password-file", mine)
        board.refused("claim", PLAIN, "--as", "omar", "--password-file", mine)
        assert database.execute(sessions).fetchone() == before
    assert not (board.home / SESSION).exists()


def test_a_password_comes_from_the_input(board, monkeypatch):
    """For scripts; and where there is nobody to ask, that is said."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    board.done("login", "ruth", "--password-file", "-")
    assert "nobody to ask" in board.refused("login", "ruth", status=2)
    assert "no password can be read" in board.refused("login", "ruth", "--password-file", "/nowhere", status=2)
    assert "has no password" in board.refused("login", "ruth", "--password-file", board.written("x", "\n"), status=2)
    assert "goes with --as" in board.refused("claim", PLAIN, "--password-file", "x", status=2)


@pytest.mark.parametrize("handle", ["ruth", "nobody", "RUTH; DROP", "ü"])
def test_a_wrong_password_says_no_more_than_that(board, handle):
    """The same words whether there is such a member or not."""
    said = board.refused("login", handle, "--password-file", board.written("x", "wrong wrong wrong"))
    assert said.startswith("bedside: The name or the password is not right")


def test_a_session_file_that_is_none_is_nobody(board):
    """Whatever is in it."""
    (board.home / SESSION).write_bytes(b"\xff\xfe not a token")
    assert "Nobody is signed in" in board.refused("whoami")


def test_a_damaged_home_is_said(board):
    """A folder in the place of the file."""
    (board.home / SESSION).mkdir()
    assert "board-session" in board.refused("whoami", status=4)


# Reading --------------------------------------------------------------------------------------------------------------


def test_the_queue_is_filtered(board):
    """By kind, topic, state, holder, and how many."""
    rules = board.json("queue", "--kind", "rule", "--limit", "0")
    assert {each["kind"] for each in rules} == {"rule"}
    assert [each["item"] for each in board.json("queue", "--kind", "rule", "--limit", "3")] == [
        each["item"] for each in rules[:3]
    ]
    assert {each["topic"] for each in board.json("queue", "--topic", "b12-evidence", "--limit", "5")} == {
        "b12-evidence"
    }
    assert board.json("queue", "--state", "under-review") == []
    board.done("claim", PLAIN, as_="ruth")
    assert [each["item"] for each in board.json("queue", "--mine")] == [f"statement:{PLAIN}"]
    assert board.json("queue", "--mine", as_="omar") == []
    assert f"statement:{PLAIN}  [Under review, held by ruth]" in board.done("queue", "--state", "under-review")
    assert "Nothing waits." in (board.done("queue", "--lapsed"), board.err)[1]


def test_everything_a_reviewer_must_read_is_shown(board):
    """Of a statement, a rule and a pattern; and the JSON has what the text has."""
    shown = board.done("show", DOSE)
    found = board.json("show", DOSE)
    for wording in found["says"]["wordings"]:
        assert wording["text"] in shown
        assert wording["verdict"] in shown
    for source in found["says"]["sources"]:
        assert source["reference"] in shown
        assert source["original"] == "the source text is not loaded"
    assert shown.splitlines()[-1] == f"seal {found['seal']}"
    assert "states a dose" in shown
    assert "takes 2 signatures, has 0" in shown

    rule = board.json("show", "vitamin-b12/OR3-GB")
    assert rule["kind"] == "rule"
    assert rule["says"]["when"] in board.done("show", "rule:vitamin-b12/OR3-GB")
    assert {"No better after six months of tablets never missed means a higher dose and then injections"} <= {
        each["case"] for each in rule["says"]["cases"] if each["came"] == "fires"
    }
    full = board.done("show", "rule:vitamin-b12/OR3-GB", "--full")
    assert all(each["case"] in full for each in rule["says"]["cases"])
    assert all(each["ref"] in full for each in (*rule["rests_on"], *rule["beneath"]))

    pattern = board.json("show", "pattern:vitamin-b12/folate")
    assert pattern["says"]["place"] > 1
    assert all(each["approved"] is False for each in pattern["needs"])
    assert f"needs {len(pattern['needs'])} approved; 0 are" in board.done("show", "pattern:vitamin-b12/folate")


def test_a_loaded_original_is_shown_with_what_it_shares(board, monkeypatch):
    """The passage that says most, the shared words marked, and what it says of the wording."""
    text = "No red flag: treatment with B12 waits for the results. The weather was fine."
    passage = Passage("p-1", "any", "section 3", text, "", "0" * 64)
    monkeypatch.setattr(Desk, "originals", lambda _desk, _key: (passage,))
    source = board.json("show", PLAIN)["says"]["sources"][0]
    assert source["passage"] == "p-1"
    assert source["passage_text"].replace("\u00bb", "").replace("\u00ab", "") == text
    assert "\u00bbwaits\u00ab" in source["passage_text"]
    assert "\u00bbweather" not in source["passage_text"]
    shown = board.done("show", PLAIN)
    assert source["original"] in shown
    assert "passage p-1 (section 3)" in shown


def test_the_log_says_who_did_what(board):
    """The last rows, of one subject where it is named."""
    board.done("claim", PLAIN, as_="ruth")
    board.done("release", PLAIN)
    rows = board.json("log", "--item", PLAIN)
    assert [each["action"] for each in rows] == ["submit", "claim", "release"]
    assert board.done("log", "--limit", "1").split()[2:5] == ["ruth", "reviewer", "release"]
    assert "There is no item" in board.refused("log", "--item", "nothing", status=2)


# Acting ---------------------------------------------------------------------------------------------------------------


def test_a_signature_is_for_what_was_shown(board):
    """Another seal, a short one, and the seal of before a change are refused."""
    board.done("claim", PLAIN, as_="ruth")
    seal = board.seal(PLAIN)
    assert "too short" in board.refused("approve", PLAIN, "--seal", seal[:11], "--yes", status=2)
    other = ("0" if seal[0] != "0" else "1") + seal[1:]
    assert "has moved on" in board.refused("approve", PLAIN, "--seal", other, "--yes")
    assert "has moved on" in board.refused("approve", PLAIN, "--seal", seal + "0", "--yes")
    [source] = [each["source"] for each in board.json("show", PLAIN)["says"]["sources"]][:1]
    board.done("source", source, "--status", "concern", "--because", "Seen.", as_="edith")
    assert "has moved on" in board.refused("approve", PLAIN, "--seal", seal, "--yes", as_="ruth")
    board.done("approve", PLAIN, "--seal", board.seal(PLAIN).upper(), "--yes")
    assert board.state(PLAIN) == "Approved"


def test_a_signature_is_asked_for(board, monkeypatch):
    """Where there is nobody to ask, --yes is needed; "n" signs nothing."""
    board.done("claim", PLAIN, as_="ruth")
    words = ("approve", PLAIN, "--seal", board.seal(PLAIN))
    assert "nobody to ask" in board.refused(*words, status=2)
    for typed, status, state in (("n\n", 130, "Under review"), ("y\n", 0, "Approved")):
        answer = io.StringIO(typed)
        answer.isatty = lambda: True
        monkeypatch.setattr("sys.stdin", answer)
        assert board(*words) == status
        assert "You sign" in board.err
        assert board.state(PLAIN) == state


def test_until_when_a_signature_holds(board):
    """A date of one's own, within what the board allows; another one is refused before anybody is asked."""
    board.done("claim", PLAIN, as_="ruth")
    words = ("approve", PLAIN, "--seal", board.seal(PLAIN), "--yes", "--until")
    today = date.fromisoformat(board.json("show", PLAIN)["standing"]["since"][:10])
    for wrong in (today, today + timedelta(days=400), "soon"):
        assert "cannot expire" in board.refused(*words, str(wrong))
        assert "You sign" not in board.err
    until = str(today + timedelta(days=30))
    board.done(*words, until)
    assert board.json("show", PLAIN)["standing"]["expires"] == until


def test_a_reason_is_needed(board):
    """A blank one is none."""
    board.done("claim", PLAIN, as_="ruth")
    assert "needs a reason" in board.refused("return", PLAIN, "--because", "  ")
    assert "needs a reason" in board.refused(
        "source", DOSE_SOURCE, "--status", "concern", "--because", " ", as_="edith"
    )


def test_who_proposed_does_not_sign(board):
    """A wording that passes is proposed, shown, adopted; its author may not sign it, another may."""
    item = "b12-evidence/autoimmune-cause-of-severe-deficiency"
    plain = board.json("show", item)["says"]["wordings"][1]["text"].replace(" is not ", " isn't ")
    assert "no wording" in board.refused("propose", item, "--because", "x", status=2)
    assert "no statement" in board.refused(
        "propose", "rule:vitamin-b12/RF8", "--plain", "x", "--because", "x", status=2
    )
    assert board("propose", item, "--plain", "Give 5 mg.", "--because", "x", as_="ruth") == 1
    assert "- plain wording:" in board.out
    words = ("propose", item, "--plain", plain, "--because", "Plainer.")
    assert board.json(*words, "--dry-run") == {"objections": [], "event": None, "proposal": None}
    number = board.json(*words)["proposal"]
    assert f"plain: {plain}" in board.done("show", item)
    assert "has no proposal 7" in board.refused("adopt", item, "--proposal", "7", as_="edith")
    board.done("adopt", item, "--proposal", str(number))
    board.done("claim", item, as_="ruth")
    seal = board.seal(item)
    assert plain in board.done("show", item)
    assert "worded by you" in board.refused("approve", item, "--seal", seal, "--yes")
    board.done("release", item)
    board.sign(item, "omar")
    assert board.state(item) == "Approved"


def test_the_second_of_two_is_told(board, monkeypatch):
    """Somebody else was faster between reading and writing: nothing is overwritten."""
    act = Board.act

    def slower(self, who, command):
        monkeypatch.setattr(Board, "act", act)
        act(self, self.accounts.member("omar"), command)
        return act(self, who, command)

    monkeypatch.setattr(Board, "act", slower)
    assert "has moved on since you read it" in board.refused("claim", PLAIN, as_="ruth")
    assert board.json("show", PLAIN)["standing"]["holder"] == "omar"


# The trail ------------------------------------------------------------------------------------------------------------


def tampered(board, sql):
    """Change the database behind the program's back."""
    with closing(sqlite3.connect(board.home / "bedside.db")) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        database.execute(sql)
        database.commit()


def test_a_broken_trail_is_named_and_nothing_is_signed_on_it(board):
    """`verify` names the first broken link; what is shown says so; whoever wants to act is refused."""
    board.sign(PLAIN, "ruth")
    anchor = board.done("head").strip()
    tampered(board, "UPDATE review_event SET actor = 'omar' WHERE number = 5")
    assert board("verify") == 1
    assert board.out.startswith("BROKEN at row 5: does not have the hash of its own content")
    assert board("verify", "--json") == 1
    found = json.loads(board.out)
    assert (found["whole"], found["rows"]) == (False, 4)
    board.done("queue")
    assert "THE AUDIT TRAIL IS BROKEN" in board.err
    assert "trail is broken (row 5" in board.refused("claim", DOSE, as_="omar")
    assert "approved" not in board.done("show", PLAIN).lower().partition("history")[0]
    assert "THE AUDIT TRAIL IS BROKEN" in board.err
    assert board("verify", "--anchor", anchor) == 1


def test_after_the_break_no_approval_before_it_counts_either(board):
    """Not in words, and not for programs; what lapsed cannot be told; the doctor names it, too."""
    board.sign(PLAIN, "ruth")
    board.done("claim", DOSE, as_="ruth")
    row = board.json("head")["number"]
    tampered(board, "UPDATE review_event SET actor = 'omar' WHERE number = (SELECT max(number) FROM review_event)")
    assert "[Approved]" not in board.done("show", PLAIN)
    assert "Approved, which does not count: the audit trail is broken" in board.out
    assert board.json("show", PLAIN)["approved"] is False
    assert board("lapse") == 1
    assert "0 approvals" not in board.out + board.err
    name, wrong, remedy = doctor._board(SimpleNamespace(settings=Settings(home=board.home)))
    assert (name, remedy) == (False, "See: bedside review verify.")
    assert f"broken at row {row}" in wrong


def test_who_cannot_sign_is_told_what_to_do(board):
    """Not claimed yet; signed already, and waiting for somebody else; without the seal."""
    assert "Claim it first." in board.refused("approve", DOSE, "--seal", board.seal(DOSE), "--yes", as_="ruth")
    board.sign(DOSE, "ruth")
    again = board.refused("approve", DOSE, "--seal", board.seal(DOSE), "--yes", as_="ruth")
    assert "was signed by ruth already" in again
    assert "The second signature is another member's." in again
    assert board("approve", DOSE, as_="ruth") == 2
    assert "bedside review show" in board.err


def test_a_text_that_was_changed_beside_the_trail_is_named(board):
    """What a member wrote is no row of the trail, and is proved with it."""
    board.done("claim", PLAIN, as_="ruth")
    board.done("return", PLAIN, "--because", "See section 4.2.", as_="ruth")
    tampered(board, "UPDATE review_text SET text = CAST('See section 4.3.' AS BLOB)")
    assert board("verify") == 1
    assert board.out.startswith("Whole")
    assert "CHANGED beside the trail: the text " in board.out
    found = doctor._board(SimpleNamespace(settings=Settings(home=board.home)))
    assert (found[0], found[1][:8]) == (False, "the text")


def test_a_trail_rewritten_whole_is_found_by_an_anchor(board):
    """The last row taken away leaves a trail that is whole, and shorter than the one that was anchored."""
    board.done("claim", PLAIN, as_="ruth")
    anchor = board.done("head").strip()
    tampered(board, "DELETE FROM review_event WHERE number = (SELECT max(number) FROM review_event)")
    board.done("verify")
    assert board("verify", "--anchor", anchor) == 1
    assert "was anchored" in board.out


@pytest.mark.parametrize("anchor", ["x", "12", "12:abc", "0:" + "a" * 64, "1:" + "g" * 64, "1:" + "a" * 65])
def test_what_is_no_anchor_is_refused(board, anchor):
    """Wrong use, not a broken trail."""
    assert "no anchor" in board.refused("verify", "--anchor", anchor, status=2)


def test_an_export_that_cannot_be_written_is_said(board, tmp_path):
    """Exit status 2, and nothing else happened."""
    assert "cannot be written" in board.refused("export", "trail", str(tmp_path), status=2)


def test_reports_are_exported_without_words(board):
    """None at first; then every one, harm before others, with its steps."""
    assert board.done("export", "reports", "-", as_="edith") == ""
    assert "0 reports" in board.err
    with the_board(board.home) as opened:
        for name, kind in (("a1", ReportKind.WRONG), ("b2", ReportKind.HARM)):
            opened.write(received(name, kind, [f"statement:{PLAIN}"], "f" * 64, opened.now(), "seal"), 0)
    found = [json.loads(line) for line in board.done("export", "reports", "-").splitlines()]
    assert [(each["id"], each["kind"], each["state"]) for each in found] == [
        ("b2", "harm", "Received"),
        ("a1", "wrong", "Received"),
    ]
    assert [step["action"] for step in found[0]["steps"]] == ["receive"]
    assert "reader" not in found[0]
    assert board.json("queue", "--limit", "1")[0]["item"] == f"statement:{PLAIN}"


def test_proving_the_trail_writes_nothing(board, monkeypatch):
    """What is to be proved is only read, and the content is not needed for it."""
    rows = board.json("head")["number"]
    assert rows
    monkeypatch.setattr("bedside.desk.open", lambda *_: pytest.fail("the content was opened"))
    assert board.json("verify")["rows"] == rows
    assert board.json("head")["number"] == rows
