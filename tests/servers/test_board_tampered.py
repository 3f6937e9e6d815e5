"""Rows changed straight in the database, a clock set back, an approval that ends: over the whole application.

Whatever happens, no page, file or reply says Approved of what no signature stands behind, and it is said why.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bedside.cli.main import main
from bedside.errors import ReviewRefused
from bedside.review.state import Action, State
from bedside.review.status import shown_items
from bedside.stores.transacting import FILE
from tests.board_content import cut_file
from tests.browser.board_morning import PATTERN, QUESTION, WORDED, needed
from tests.servers.whole_board import PASSWORD, Whole

ASKED = {"question": QUESTION, "reader": "patient", "region": "GB"}
OF_THREAD = ("", "/leaflet", "/appointment", "/sbar", "/answer.html", "/answer.md", "/answer.json", "/bundle.json")
FOR_ALL = (
    "/patterns",
    "/patterns/vitamin-b12/leber",
    "/statements/vitamin-b12",
    "/statements/vitamin-b12/certainty-labels",
    "/protocols/vitamin-b12",
    "/sources/nhs-b12-page",
    "/about/editorial-policy",
    "/about/board",
    "/api/v1/statements/vitamin-b12/certainty-labels",
)
FOR_MEMBERS = (
    "/board",
    "/board/queue",
    "/board/queue?state=Approved",
    f"/board/items/{PATTERN}",
    f"/board/items/{WORDED}",
    "/board/sources/nhs-b12-page",
)
CLAIMS = re.compile(
    r"Approved by|Approved until|state-approved\"|Reviewed in part"
    r"|state-now\"[^>]*><span>Approved|Approvals that hold</dt><dd>[1-9]"
    r"|\b[1-9]\d* of [1-9]\d* (?:answer pattern|rule|statement)"
)
"""What a page says of something that is approved."""


@pytest.fixture(scope="module")
def signed(tmp_path_factory) -> Path:
    """A home in which everything that one answer shows is approved, until tomorrow."""
    home = tmp_path_factory.mktemp("signed")
    whole = Whole(home)
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    answer = whole.board.desk.ask(QUESTION, reader="patient", region="GB")
    whole.sign(needed(whole.board, shown_items(answer)), tomorrow)
    whole.act("ruth", Action.CLAIM, list(whole._fresh)[-1])  # so that the row of the pattern is not the last
    whole.close()
    return home


@pytest.fixture
def home(signed, tmp_path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(signed, tmp_path / "home"))


@pytest.fixture
def whole(home) -> Iterator[Whole]:
    """The application over it."""
    made = Whole(home, members=False)
    yield made
    made.close()


def claims(whole: Whole) -> dict[str, list[str]]:
    """What every page, file and reply says to be approved: address -> the words."""
    reader, member = whole.browser(), whole.member("ed")
    link = f"/t/{whole.thread(QUESTION)}"
    texts = {path: reader.text(path) for path in (*(link + last for last in OF_THREAD), *FOR_ALL)}
    texts["/about/board/ruth"] = reader.get("/about/board/ruth").text  # not there while nothing can be said of her
    texts["/api/v1/ask"] = reader.client.post("/api/v1/ask", json=ASKED).text
    texts |= {path: member.text(path) for path in FOR_MEMBERS}
    return {path.replace(link, "/t/LINK"): found for path, text in texts.items() if (found := CLAIMS.findall(text))}


def tampered(home: Path, change: str) -> None:
    """Change the database as somebody with the rights to it would."""
    with closing(sqlite3.connect(home / FILE)) as base, base:
        triggers = base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (trigger,) in triggers:
            base.execute(f"DROP TRIGGER {trigger}")
        for name, place in PLACES.items():
            change = change.replace(name, place)
        changed = base.execute(change).rowcount
    assert changed


PLACES = {
    "MIDDLE": f"(SELECT number FROM review_event WHERE subject = '{PATTERN}' AND action = 'approve')",  # noqa: S608
    "LAST": "(SELECT max(number) FROM review_event)",
}
CHANGES = {
    "a later end": "UPDATE review_event SET detail = replace(detail, '2026-', '2096-') WHERE number = MIDDLE",
    "another name": "UPDATE review_event SET actor = 'ravi' WHERE number = MIDDLE",
    "a row removed": "DELETE FROM review_event WHERE number = MIDDLE",
    "no signature": "UPDATE review_event SET detail = '{}' WHERE number = MIDDLE",
    "no JSON": "UPDATE review_event SET detail = '[' WHERE number = MIDDLE",
    "the last row": "UPDATE review_event SET actor = 'eve' WHERE number = LAST",
    "the first row": "UPDATE review_event SET at = '2020-01-01T00:00:00+00:00' WHERE number = 1",
}


def test_before_anything_happens_they_say_approved(whole):
    """So that the tests below look at pages which would say it."""
    found = claims(whole)
    assert {"/t/LINK", "/t/LINK/answer.html", "/t/LINK/answer.md", "/t/LINK/answer.json", "/t/LINK/leaflet"} <= set(
        found
    )
    assert {"/patterns/vitamin-b12/leber", "/statements/vitamin-b12/certainty-labels", "/about/board"} <= set(found)
    assert {"/about/board/ruth", f"/board/items/{PATTERN}", "/board/queue?state=Approved"} <= set(found)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_changed_while_it_does_not_run(home, change):
    tampered(home, change)
    whole = Whole(home, members=False)
    try:
        is_broken(whole)
    finally:
        whole.close()


@pytest.mark.parametrize("name", ["a later end", "a row removed", "no JSON", "the last row"])
def test_changed_while_it_runs(whole, home, name):
    """The proof finds it; from then on nothing is trusted, without a restart."""
    assert "Approved until" in whole.member("ed").text(f"/board/items/{PATTERN}")
    tampered(home, CHANGES[name])
    assert "The trail is broken." in whole.member("ruth").text("/board/trail/verify")
    is_broken(whole)


def is_broken(whole: Whole) -> None:
    """Every page goes on, says so to members, calls nothing approved, and nothing can be signed."""
    assert claims(whole) == {}
    member = whole.member("ruth")
    for path in FOR_MEMBERS:
        assert "The audit trail is broken" in member.text(path), path
    before = whole.board.store.head()
    item = whole.fresh()
    reply = member.post(f"/board/items/{item}/claim", revision="1", seal="")
    assert reply.status_code == 422
    assert "nothing can be signed" in reply.text
    with pytest.raises(ReviewRefused):
        whole.act("ruth", Action.CLAIM, item)
    assert whole.board.store.head() == before


def test_a_comment_that_was_changed_is_not_shown(whole, home):
    """The page of its item stays; the proof says that something beside the trail was changed."""
    item = whole.fresh()
    whole.act("ruth", Action.CLAIM, item)
    whole.act("ruth", Action.RETURN, item, note="Say which.")
    tampered(home, "UPDATE review_text SET text = 'Put into her mouth.'")
    member = whole.member("ruth")
    page = member.text(f"/board/items/{item}")
    assert "Put into her mouth." not in page
    assert "is not what was kept" in page
    assert "Changed beside the trail" in member.text("/board/trail/verify")


# The clock ------------------------------------------------------------------------------------------------------------


def test_a_clock_that_was_set_back_is_refused_on_the_pages(whole):
    ruth = whole.member("ruth")
    item, other = whole.fresh(), whole.fresh()
    assert ruth.post(f"/board/items/{item}/claim", **whole.seen(item)).status_code == 303
    before = whole.board.store.head()
    whole.clock.shift = timedelta(hours=-1)
    ruth = whole.member("ruth")  # a session that begins in the future is none
    for path, fields in (
        (f"/board/items/{item}/return", {"note": "Typed with care."}),
        (f"/board/items/{other}/claim", {}),
    ):
        reply = ruth.post(path, **whole.seen(path.removeprefix("/board/items/").rpartition("/")[0]), **fields)
        assert reply.status_code == 503
        assert "This machine says it is" in reply.text
        assert "Set the clock right" in reply.text
        assert not fields or "Typed with care." in reply.text
    editor = whole.member("ed")
    revision = str(whole.board.revision("source:nhs-b12-page"))
    mark = editor.post("/board/sources/nhs-b12-page", status="concern", note="Seen.", revision=revision)
    assert mark.status_code == 503
    assert "This machine says it is" in mark.text
    assert whole.board.store.head() == before
    whole.clock.shift = timedelta()
    assert ruth.post(f"/board/items/{item}/return", **whole.seen(item), note="Typed with care.").status_code == 303


def test_a_clock_that_was_set_back_is_refused_by_the_command_line(whole, home, tmp_path, monkeypatch, capsys):
    """The trail was written to tomorrow, as this machine has it."""
    item, other = whole.fresh(), whole.fresh()
    whole.clock.shift = timedelta(days=1)
    whole.act("ruth", Action.CLAIM, item)
    before = whole.board.store.head()
    whole.accounts._update("ruth", {"password": whole.accounts._passwords.hashed(PASSWORD)}, 0)
    secret = tmp_path / "password"
    secret.write_text(PASSWORD + "\n")
    monkeypatch.setenv("BEDSIDE_HOME", str(home))
    monkeypatch.setenv("BEDSIDE_CONTENT", str(cut_file()))
    status = main(["review", "claim", other, "--as", "ruth", "--password-file", str(secret)])
    said = capsys.readouterr()
    assert status == 1, said
    assert "the audit trail was written to at" in " ".join(said.err.split())
    assert whole.board.store.head() == before


def test_an_approval_ends_at_midnight_without_a_restart(whole):
    """Until the last second of its last day, and not one longer; the lapse is written down, too."""
    now = datetime.now(UTC)
    end = (now + timedelta(days=2)).replace(hour=0, minute=0, second=0, microsecond=0)
    whole.clock.shift = end - timedelta(seconds=30) - now
    assert "/t/LINK" in claims(whole)
    whole.clock.shift = end + timedelta(seconds=1) - now
    assert claims(whole) == {}
    standing = whole.board.standing(PATTERN)
    assert standing.state is State.LAPSED
    assert {reason["why"] for reason in standing.reasons} >= {"expired"}
    assert "The approval ended on" in whole.member("ruth").text(f"/board/items/{PATTERN}")
    assert whole.board.prove().whole
