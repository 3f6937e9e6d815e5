"""``bedside review key``: the key this board signs its packs with, and the keys of others that it trusts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bedside.cli.output import note, write, write_json, write_table
from bedside.cli.review_acting import acting, having, member_of, the_board
from bedside.errors import ReviewRefused, UsageError

if TYPE_CHECKING:
    from bedside.board import Board
    from bedside.review.event import Event
    from bedside.review.member import Member
    from bedside.stores.trusted_keys import Trusted

TRUST, DISTRUST = "trust", "distrust"
LONGEST_NAME = 200


@click.group()
def key() -> None:
    """The key that this board signs its packs with, and the keys of other boards that it trusts.

    \b
    Examples:
      bedside review key new
      bedside review key show
      bedside review key trust ed25519:8a31... --name "Board of St Elsewhere"
      bedside review key list
    """


@key.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def show(as_json: bool) -> None:
    """Print the public key of this board. Others compare it with you, not by the way the pack came, and trust it.

    \b
    Examples:
      bedside review key show
    """
    from bedside.stores.board_key import PREFIX, read_key

    with the_board() as board:
        settings = board.desk.settings
        public = PREFIX + read_key(settings.home).public
    if as_json:
        write_json({"key": public, "board": settings.board or None})
    else:
        write(public)


@key.command()
@acting
def new(as_handle: str, password_file: str) -> None:
    """Make the key pair of this board, once. Takes the role editor or administrator.

    The private key stays in BEDSIDE_HOME/board-key, for its owner's eyes only; back it up. It is never printed.

    \b
    Examples:
      bedside review key new
    """
    from bedside.review.state import Role
    from bedside.stores.board_key import PREFIX, new_key

    with the_board() as board, member_of(board, as_handle, password_file) as who:
        having(who, Role.EDITOR, Role.ADMINISTRATOR)
        made = new_key(board.desk.settings.home)
        role = Role.EDITOR if Role.EDITOR in who.roles else Role.ADMINISTRATOR
        written(board, who, role, "key", made.public, after="own")
    write(PREFIX + made.public)
    note("The private key is kept in board-key, in the home of bedside: back it up, and show it to nobody.")


@key.command()
@click.argument("public", metavar="KEY")
@click.option("--name", required=True, help="What the board calls itself, as its packs say.")
@acting
def trust(public: str, name: str, as_handle: str, password_file: str) -> None:
    """Trust KEY: the packs that it signed as the board of that name may be loaded. Takes the role editor.

    Compare the key with somebody of that board first, by telephone or face to face.

    \b
    Examples:
      bedside review key trust ed25519:8a31... --name "Board of St Elsewhere"
    """
    from bedside.review.state import Role
    from bedside.stores.board_key import key_named

    wanted, called = key_named(public), checked_name(name)
    with the_board() as board, member_of(board, as_handle, password_file) as who:
        having(who, Role.EDITOR)
        trusting(board, who, wanted, called)
    write(f"Packs of {called} signed with this key may be loaded.")


@key.command()
@click.argument("public", metavar="KEY")
@acting
def distrust(public: str, as_handle: str, password_file: str) -> None:
    """Trust KEY no more. What was accepted from its packs stays until it lapses or is withdrawn. Takes the role editor.

    \b
    Examples:
      bedside review key distrust ed25519:8a31...
    """
    from bedside.review.state import Role
    from bedside.stores.board_key import key_named
    from bedside.stores.trusted_keys import keep_trusted, trusted_keys

    wanted = key_named(public)
    with the_board() as board, member_of(board, as_handle, password_file) as who:
        having(who, Role.EDITOR)
        home = board.desk.settings.home
        kept = trusted_keys(home)
        found = next((each for each in kept if each.key == wanted), None)
        if found is None:
            raise ReviewRefused("This key is not trusted.", "See: bedside review key list.")
        written(board, who, Role.EDITOR, DISTRUST, wanted, text=found.name)
        keep_trusted(home, [each for each in kept if each.key != wanted])
    write(f"Packs of {found.name} signed with this key are not loaded any more.")


@key.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def list_keys(as_json: bool) -> None:
    """List the keys that are trusted, with who trusted them and when.

    \b
    Examples:
      bedside review key list
    """
    from bedside.stores.board_key import PREFIX

    with the_board() as board:
        keys = trusted_here(board)
    if as_json:
        write_json([{"key": PREFIX + k.key, "name": k.name, "by": k.by, "at": k.at} for k in keys])
        return
    write_table([(PREFIX + k.key, k.at[:10], k.by, k.name) for k in keys])
    if not keys:
        note("No key is trusted.")


def checked_name(name: str) -> str:
    """The name of a board. Raises UsageError for one that is empty, too long, or cannot be shown."""
    from bedside.review.pack_line import printable

    called = name.strip()
    if not called or len(called) > LONGEST_NAME or not printable(called):
        raise UsageError(
            "That is no name of a board.", f"Write it as its packs do, in {LONGEST_NAME} characters at most."
        )
    return called


def trusting(board: Board, who: Member, public: str, name: str) -> None:
    """Trust a key from now on. Raises ReviewRefused where it is our own, or trusted already."""
    from bedside.review.state import Role
    from bedside.stores.trusted_keys import Trusted, keep_trusted, trusted_keys

    home = board.desk.settings.home
    if public == own_key(home):
        raise ReviewRefused("This is the key of this board itself.", "Its own approvals need no pack here.")
    if any(each.key == public for each in trusted_here(board)):
        raise ReviewRefused("This key is trusted already.", "See: bedside review key list.")
    event = written(board, who, Role.EDITOR, TRUST, public, text=name, after="trusted")
    others = [each for each in trusted_keys(home) if each.key != public]
    keep_trusted(home, [*others, Trusted(name, public, who.handle, event.at)])


def trusted_here(board: Board) -> tuple[Trusted, ...]:
    """The keys that the list names and the audit trail confirms."""
    from bedside.stores.trusted_keys import trusted_keys

    return tuple(each for each in trusted_keys(board.desk.settings.home) if _confirmed(board, each))


def _confirmed(board: Board, trusted: Trusted) -> bool:
    from bedside.review.event import hash_of_text

    steps = [e for e in board.store.events(subject=f"pack:{trusted.key}") if e.action in {TRUST, DISTRUST}]
    return bool(steps) and steps[-1].action == TRUST and steps[-1].note == hash_of_text(trusted.name)


def own_key(home: Path) -> str:
    """The public key of this board in hex, "" where it has none."""
    from bedside.stores.board_key import FILE, read_key

    return read_key(home).public if (home / FILE).exists() else ""


def written(
    board: Board,
    who: Member,
    role: str,
    action: str,
    subject: str,
    *,
    after: str = "",
    text: str = "",
    **detail: object,
) -> Event:
    """A row of the trail about a key or a pack (``pack:KEY``, ``pack:HASH``). What a member typed is kept beside it."""
    from bedside.review.event import Draft, hash_of_text

    about = f"pack:{subject}"
    before = [event.after for event in board.store.events(subject=about)]
    draft = Draft(
        at=board.now(),
        actor=who.handle,
        role=role,
        action=action,
        subject=about,
        before=before[-1] if before else "",
        after=after,
        detail=detail,
        note=hash_of_text(text),
    )
    return board.write(draft, board.revision(about), text)
