"""``bedside review approve``: a signature, for exactly what was shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bedside.cli.output import note
from bedside.cli.review_acting import acting, item_named, member_of, names, said, the_board, wants_yes
from bedside.errors import ReviewMoved, UsageError

if TYPE_CHECKING:
    from bedside.board import Board
    from bedside.review.member import Member
    from bedside.review.workflow import Command

SHORTEST_SEAL = 12
"""So many characters of the seal have to be given at least."""


@click.command()
@click.argument("item")
@click.option("--seal", default="", help=f"What `show` printed: at least its first {SHORTEST_SEAL} characters.")
@click.option(
    "--until", metavar="DATE", default="", help="The last day on which it holds. Default: the longest allowed."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@acting
def approve(item: str, seal: str, until: str, yes: bool, as_json: bool, as_handle: str, password_file: str) -> None:
    """Sign ITEM as it was shown to you: its content and everything it rests on. Takes the role reviewer.

    What is signed, by whom and until when is said first, then you are asked. Where two must sign, the first signature
    leaves the item under review.

    \b
    Examples:
      bedside review show vitamin-b12/oral-label-gb
      bedside review approve vitamin-b12/oral-label-gb --seal 3f2a91c07b44
      bedside review approve vitamin-b12/oral-label-gb --seal 3f2a91c07b44 --until 2027-05-31 --yes
    """
    from bedside.review.state import Action
    from bedside.review.workflow import Command

    with the_board() as board, member_of(board, as_handle, password_file) as who:
        name = item_named(names(board), item)
        whole = _whole_seal(board, name, seal)
        command = Command(Action.APPROVE, name, board.revision(name), seal=whole, expires=until)
        expires = _tried(board, who, command)
        for line in _told(board, who, name, whole, expires):
            note(line)
        wants_yes("Sign this?", yes=yes)
        said(board.act(who, command), as_json=as_json)


def _tried(board: Board, who: Member, command: Command) -> str:
    """Until when the signature would hold. Raises what signing would raise, before anybody is asked."""
    from bedside.review.workflow import decide

    draft = decide(
        command,
        board.standing(command.item),
        who,
        snapshot=board.snapshot,
        approved=board.approved,
        policy=board.policy,
        now=board.now(),
        members=board.accounts.members(),
    )
    return str(draft.detail["signatures"][-1]["expires"])


def _whole_seal(board: Board, item: str, seal: str) -> str:
    """The seal the item has now, where it begins with the one given. Raises UsageError, ReviewMoved."""
    given = seal.strip().lower()
    if not given:
        raise UsageError(
            "A signature names the seal of what was read.",
            f"Read it first: bedside review show {item}. Its last line is the seal; give it with --seal.",
        )
    if len(given) < SHORTEST_SEAL:
        raise UsageError(
            f"{seal!r} is too short for a seal.", f"Give the first {SHORTEST_SEAL} characters that `show` printed."
        )
    board.item(item)
    now = board.snapshot.seal(item)
    if not now.startswith(given):
        raise ReviewMoved(item)
    return now


def _told(board: Board, who: Member, item: str, seal: str, expires: str) -> list[str]:
    """What is signed, in words, for the one who signs."""
    thing, standing = board.item(item), board.standing(item)
    needed, given = board.policy.signatures(thing), len(standing.signatures)
    lines = [
        f"You sign {item}: {thing.title}",
        f"  fingerprint {thing.fingerprint}",
        f"  seal        {seal} ({_beneath(len(board.snapshot.beneath(item)))})",
        f"  as          {who.name}, {who.registration}",
        f"  interests   {who.interests} ({who.declared_on})",
        f"  until       {expires}",
    ]
    if needed > 1:
        lines.append(f"  signatures  it takes {needed}; {given} given so far")
    return lines


def _beneath(number: int) -> str:
    return "over it and the one thing it rests on" if number == 1 else f"over it and the {number:,} things it rests on"
