"""The board's trail after somebody changed its database: proving finds it, and names the row."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import asdict, replace

import pytest
from sqlalchemy import text

from bedside.errors import LibraryUnusable
from bedside.review.chain import Proof, prove
from bedside.review.event import GENESIS, Event, chained, hash_of_row
from bedside.settings import Settings
from bedside.stores.review_conformance import a_draft, an_append
from bedside.stores.review_row import row_of_event
from bedside.stores.review_store import ReviewDatabase, open_review
from bedside.stores.transacting import FILE

ROWS = 12


def tampered(settings: Settings, *statements: str) -> None:
    """Change the file as somebody with the rights to it would: the triggers are in nobody's way."""
    with closing(sqlite3.connect(settings.home / FILE)) as base, base:
        for trigger in ("review_event_no_update", "review_event_no_delete", "review_event_link"):
            base.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        for statement in statements:
            base.execute(statement)


CELLS = {
    "number": "13",
    "subject": "'statement:topic/other'",
    "revision": "7",
    "at": "'2026-03-01T12:00:05.5+00:00'",
    "actor": "'somebody.else'",
    "role": "'editor'",
    "action": "'approve'",
    "fingerprint": "'0' || substr(fingerprint, 2)",
    "before": "'Approved'",
    "after": "'Approved'",
    "detail": """'{"n":50}'""",
    "note": "'0'",
    "previous": "'0' || substr(previous, 2)",
    "hash": "'0' || substr(hash, 2)",
}


@pytest.mark.parametrize("cell", CELLS)
def test_a_changed_cell_is_found_and_its_row_named(cell, store, settings) -> None:
    """Whichever it is; rows before it hold."""
    assert prove(store.trail()).whole
    tampered(settings, f"UPDATE review_event SET {cell} = {CELLS[cell]} WHERE number = 6")  # noqa: S608
    proof = prove(store.trail())
    assert proof.rows == 5
    assert proof.broken.startswith("row 6: ")
    assert prove(store.events()) == proof


def test_a_changed_cell_is_found_on_postgresql(postgres, settings) -> None:
    """There, too, by whoever may turn the triggers off."""
    store = open_review(replace(settings, database=postgres))
    subject = "rule:topic/tampered"
    store.append([an_append(subject, 0), an_append(subject, 1)])
    last = store.head()[0]
    with store._changing.begin() as writing:
        writing.execute(text("ALTER TABLE review_event DISABLE TRIGGER USER"))
        writing.execute(text("UPDATE review_event SET actor = 'somebody.else' WHERE number = :last"), {"last": last})
        writing.execute(text("ALTER TABLE review_event ENABLE TRIGGER USER"))
    assert prove(store.trail()).broken == f"row {last}: does not have the hash of its own content"
    with store._changing.begin() as writing:
        writing.execute(text("DROP TABLE review_event, review_text, review_version, review_reading, review_migration"))
        writing.execute(text("DROP FUNCTION review_refuse, review_link"))
    store.close()


DAMAGES = {
    "a text that is no UTF-8": "UPDATE review_event SET actor = CAST(x'ff41' AS TEXT) WHERE number = 6",
    "bytes for a text": "UPDATE review_event SET actor = x'41' WHERE number = 6",
    "a text for a number": "UPDATE review_event SET revision = 'two' WHERE number = 6",
    "a fraction for a number": "UPDATE review_event SET revision = 2.5 WHERE number = 6",
    "a number too large to be hashed": "UPDATE review_event SET revision = 9007199254740992 WHERE number = 6",
    "no JSON": "UPDATE review_event SET detail = '{' WHERE number = 6",
    "no object": "UPDATE review_event SET detail = '[]' WHERE number = 6",
    "a number that is none": "UPDATE review_event SET detail = '{\"n\":NaN}' WHERE number = 6",
    "a number without end": "UPDATE review_event SET detail = '{\"n\":1e999}' WHERE number = 6",
    "a number of many digits": "UPDATE review_event SET detail = '{\"n\":9999999999999999999}' WHERE number = 6",
    "half a pair": 'UPDATE review_event SET detail = \'{"n":"\\uD800"}\' WHERE number = 6',
    "a well": "UPDATE review_event SET detail = '{\"n\":' || replace(hex(zeroblob(50000)), '0', '[') WHERE number = 6",
    "nothing": "UPDATE review_event SET note = zeroblob(0) WHERE number = 6",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_row_that_cannot_be_read_is_named(damage, store, settings) -> None:
    """Who acts on the trail is told; who proves it is told where; the rows before it hold, and those after are read."""
    tampered(settings, DAMAGES[damage])
    with pytest.raises(LibraryUnusable, match=r"bedside.db: row 6 of the audit trail cannot be read") as said:
        list(store.events())
    assert "bedside review verify" in said.value.remedy
    proof = prove(store.trail())
    assert proof.rows == 5
    assert proof.broken.startswith("row 6: ")
    assert [event.number for event in store.events(6)] == list(range(7, 13))
    assert [event.number for event in store.events(limit=5)] == list(range(1, 6))


def test_a_last_row_that_cannot_be_read_is_not_built_on(store, settings) -> None:
    """Nothing is chained to what nobody can read."""
    tampered(settings, "UPDATE review_event SET hash = zeroblob(64) WHERE number = 12")
    for harmed in (store.head, lambda: store.append([an_append("rule:topic/a", 0)])):
        with pytest.raises(LibraryUnusable, match="row 12 of the audit trail cannot be read"):
            harmed()
    assert prove(store.trail()).broken.startswith("row 12: ")


def test_a_removed_row_is_found(store, settings) -> None:
    """In the middle by the row after it; at the end, where no chain can tell, by what was written down outside."""
    last = store.head()
    tampered(settings, "DELETE FROM review_event WHERE number = 12")
    assert prove(store.trail()).whole
    assert prove(store.trail(), last[:2]).broken == "row 12: was anchored, and the trail ends at row 11"
    tampered(settings, "DELETE FROM review_event WHERE number = 6")
    assert prove(store.trail()).broken == "row 6: is missing (the next one is row 7)"
    tampered(settings, "UPDATE review_event SET number = number - 1 WHERE number > 6")
    assert prove(store.trail()).broken == "row 6: does not continue the row before it"


def test_a_swapped_pair_is_found(store, settings) -> None:
    """Two rows that changed places."""
    swap = "UPDATE review_event SET number = {} WHERE number = {}"
    tampered(settings, swap.format(-1, 6), swap.format(6, 7), swap.format(7, -1))
    assert prove(store.trail()).broken == "row 6: does not continue the row before it"


def a_row(settings: Settings, event: Event) -> None:
    """Write a row into the file as it is."""
    row = row_of_event(event)
    columns, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
    tampered(settings)
    with closing(sqlite3.connect(settings.home / FILE)) as base, base:
        base.execute(f"INSERT INTO review_event ({columns}) VALUES ({marks})", tuple(row.values()))  # noqa: S608


def test_an_added_row_is_found_where_it_does_not_continue_the_last(store, settings) -> None:
    """With the right hash of its own content, after another row than the last."""
    eleventh = list(store.events())[10]
    a_row(settings, chained(a_draft("rule:topic/added"), 13, 1, eleventh.hash))
    assert prove(store.trail()).broken == "row 13: does not continue the row before it"


def test_an_added_row_that_skips_a_revision_or_goes_back_in_time_is_found(store, settings) -> None:
    """Well chained, and yet no row that the program would have written."""
    number, last, at = store.head()
    a_row(settings, chained(a_draft("statement:topic/0", at), number + 1, 9, last))
    assert "is revision 9 of statement:topic/0, not 5" in prove(store.trail()).broken
    tampered(settings, "DELETE FROM review_event WHERE number = 13")
    a_row(settings, chained(a_draft("statement:topic/0", "2026-02-01T12:00:00+00:00"), number + 1, 5, last))
    assert "before the row before it" in prove(store.trail()).broken


def test_a_trail_rewritten_from_its_middle_is_found_by_an_anchor(store, settings) -> None:
    """Every hash made anew: whole in itself, and not what was written down outside. Also by part of a hash."""
    anchor, early = store.head()[:2], next(store.events()).hash
    rows = [asdict(event) for event in store.events()]
    previous = rows[5]["previous"]
    for row in rows[5:]:
        row |= {"actor": "somebody.else", "previous": previous}
        row["hash"] = previous = hash_of_row(row)
    tampered(
        settings,
        *(
            f"UPDATE review_event SET actor = 'somebody.else', previous = '{row['previous']}', hash = '{row['hash']}'"  # noqa: S608
            f" WHERE number = {row['number']}"
            for row in rows[5:]
        ),
    )
    assert prove(store.trail()).whole
    assert prove(store.trail(), (1, early)).whole
    assert prove(store.trail(), anchor).broken == "row 12: is not the row that was anchored"
    assert prove(store.trail(), (anchor[0], anchor[1][:16])).broken == "row 12: is not the row that was anchored"


def test_a_trail_that_was_emptied_is_found_by_an_anchor(store, settings) -> None:
    """Nothing is a whole trail, too."""
    anchor = store.head()[:2]
    tampered(settings, "DELETE FROM review_event")
    assert prove(store.trail()) == Proof(0, GENESIS)
    assert prove(store.trail(), anchor).broken == "row 12: was anchored, and the trail ends at row 0"


def test_a_page_of_the_file_that_is_rubbish_is_said(settings) -> None:
    """Whatever was hit: an error that says what to do, or a broken row that is named; never a whole trail."""
    store = open_review(settings)
    store.append([an_append(f"rule:topic/{number}", 0) for number in range(2_000)])
    store.close()  # the log of changes is written back
    whole = (settings.home / FILE).read_bytes()
    pages = [at for at in range(0, len(whole), 4096) if b"a.reviewer" in whole[at : at + 4096]]
    for at in pages[:: len(pages) // 5]:
        (settings.home / FILE).write_bytes(whole[:at] + b"\x5a" * 4096 + whole[at + 4096 :])
        with pytest.raises(LibraryUnusable, match=r"bedside\.db"), closing(open_review(settings)) as harmed:
            list(harmed.events())
        with closing(open_review(settings)) as harmed:
            assert re.match(r"row \d+: |.*malformed.*backup", broken(harmed))


def broken(store: ReviewDatabase) -> str:
    """What proving the trail says."""
    try:
        return prove(store.trail()).broken
    except LibraryUnusable as error:
        return str(error)
