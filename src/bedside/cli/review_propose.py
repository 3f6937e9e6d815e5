"""``bedside review propose`` and ``adopt``: another wording for a statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from bedside.cli.output import note, write, write_json
from bedside.cli.review_acting import acting, item_named, member_of, names, said, the_board
from bedside.cli.review_json import event_json
from bedside.errors import UsageError

if TYPE_CHECKING:
    from bedside.board import Board
    from bedside.review.proposal import Objection, Wording


@click.command()
@click.argument("item")
@click.option("--clinical", help="The clinical wording. Default: as it is.")
@click.option("--plain", help="The plain wording. Default: as it is.")
@click.option("--because", "why", metavar="TEXT", required=True, help="Why, in a sentence.")
@click.option("--dry-run", is_flag=True, help="Only say what speaks against it.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@acting
def propose(
    item: str,
    clinical: str | None,
    plain: str | None,
    why: str,
    dry_run: bool,
    as_json: bool,
    as_handle: str,
    password_file: str,
) -> int:
    """Propose a wording of the statement ITEM. Takes the role author or reviewer; who proposed it does not sign it.

    It is held against the same checks as the wordings that ship: the same figures, cautions and strength on both
    levels, and no figure without a source. Exit status 1 with everything that speaks against it, where anything does.

    \b
    Examples:
      bedside review propose vitamin-b12/wait-for-results --plain "..." --because "Patients did not understand it."
      bedside review propose vitamin-b12/wait-for-results --clinical "..." --plain "..." --because "..." --dry-run
    """
    from bedside.board_wordings import objections_to
    from bedside.board_wordings import propose as put_forward

    if clinical is None and plain is None:
        raise UsageError("There is no wording.", "Give --clinical or --plain, or both.")
    with the_board() as board:
        name = item_named(names(board), item)
        wording = _wording(board, name, clinical, plain)
        found = objections_to(board, name, wording)
        if found or dry_run:
            _objected(found, as_json=as_json)
            return 1 if found else 0
        with member_of(board, as_handle, password_file) as who:
            event = put_forward(board, who, name, board.revision(name), wording, why)
    if as_json:
        write_json({"objections": [], "event": event_json(event), "proposal": event.number})
    else:
        write(f"{event.subject}: proposal {event.number}")
        note(f"An editor adopts it with: bedside review adopt {name} --proposal {event.number}")
    return 0


@click.command("adopt")
@click.argument("item")
@click.option("--proposal", "number", type=click.IntRange(min=1), required=True, help="Its number: see `show`.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@acting
def adopt_proposal(item: str, number: int, as_json: bool, as_handle: str, password_file: str) -> None:
    """Make a proposed wording of ITEM the wording. What was signed lapses. Takes the role editor.

    \b
    Examples:
      bedside review adopt vitamin-b12/wait-for-results --proposal 812
    """
    from bedside.board_wordings import adopt

    with the_board() as board, member_of(board, as_handle, password_file) as who:
        event = adopt(board, who, item_named(names(board), item), number)
    said(event, as_json=as_json)


def _wording(board: Board, item: str, clinical: str | None, plain: str | None) -> Wording:
    """The wording that is proposed: what was not given stays as it is."""
    from bedside.review.proposal import worded

    statement = board.desk.shipped.statement(item.partition(":")[2])
    if statement is None or not item.startswith("statement:"):
        raise UsageError(f"{item} is no statement of the content.", "Only a statement has wordings to propose.")
    return worded(statement.clinical if clinical is None else clinical, statement.plain if plain is None else plain)


def _objected(found: tuple[Objection, ...], *, as_json: bool) -> None:
    if as_json:
        write_json({"objections": [_objection_json(each) for each in found], "event": None, "proposal": None})
        return
    for each in found:
        write(f"- {each.line}")
    counted = "1 objection." if len(found) == 1 else f"{len(found)} objections."
    note(counted if found else "Nothing speaks against it.")


def _objection_json(each: Objection) -> dict[str, Any]:
    place = [each.span.start, each.span.end]
    return {"level": each.level.value, "check": each.check, "what": each.what, "remedy": each.remedy, "place": place}
