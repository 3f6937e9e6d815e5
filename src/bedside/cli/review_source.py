"""``bedside review source`` and ``lapse``: say how a source stands, and see what lapses, has lapsed, or would."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from bedside.cli.choice import NearestChoice
from bedside.cli.output import note, write, write_json
from bedside.cli.review_acting import acting, member_of, the_board
from bedside.cli.review_json import event_json, lapse_json
from bedside.errors import ReviewRefused, UsageError
from bedside.settings import nearest

if TYPE_CHECKING:
    from bedside.board import Board
    from bedside.review.lapse import Lapse
    from bedside.review.standing import Standing

# The words of evidence.source and one more that takes the mark away; tests hold them equal.
STATUSES = ("current", "superseded", "retracted", "concern", "due-for-review")
UNMARK = "as-in-content"


@click.command()
@click.argument("key")
@click.option("--status", required=True, type=NearestChoice((*STATUSES, UNMARK)), help="How it stands.")
@click.option("--by", "superseded_by", metavar="KEY2", default="", help="With superseded: the source that replaces it.")
@click.option("--because", "reason", metavar="TEXT", required=True, help="Why, with where it was seen.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@acting
def source(
    key: str, status: str, superseded_by: str, reason: str, as_json: bool, as_handle: str, password_file: str
) -> None:
    """Say of source KEY how it stands; every approval that rests on it lapses, and is named. Takes the role editor.

    The mark changes no answer: it lapses approvals and is shown beside the source. --status as-in-content takes it
    away again; what lapsed stays lapsed until it is signed anew.

    \b
    Examples:
      bedside review source nice-ng239 --status superseded --because "Replaced on 2027-01-12, see nice.org.uk."
      bedside review source nice-ng239 --status as-in-content --because "That was another guideline."
    """
    with the_board() as board, member_of(board, as_handle, password_file) as who:
        known_source(board, key)
        wanted = "" if status == UNMARK else status
        event, lapsed = board.mark(who, key, wanted, superseded_by, reason)
    if as_json:
        write_json({"event": event_json(event), "lapsed": [lapse_json(each) for each in lapsed]})
        return
    write(f"{key}: {status}{f' by {superseded_by}' if superseded_by else ''} (row {event.number})")
    write_lapses(lapsed, "lapsed by it")


@click.command()
@click.option("--what-if", "key", metavar="SOURCE", default="", help="What would lapse if this source stood otherwise.")
@click.option("--status", type=NearestChoice(STATUSES), help="With --what-if: how it would stand. Default: superseded.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def lapse(key: str, status: str | None, as_json: bool) -> None:
    """Show what has lapsed and waits to be looked at again, with the reason; with --what-if, what would.

    \b
    Examples:
      bedside review lapse
      bedside review lapse --what-if nice-ng239
      bedside review lapse --what-if nice-ng239 --status retracted --json
    """
    if status and not key:
        raise UsageError("--status goes with --what-if.", "Name the source: --what-if SOURCE.")
    with the_board() as board:
        board.refresh()
        if board.broken:
            raise ReviewRefused(
                f"The audit trail is broken ({board.broken}): nothing counts as approved, what lapsed cannot be told.",
                "See: bedside review verify.",
            )
        if not key:
            _has_lapsed(board, as_json=as_json)
            return
        known_source(board, key)
        found = board.what_if(key, status or "superseded")
    if as_json:
        write_json(
            {
                "source": found.source,
                "status": found.status,
                "items_resting_on_it": found.rests,
                "would_lapse": [lapse_json(each) for each in found.lapses],
            }
        )
        return
    write(f"{found.rests} items rest on {key}.")
    write_lapses(found.lapses, f"would lapse if it were {found.status}")


def known_source(board: Board, key: str) -> None:
    """Raises UsageError, with the nearest key, where there is no such source."""
    keys = sorted(board.sources())
    if key not in keys:
        close = nearest(key, keys)
        remedy = close if close.startswith("Did") else "See: bedside library list."
        raise UsageError(f"There is no source {key[:100]!r}.", remedy)


def write_lapses(lapses: Iterable[Lapse], how: str) -> None:
    """Write what lapsed, and why, with the count."""
    from bedside.review.reasons import said

    found = list(lapses)
    for each in found:
        write(f"  {each.item}: {'; '.join(said(reason.to_json()) for reason in each.reasons)}")
    write(f"{_counted(len(found))} {how}.")


def _has_lapsed(board: Board, *, as_json: bool) -> None:
    from bedside.review.reasons import said
    from bedside.review.state import State

    lapsed = [standing for _, standing in sorted(board.standings().items()) if standing.state is State.LAPSED]
    if as_json:
        write_json([_lapsed_json(standing) for standing in lapsed])
        return
    for standing in lapsed:
        write(f"{standing.item} (since {standing.since[:10]})")
        for reason in standing.reasons:
            write(f"    {said(reason)}")
    note(f"{_counted(len(lapsed))} to be looked at again.")


def _lapsed_json(standing: Standing) -> dict[str, Any]:
    return {"item": standing.item, "since": standing.since, "reasons": [dict(each) for each in standing.reasons]}


def _counted(number: int) -> str:
    return "1 approval" if number == 1 else f"{number:,} approvals"
