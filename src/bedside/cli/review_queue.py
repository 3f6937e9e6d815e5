"""``bedside review queue``: what waits for somebody, the greatest risk first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from bedside.cli.choice import NearestChoice
from bedside.cli.output import note, write, write_json
from bedside.cli.review_acting import acting, member_of, signed_in, the_board, warn

if TYPE_CHECKING:
    from bedside.review.queue import Entry

# The words of review.state and review.item, written here so that help needs no such room; tests hold them equal.
STATES = ("submitted", "under-review", "returned", "lapsed")
KINDS = ("statement", "rule", "pattern")


@click.command()
@click.option("--state", type=NearestChoice(STATES), help="Only in this state.")
@click.option("--kind", type=NearestChoice(KINDS), help="Only items of this kind.")
@click.option("--topic", default="", help="Only of this topic.")
@click.option("--mine", is_flag=True, help="Only what I hold. Needs to be signed in.")
@click.option("--lapsed", is_flag=True, help="The same as --state lapsed.")
@click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, help="At most so many; 0: all.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@acting
def queue(
    state: str | None,
    kind: str | None,
    topic: str,
    mine: bool,
    lapsed: bool,
    limit: int,
    as_json: bool,
    as_handle: str,
    password_file: str,
) -> None:
    """List what waits for somebody, the greatest risk first, each with its reasons.

    \b
    Examples:
      bedside review queue
      bedside review queue --kind rule --state submitted --limit 5
      bedside review queue --mine
      bedside review queue --lapsed --json
    """
    with the_board() as board:
        holder = ""
        if mine and as_handle:
            with member_of(board, as_handle, password_file) as who:
                holder = who.handle
        elif mine:
            holder = signed_in(board).handle
        warn(board)
        wanted = "lapsed" if lapsed else state or ""
        fitting = [each for each in board.queue() if _fits(each, wanted, kind or "", topic, holder)]
    shown = fitting[: limit or None]
    if as_json:
        write_json([entry_json(each) for each in shown])
        return
    for line in _lines(shown):
        write(line)
    if len(shown) < len(fitting):
        note(f"{len(shown)} of {len(fitting):,}: --limit 0 lists all of them.")
    elif not fitting:
        note("Nothing waits.")


def _fits(entry: Entry, state: str, kind: str, topic: str, holder: str) -> bool:
    item, standing = entry.item, entry.standing
    return (
        state in {"", state_word(standing.state.value)}
        and kind in {"", item.kind.value}
        and topic in {"", item.topic}
        and holder in {"", standing.holder}
    )


def state_word(state: str) -> str:
    """A state as the command line writes it."""
    return state.lower().replace(" ", "-")


def _lines(entries: Iterable[Entry]) -> Iterable[str]:
    for number, entry in enumerate(entries, 1):
        held = f", held by {entry.standing.holder}" if entry.standing.holder else ""
        yield f"{number:>3}. {entry.item.id}  [{entry.standing.state.value}{held}]"
        yield f"     {entry.item.title}"
        if entry.reasons:
            yield f"     {'; '.join(entry.reasons)}"


def entry_json(entry: Entry) -> dict[str, Any]:
    """A line of the queue."""
    return {
        "item": entry.item.id,
        "kind": entry.item.kind.value,
        "topic": entry.item.topic,
        "title": entry.item.title,
        "state": entry.standing.state.value,
        "holder": entry.standing.holder or None,
        "since": entry.standing.since,
        "dose": entry.item.dose,
        "reasons": list(entry.reasons),
        "weight": list(entry.weight),
    }
