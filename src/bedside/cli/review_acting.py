"""What every command of the board begins with: the board, who acts, and which item is meant."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from bedside.cli.output import note
from bedside.errors import LibraryUnusable, ReviewRefused, SignInRefused, UsageError
from bedside.settings import Settings, nearest

if TYPE_CHECKING:
    from bedside.board import Board
    from bedside.review.event import Event
    from bedside.review.member import Member
    from bedside.review.state import Action, Role
    from bedside.stores.account_store import AccountDatabase

SESSION = "board-session"
_LONGEST_PASSWORD = 10_000
_Command = TypeVar("_Command", bound=Callable[..., Any])


@contextmanager
def the_board(settings: Settings | None = None) -> Iterator[Board]:
    """The board of this environment."""
    from bedside.board import open_board

    board = open_board(settings or Settings.load(os.environ))
    try:
        yield board
    finally:
        board.close()


def acting(command: _Command) -> _Command:
    """The options of a command that somebody has to stand for: ``as_handle`` and ``password_file``."""
    for option in (
        click.option(
            "--password-file", metavar="FILE", default="", help="With --as: where the password stands; - for the input."
        ),
        click.option(
            "--as", "as_handle", metavar="HANDLE", default="", help="Act as this member, for this command only."
        ),
    ):
        command = option(command)
    return command


@contextmanager
def member_of(board: Board, as_handle: str, password_file: str) -> Iterator[Member]:
    """Who acts: the member that --as names, or who is signed in on this machine. Raises SignInRefused."""
    if not as_handle:
        if password_file:
            raise UsageError("--password-file goes with --as.", "Name the member: --as HANDLE.")
        yield signed_in(board)
        return
    token = signed_in_as(board, as_handle, password_file)
    try:
        yield holder(board, token)
    finally:
        accounts_of(board).sign_out(token)


def signed_in(board: Board) -> Member:
    """Who is signed in on this machine. Raises SignInRefused."""
    return holder(board, kept_token(board.desk.settings.home))


def signed_in_as(board: Board, handle: str, password_file: str) -> str:
    """A session of a member, by password; gives its token. Raises SignInRefused, and ReviewRefused for a one-time
    password."""
    from bedside.stores.account_changes import sign_in_with

    password = password_from(password_file, f"Password of {handle}")
    return sign_in_with(accounts_of(board), handle, password, board.clock())


def holder(board: Board, token: str) -> Member:
    """The member whose session a token is. Raises SignInRefused."""
    member = accounts_of(board).session(token, board.clock()) if token else None
    if member is None:
        raise SignInRefused("Nobody is signed in on this machine.", "Sign in: bedside review login HANDLE.")
    return member


def accounts_of(board: Board) -> AccountDatabase:
    """The accounts, with everything that signing in takes."""
    return cast("AccountDatabase", board.accounts)


def kept_token(home: Path) -> str:
    """The token of the session of this machine, "" for none."""
    try:
        return (home / SESSION).read_text(encoding="ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return ""
    except OSError as error:
        raise _unusable(home / SESSION, error) from None


def keep_token(home: Path, token: str) -> None:
    """Keep the session of this machine, for its owner's eyes only; "" forgets it."""
    from bedside.stores.whole_file import write_over

    path = home / SESSION
    try:
        if token:
            write_over(path, f"{token}\n".encode())
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise _unusable(path, error) from None


def _unusable(path: Path, error: OSError) -> LibraryUnusable:
    return LibraryUnusable(f"{path}: {error.strerror}.", "Check the rights of this file and its folder.")


def password_from(file: str, asked: str, *, twice: bool = False) -> str:
    """A password: from a file ("-": the input), or asked for. Raises UsageError where there is none to be had."""
    if not file:
        if not sys.stdin.isatty():
            raise UsageError("There is nobody to ask for the password.", "Give it with --password-file FILE, or -.")
        return str(click.prompt(asked, hide_input=True, confirmation_prompt=twice, err=True))
    try:
        if file == "-":
            written = sys.stdin.readline(_LONGEST_PASSWORD)
        else:
            with Path(file).open(encoding="utf-8") as opened:
                written = opened.readline(_LONGEST_PASSWORD)
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"{file}: no password can be read from it.", "Name a text file with one line.") from None
    password = written.rstrip("\r\n")
    if not password:
        raise UsageError(f"{'The input' if file == '-' else file} has no password.", "Write it on the first line.")
    return password


def warn(board: Board) -> None:
    """Say where the trail is broken: what is shown then holds no approval."""
    board.refresh()
    if board.broken:
        note(f"THE AUDIT TRAIL IS BROKEN ({board.broken}): nothing counts as approved. See: bedside review verify.")


def having(who: Member, *roles: Role) -> Member:
    """The member, if active and in one of the roles. Raises ReviewRefused."""
    if not who.active or not who.roles.intersection(roles):
        raise ReviewRefused(
            f"{who.handle} may not do this: it takes the role {' or '.join(roles)}.", "Ask an administrator."
        )
    return who


def item_named(names: Iterable[str], written: str) -> str:
    """The item that is meant by its id, or by the part after the kind where that is one item only.

    Raises UsageError with the nearest name.
    """
    known = frozenset(names)
    wanted = written.strip()
    if wanted in known:
        return wanted
    found = sorted(
        name for name in known if name.partition(":")[2].lower() == wanted.lower() or name.lower() == wanted.lower()
    )
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"{written!r} could be several items.", "Choose from: " + ", ".join(found) + ".")
    close = nearest(wanted, sorted({*known, *(name.partition(":")[2] for name in known)}))
    remedy = close if close.startswith("Did") else "See: bedside review queue."
    raise UsageError(f"There is no item {written[:100]!r}.", remedy)


def names(board: Board) -> set[str]:
    """The id of every item: those that the content has no more too, and, where the trail is broken, those beyond."""
    return {*board.standings(), *board.snapshot.items}


def acted(board: Board, who: Member, action: Action, written: str, **more: Any) -> Event:
    """Do one thing to one item, as it stands now. Raises what :meth:`bedside.board.Board.act` raises."""
    from bedside.review.workflow import Command

    item = item_named(names(board), written)
    return board.act(who, Command(action, item, board.revision(item), **more))


def said(event: Event, *, as_json: bool) -> None:
    """Write what was done."""
    from bedside.cli.output import write, write_json
    from bedside.cli.review_json import event_json
    from bedside.cli.review_words import moved

    if as_json:
        write_json(event_json(event))
    else:
        write(f"{event.subject}: {event.action}, {moved(event) or 'no mark'} (row {event.number})")


def wants_yes(question: str, *, yes: bool) -> None:
    """Ask to confirm. Raises click.Abort when it is refused, UsageError where there is nobody to ask."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError("There is nobody to ask.", "Add --yes when you have read what is signed.")
    if not click.confirm(question, err=True):
        note("Nothing was done.")
        raise click.Abort
