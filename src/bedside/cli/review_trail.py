"""``bedside review log``, ``verify`` and ``head``: the audit trail, read and proved."""

from __future__ import annotations

import os
import re
from collections import deque
from contextlib import closing
from typing import TYPE_CHECKING

import click

from bedside.cli.output import note, write, write_json, write_table
from bedside.cli.review_acting import item_named, the_board
from bedside.cli.review_json import event_json
from bedside.cli.review_words import row
from bedside.errors import UsageError
from bedside.settings import Settings

if TYPE_CHECKING:
    from bedside.stores.review_store import ReviewDatabase

_ANCHOR = re.compile(r"(\d{1,15}):([0-9a-f]{12,64})")


@click.command()
@click.option("--item", default="", help="Only rows of this item, source (source:KEY), member or pack.")
@click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, help="The last so many; 0: all.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def log(item: str, limit: int, as_json: bool) -> None:
    """List the last rows of the audit trail, oldest first.

    \b
    Examples:
      bedside review log
      bedside review log --item vitamin-b12/oral-label-gb --limit 0
      bedside review log --item source:nice-ng239 --json
    """
    with the_board() as board:
        subject = item_named({event.subject for event in board.store.events()}, item) if item else ""
        rows = deque(board.store.events(subject=subject), maxlen=limit or None)
    if as_json:
        write_json([event_json(event) for event in rows])
        return
    write_table(row(event) for event in rows)


@click.command()
@click.option("--anchor", metavar="NUMBER:HASH", default="", help="A row as `head` printed it earlier.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def verify(anchor: str, as_json: bool) -> int:
    """Prove the audit trail row by row, and that every version and text kept beside it is what was kept. Exit status
    0: whole; 1: broken, with the first broken link or the first text that was changed.

    A trail that was rewritten from the beginning is found by an anchor only: a head that somebody kept outside.

    \b
    Examples:
      bedside review verify
      bedside review verify --anchor 812:9b1de2f0c4aa
    """
    from bedside.review.chain import proof_of

    wanted = _anchor(anchor)
    with _trail() as store:  # and no board around it: what is to be proved is not written to
        proof = proof_of(store, wanted)
    if as_json:
        found = {"whole": proof.whole, "rows": proof.rows, "head": proof.head}
        write_json(found | {"broken": proof.broken or None, "changed_beside": proof.beside or None})
    elif proof.whole:
        write(f"Whole: {proof.rows:,} rows, the last {proof.rows}:{proof.head}")
    else:
        write(f"BROKEN at {proof.broken}\n{proof.rows:,} rows before it hold.")
    if proof.beside and not as_json:
        write(f"CHANGED beside the trail: {proof.beside} is not what was kept. Restore the database from a backup.")
    return 1 if proof.broken or proof.beside else 0


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def head(as_json: bool) -> None:
    """Print number and hash of the last row. Keep it where nobody who writes to this machine can: then `verify
    --anchor` shows whether anything before it was changed since.

    \b
    Examples:
      bedside review head
    """
    with _trail() as store:
        number, digest, at = store.head()
    if as_json:
        write_json({"number": number, "hash": digest, "at": at or None})
    else:
        write(f"{number}:{digest}")
        note(f"written at {at}" if at else "The trail has no row yet.")


def _trail() -> closing[ReviewDatabase]:
    """The trail of this environment, to be read."""
    from bedside.stores.review_store import open_review

    return closing(open_review(Settings.load(os.environ)))


def _anchor(written: str) -> tuple[int, str] | None:
    if not written:
        return None
    found = _ANCHOR.fullmatch(written.strip().lower())
    if found is None or int(found[1]) < 1:
        raise UsageError(
            f"{written[:100]!r} is no anchor.",
            "Write it as `bedside review head` prints it, NUMBER:HASH (12 digits do).",
        )
    return int(found[1]), found[2]
