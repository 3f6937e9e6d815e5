"""The board's side of reports: the list, the steps, who may what, the export, and the end of the words."""

from __future__ import annotations

import json
import re

import pytest

from bedside.review.report import ReportAction, ReportKind, ReportState
from bedside.review.report_words import KEPT_DAYS
from bedside.review.state import Role
from bedside.servers.reports import keeping
from tests.servers.reports.house import PEOPLE, house

WORDS = "Zarquonberry had a rash"
STATEMENT = "statement:vitamin-b12/b12-indeterminate"


@pytest.fixture
def home():
    return house()


def newest(home):
    return max(keeping.every(home.board, home.reports), key=lambda each: each.number)


def take(home, action, note="Because.", severity="low", **more):
    """One step by the form of its page."""
    report = newest(home)
    fields = {"action": action, "revision": str(report.revision), "note": note, "severity": severity, **more}
    return home.post(f"/board/reports/{report.id}", **fields)


def test_harm_stands_first(home):
    """Before older reports of other kinds."""
    for kind in ("wrong", "not-understood", "harm", "wrong"):
        home.reported(kind)
    listed = home.sit("ed").get("/board/reports")
    kinds = re.findall(r'data-label="What">(<strong>)?', listed)
    assert kinds == ["<strong>", "", "", ""]
    assert "1 of harm" in listed


def test_an_incident_from_end_to_end(home):
    """By the forms, in the order of its route; the reader is told; every step is a row."""
    where = home.reported("harm", WORDS, about=STATEMENT)
    home.sit("ed")
    assert take(home, "close").status_code == 422
    assert take(home, "answer").status_code == 422
    for action in ("triage", "investigate", "close"):
        sent = take(home, action, note="Thank you: corrected." if action == "close" else "")
        assert sent.status_code == 303, (action, sent.text[:500])
    report = newest(home)
    assert (report.state, report.severity) == (ReportState.CLOSED, "low")
    rows = keeping.history(home.board, report)
    assert [row.action for row in rows] == ["receive", "triage", "investigate", "close"]
    assert [row.actor for row in rows] == ["reader", "ed", "ed", "ed"]
    assert "Thank you: corrected." in home.get(where)
    assert take(home, "reopen", note="A second case.").status_code == 303
    assert "Thank you: corrected." not in home.get(where)


def test_somebody_who_was_slower_is_told(home):
    """409, with what they wrote still there, and nothing overwritten."""
    home.reported("wrong")
    home.sit("ed")
    report = newest(home)
    assert take(home, "look").status_code == 303
    late = home.post(f"/board/reports/{report.id}", action="answer", revision="1", note="My long answer")
    assert late.status_code == 409
    assert "My long answer" in late.text
    assert newest(home).state is ReportState.LOOKED_AT


@pytest.mark.parametrize("handle", [*PEOPLE, ""])
def test_every_role_tries_everything(home, handle):
    """Reviewers look, editors decide, nobody else sees a word; what is crafted is refused as what is offered is not."""
    home.reported("wrong", WORDS)
    roles = PEOPLE[handle].roles if handle else frozenset()
    home.sit(handle)
    report = newest(home)
    sees, decides = bool(roles & {Role.REVIEWER, Role.EDITOR}), Role.EDITOR in roles
    refused = 303 if not handle else 403
    browser = home.browser()
    for path in ("/board/reports", f"/board/reports/{report.id}"):
        reply = browser.get(path)
        assert reply.status_code == (200 if sees else refused), path
        assert ("Zarquon" in reply.text) is (sees and path.endswith(report.id))
    assert browser.get("/board/reports/export.jsonl").status_code == (200 if decides else refused)
    sent = home.post("/board/reports/export.jsonl", confirm="yes")
    assert sent.status_code == (200 if decides else refused)
    answered = take(home, "answer")
    assert answered.status_code == (303 if decides or not handle else 403)
    assert (newest(home).state is ReportState.ANSWERED) is decides
    for crafted in ("withdraw", "purge", "receive", "", "nonsense"):
        assert take(home, crafted).status_code == (422 if sees else refused)
    assert newest(home).state is not ReportState.WITHDRAWN


def test_only_what_may_be_done_is_offered(home):
    """A reviewer gets no form to answer with."""
    home.reported("wrong")
    report = newest(home)
    offered = {
        who: set(re.findall(r'name="action" value="([a-z]+)"', home.sit(who).get(f"/board/reports/{report.id}")))
        for who in ("ruth", "ed")
    }
    assert offered == {"ruth": {"look", "escalate"}, "ed": {"look", "answer", "escalate"}}


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def test_the_export_has_every_incident_and_no_word(home):
    """Also what the board found to tell of harm; with the words only by the form, which the trail keeps."""
    home.reported("harm", WORDS, about=STATEMENT)
    home.reported("wrong", WORDS)
    home.sit("ed")
    take(home, "escalate")
    text = home.get("/board/reports/export.jsonl")
    assert "Zarquon" not in text
    found = lines(text)
    assert [each["kind"] for each in found] == ["harm", "harm"]
    first = next(each for each in found if each["items"])
    assert first["items"] == [STATEMENT]
    assert first["steps"][0]["action"] == "receive"
    assert "reader" not in first
    assert home.post("/board/reports/export.jsonl").status_code == 422
    whole = home.post("/board/reports/export.jsonl", confirm="yes")
    assert [each["reader"]["text"] for each in lines(whole.text)] == [WORDS, WORDS]
    [row] = home.board.store.events(subject="export:reports")
    assert (row.actor, row.detail) == ("ed", {"reports": 2, "words": True})
    assert home.board.prove().whole


def test_words_end_when_their_time_has_come(home):
    """Not before; not those of an open report; the rows and what the board said stay."""
    closed, open_ = home.reported("wrong", WORDS), home.reported("harm", WORDS)
    report = next(each for each in keeping.every(home.board, home.reports) if each.kind is ReportKind.WRONG)
    act = (home.board, home.reports, PEOPLE["ed"], ReportAction.ANSWER, report)
    keeping.act(*act, revision=report.revision, note="Corrected.")
    year = int(home.clock[0][:4])
    assert KEPT_DAYS == 400
    assert keeping.purge(home.board, home.reports) == 0
    home.clock[0] = f"{year + 1}{home.clock[0][4:]}"
    assert keeping.purge(home.board, home.reports) == 0
    home.clock[0] = f"{year + 2}{home.clock[0][4:]}"
    assert keeping.purge(home.board, home.reports) == 1
    assert keeping.purge(home.board, home.reports) == 0
    assert home.reports.words(report.id) is None
    assert home.get(closed, 404)
    assert "Zarquon" in home.get(open_)
    rows = keeping.history(home.board, report)
    assert [row.action for row in rows] == ["receive", "answer", "purge"]
    assert home.board.store.text(rows[1].note) == "Corrected."
    assert "Deleted." in home.sit("ed").get(f"/board/reports/{report.id}")
