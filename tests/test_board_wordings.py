"""A wording from its proposal to the page: proposed, adopted, lapsed, read, and signed by somebody else."""

from __future__ import annotations

import json
from dataclasses import replace
from types import MappingProxyType

import pytest

from bedside import board_wordings
from bedside.board import Board
from bedside.board_wordings import adopt, keep_up, objections_to, propose, settle, unfounded, withdraw
from bedside.cli.replay import asked_again, differences
from bedside.desk import open as open_desk
from bedside.errors import ReviewMoved, ReviewRefused
from bedside.facts.case import Told
from bedside.ingest.wordings import read_wordings, stale
from bedside.rendering.json import document
from bedside.review.lapse import Why
from bedside.review.member import Member
from bedside.review.proposal import Proposal, worded, wording_of
from bedside.review.state import Action, Role, State
from bedside.review.workflow import Command, Policy
from bedside.settings import Settings
from bedside.stores.review_memory import ReviewMemory
from tests.board_content import cut_file
from tests.ingest.adopting import adopt as adopt_in_file

NAME = "vitamin-b12/b12-low"
ITEM = f"statement:{NAME}"
OLD, NEW = "is read as", "counts as"
QUESTION = "My B12 is 150 ng/L. What now?"


class People:
    """Accounts: three reviewers, of whom one is an author too, and an editor."""

    def __init__(self) -> None:
        made = {
            "anna": {Role.REVIEWER, Role.AUTHOR},
            "ben": {Role.REVIEWER},
            "cleo": {Role.EDITOR},
            "dan": {Role.REVIEWER},
        }
        self.people = {
            name: Member(name, name.title(), frozenset(roles), "MB", f"GMC {n}", "none", "2026-11-01")
            for n, (name, roles) in enumerate(made.items(), 1000000)
        }

    def members(self):
        """Everybody."""
        return MappingProxyType(self.people)

    def close(self) -> None:
        """Nothing."""


class Clock:
    """A clock that goes on by a second each time it is looked at."""

    def __init__(self) -> None:
        self.second = 0

    def __call__(self) -> str:
        """The next second."""
        self.second += 1
        return f"2026-11-23T{9 + self.second // 3600:02}:{self.second // 60 % 60:02}:{self.second % 60:02}+00:00"


@pytest.fixture
def home(tmp_path):
    """The settings of a home of its own."""
    return Settings(home=tmp_path, content=cut_file())


@pytest.fixture
def board(home):
    """A board on a cut of the content that ships."""
    return Board(open_desk(home), ReviewMemory(), People(), Policy(), Clock())


def who(board, name):
    """A member."""
    return board.accounts.members()[name]


def reworded(board, old=OLD, new=NEW):
    """The present wording with other words in both texts."""
    statement = board.desk.shipped.statement(NAME)
    return worded(statement.clinical.replace(old, new), statement.plain.replace(old, new))


def proposed(board, wording=None, by="anna"):
    """The number of the row that proposes a wording."""
    revision = board.standing(ITEM).revision
    return propose(board, who(board, by), ITEM, revision, wording or reworded(board), "Shorter.").number


def sign(board, name):
    """Claim and sign the statement as it is now."""
    board.act(who(board, name), Command(Action.CLAIM, ITEM, board.standing(ITEM).revision))
    seal = board.snapshot.seal(ITEM)
    return board.act(who(board, name), Command(Action.APPROVE, ITEM, board.standing(ITEM).revision, seal=seal))


def test_an_adopted_wording_is_content_and_lapses_what_was_signed(board, home):
    """The whole way: the old approval lapses, the answer says the new words, the proposer cannot sign, another can."""
    sign(board, "ben")
    assert board.approved(ITEM)
    before = board.desk.ask(QUESTION)
    event = adopt(board, who(board, "cleo"), ITEM, proposed(board))
    assert (event.action, event.detail["author"]) == ("adopt", "anna")
    standing = board.standing(ITEM)
    assert standing.state is State.LAPSED
    assert [reason["why"] for reason in standing.reasons] == [Why.WORDING]
    assert (standing.author, standing.adopted) == ("anna", "")
    assert not board.approved(ITEM)
    assert NEW in board.desk.shipped.statement(NAME).clinical
    after = board.desk.ask(QUESTION)
    assert before.fingerprints.content != after.fingerprints.content
    assert before.fingerprints.run != after.fingerprints.run
    assert any(NEW in sentence.plain for sentence in after.article.sentences())
    assert not any(OLD in sentence.plain for sentence in after.article.sentences() if sentence.statement == NAME)
    assert "1 wording" in after.release
    with pytest.raises(ReviewRefused, match="worded by you"):
        sign(board, "anna")
    board.act(who(board, "anna"), Command(Action.RELEASE, ITEM, board.standing(ITEM).revision))
    sign(board, "dan")
    assert board.approved(ITEM)
    assert board.prove().whole
    assert unfounded(board) == ()
    assert open_desk(home).ask(QUESTION).fingerprints == after.fingerprints


def test_an_answer_of_before_is_replayed_as_another(board, home):
    """What was saved under the old words differs now, and says in which sentences; what is saved now replays."""
    edit = json.loads(json.dumps(document(board.desk.ask(QUESTION, reader="patient"))))
    adopt(board, who(board, "cleo"), ITEM, proposed(board))
    told = (Told(QUESTION),)
    found = "\n".join(differences(edit, asked_again(edit, told, board.desk)))
    assert "release: " in found
    assert "content fingerprint" in found
    assert "sentences, other words" in found
    fresh = json.loads(json.dumps(document(board.desk.ask(QUESTION, reader="patient"))))
    assert list(differences(fresh, asked_again(fresh, told, open_desk(home)))) == []


def test_a_second_signature_of_the_author_is_refused_too(board):
    """With two signatures wanted of everything, the proposer gives neither the first nor the second."""
    board.policy = Policy("all", 365)
    adopt(board, who(board, "cleo"), ITEM, proposed(board))
    sign(board, "dan")
    assert board.standing(ITEM).state is State.UNDER_REVIEW
    with pytest.raises(ReviewRefused, match="worded by you"):
        sign(board, "anna")
    board.act(who(board, "anna"), Command(Action.RELEASE, ITEM, board.standing(ITEM).revision))
    sign(board, "ben")
    assert board.approved(ITEM)


def test_only_an_editor_adopts(board):
    """The refusal comes before anything is written."""
    number = proposed(board)
    for name in ("anna", "ben"):
        with pytest.raises(ReviewRefused, match="editor"):
            adopt(board, who(board, name), ITEM, number)
    gone = replace(who(board, "cleo"), active=False)
    with pytest.raises(ReviewRefused, match="active"):
        adopt(board, gone, ITEM, number)
    assert read_wordings(board.desk.settings.home) == ()


def test_a_wording_that_does_not_hold_is_not_proposed(board):
    """The refusal names the first objection."""
    with pytest.raises(ReviewRefused, match="does not hold"):
        proposed(board, reworded(board, "180", "170"))
    assert board.standing(ITEM).proposals == ()


def test_a_row_that_bypassed_the_checks_is_not_adopted(board):
    """Whoever writes a proposal straight into the trail is stopped when it is to become content."""
    base = Proposal(reworded(board), "Shorter.", board_wordings.base_of(board_wordings._raw(board, ITEM))).base
    for text in (
        Proposal(reworded(board, "180", "170"), "A better limit.", base).to_text(),
        Proposal(reworded(board), "Shorter.", "0" * 64).to_text(),
        "change it, please",
    ):
        event = board.act(who(board, "anna"), Command(Action.PROPOSE, ITEM, board.standing(ITEM).revision, note=text))
        with pytest.raises(ReviewRefused):
            adopt(board, who(board, "cleo"), ITEM, event.number)
    assert read_wordings(board.desk.settings.home) == ()


def test_a_proposal_for_an_older_state_is_not_adopted(board):
    """Two proposals for one state: once the first is content, the second was made for what is no more."""
    first = proposed(board)
    second = proposed(board, reworded(board, OLD, "is regarded as"), by="ben")
    adopt(board, who(board, "cleo"), ITEM, first)
    with pytest.raises(ReviewRefused):
        adopt(board, who(board, "cleo"), ITEM, second)
    with pytest.raises(ReviewMoved):
        adopt(board, who(board, "cleo"), ITEM, proposed(board, reworded(board, NEW, "is regarded as")), revision=1)


def test_what_a_crash_left_undone_is_done_at_the_next_opening(board, home, monkeypatch):
    """Killed between the row and the file: the board opens, settles, and all agree."""
    number = proposed(board)
    with monkeypatch.context() as context:
        context.setattr(board_wordings, "settle", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            adopt(board, who(board, "cleo"), ITEM, number)
    assert read_wordings(home.home) == ()
    assert board.standing(ITEM).adopted == "anna"
    again = Board(open_desk(home), board.store, People(), Policy(), board.clock)
    assert settle(again) == (NAME,)
    assert again.standing(ITEM).author == "anna"
    assert NEW in again.desk.shipped.statement(NAME).plain
    assert settle(again) == ()


def test_a_lost_file_is_written_again_from_the_trail(board, home):
    """The file is derived."""
    adopt(board, who(board, "cleo"), ITEM, proposed(board))
    before = (home.home / "wordings.json").read_bytes()
    (home.home / "wordings.json").unlink()
    assert settle(board) == (NAME,)
    assert (home.home / "wordings.json").read_bytes() == before


def test_another_process_follows(board, home):
    """A board that was opened before sees the new words as soon as it looks, and never turns the standing back."""
    other = Board(open_desk(home), board.store, People(), Policy(), board.clock)
    other.refresh()
    adopt(board, who(board, "cleo"), ITEM, proposed(board))
    assert keep_up(other)
    assert not keep_up(other)
    assert other.desk.content.release == board.desk.content.release
    rows = len(list(board.store.events()))
    other.refresh()
    board.refresh()
    assert len(list(board.store.events())) == rows


def test_a_wording_is_taken_back(board, home):
    """The content says what it ships with; nobody is its author; what was signed lapses."""
    shipped = wording_of(board.desk.shipped.statement(NAME))
    adopt(board, who(board, "cleo"), ITEM, proposed(board))
    sign(board, "dan")
    with pytest.raises(ReviewRefused, match="editor"):
        withdraw(board, who(board, "anna"), ITEM, "No.")
    with pytest.raises(ReviewRefused, match="reason"):
        withdraw(board, who(board, "cleo"), ITEM, " ")
    withdraw(board, who(board, "cleo"), ITEM, "The old one was clearer.")
    assert wording_of(board.desk.shipped.statement(NAME)) == shipped
    assert not (home.home / "wordings.json").exists()
    assert (board.standing(ITEM).state, board.standing(ITEM).author) == (State.LAPSED, "")
    with pytest.raises(ReviewRefused, match="no adopted wording"):
        withdraw(board, who(board, "cleo"), ITEM, "Again.")
    assert board.prove().whole


def test_a_meaning_cannot_drift_in_steps(board):
    """A second wording is held against what ships as well as against the first."""
    adopt(board, who(board, "cleo"), ITEM, proposed(board))
    shipped = reworded(board, NEW, OLD)
    assert objections_to(board, ITEM, shipped) == ()
    assert objections_to(board, ITEM, worded(shipped.clinical.replace("below", "above"), shipped.plain))


def test_a_line_that_nobody_adopted_is_named(board, home):
    """A file changed by hand is content, unsigned, and the board says that no row stands behind it."""
    adopt(board, who(board, "cleo"), ITEM, proposed(board))
    [line] = read_wordings(home.home)
    adopt_in_file(home.home, replace(line, plain=line.plain.replace("180", "170")))
    assert keep_up(board)
    assert unfounded(board) == (NAME,)
    assert stale(board.desk.content, home.home) == ()
    assert settle(board) == (NAME,)
    assert unfounded(board) == ()


def test_only_statements_have_wordings(board):
    """A rule is changed in the content."""
    rule = next(item for item in board.snapshot.items if item.startswith("rule:"))
    for item in (rule, "statement:vitamin-b12/none", "statement:none/none"):
        with pytest.raises(ReviewRefused):
            objections_to(board, item, worded("A.", "B."))


def test_a_deleted_text_turns_no_wording_back(board, home):
    """Where the text of the newest proposal was deleted, the file stays as it is: no earlier wording comes back."""
    adopt(board, who(board, "cleo"), ITEM, proposed(board))
    number = proposed(board, reworded(board, NEW, "is regarded as"))
    adopt(board, who(board, "cleo"), ITEM, number)
    before = (home.home / "wordings.json").read_bytes()
    assert b"is regarded as" in before
    [row] = board.store.events(number - 1, limit=1)
    assert board.store.forget(row.note)
    assert settle(board) == ()
    assert (home.home / "wordings.json").read_bytes() == before
