"""``bedside review pack`` and ``load``: approvals that travel from one board to another, signed."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bedside.cli.output import note, write, write_json
from bedside.cli.review_acting import acting, having, member_of, the_board
from bedside.cli.review_key import checked_name, own_key, trusted_here, trusting, written
from bedside.errors import InputRefused, ReviewMoved, ReviewRefused, UsageError
from bedside.settings import FILE_NAME

if TYPE_CHECKING:
    from bedside.board import Board
    from bedside.review.member import Member
    from bedside.review.pack import Manifest, Pack
    from bedside.review.pack_plan import Planned


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write JSON about it.")
@acting
def pack(file: Path, as_json: bool, as_handle: str, password_file: str) -> None:
    """Write everything that this board has approved to FILE, signed with its key. Takes the role editor.

    FILE may be - for the output. What was accepted from another board's pack is left out: load that pack, too.

    \b
    Examples:
      bedside review pack approved.jsonl
    """
    from bedside.review.pack import chosen
    from bedside.review.pack import write as packed
    from bedside.review.state import Role
    from bedside.stores.board_key import read_key

    with the_board() as board, member_of(board, as_handle, password_file) as who:
        having(who, Role.EDITOR)
        key = read_key(board.desk.settings.home)
        found = chosen(board.standings(), board.snapshot, board.now()[:10])
        if not found.items:
            raise ReviewRefused("There is nothing that this board has approved.", "See: bedside review queue.")
        manifest = _manifest(board, len(found.items))
        data = packed(manifest, found.items, board.snapshot, key.public, key.sign)
        detail: dict[str, Any] = {"key": key.public, "release": manifest.release, "items": manifest.items}
        written(board, who, Role.EDITOR, "pack", _hash(data), after="made", **detail)
        _hand_over(data, file)
    if as_json and str(file) != "-":
        write_json({"pack": _hash(data), **detail, "left_out": list(found.others)})
        return
    items = "1 approved item" if manifest.items == 1 else f"{manifest.items:,} approved items"
    note(f"{items} of {manifest.board}, release {manifest.release}, in {len(data):,} bytes.")
    if found.others:
        note(f"{len(found.others):,} that were accepted from another board's pack are left out.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--trust", "key", metavar="KEY", default="", help="Trust this key from now on, as of the board that the pack names."
)
@click.option("--dry-run", is_flag=True, help="Say what would be accepted, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@acting
def load(file: Path, key: str, dry_run: bool, as_json: bool, as_handle: str, password_file: str) -> int:
    """Accept the approvals of another board's pack. Takes the role editor.

    Accepted is only what is exactly the same here, over exactly the same sources, parameters and definitions, signed by
    as many as this board asks for, and not expired. The pack must be signed with a key that is trusted. Exit status 1
    where something was not accepted, with the reason.

    \b
    Examples:
      bedside review load approved.jsonl --trust ed25519:8a31... --dry-run
      bedside review load approved.jsonl
    """
    from bedside.review.pack import read
    from bedside.review.pack_plan import Fate, Here, plan
    from bedside.review.state import Role
    from bedside.stores.board_key import key_named

    given = key_named(key) if key else ""
    data = _bytes_of(file)
    with the_board() as board, member_of(board, as_handle, password_file) as who:
        having(who, Role.EDITOR)
        standings = board.standings()
        found = read(data, lambda public, name: _is_trusted(board, public, name, given))
        here = Here(board.snapshot, standings, board.approved, who, board.policy, board.accounts.members(), board.now())
        made = plan(found, here)
        if not dry_run:
            if given and all(each.key != given for each in trusted_here(board)):
                trusting(board, who, given, checked_name(found.manifest.board))
            made = _accepted(board, who, found, made)
    _report(found, made, dry_run=dry_run, as_json=as_json)
    return 1 if any(each.fate is Fate.REFUSED for each in made) else 0


def _manifest(board: Board, items: int) -> Manifest:
    from bedside.review.pack import Manifest

    settings = board.desk.settings
    name = settings.board
    if not name:
        raise UsageError(
            "This board has no name, and a pack says whose it is.",
            f'Write it in {settings.home / FILE_NAME}: board = "Board of ..."',
        )
    content = board.desk.content
    number, head, _ = board.store.head()
    return Manifest(checked_name(name), content.release, content.fingerprint, board.now(), head, number, items)


def _hash(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def _hand_over(data: bytes, file: Path) -> None:
    if str(file) == "-":
        sys.stdout.buffer.write(data)
        return
    try:
        file.write_bytes(data)
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror}.", "Name another file.") from None


def _bytes_of(file: Path) -> bytes:
    """The bytes of a pack, no more than one may have. Raises UsageError, InputRefused."""
    from bedside.review.pack import MOST_BYTES

    try:
        if str(file) == "-":
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with file.open("rb") as opened:
                data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}.", "Name the file of a pack.") from None
    if len(data) > MOST_BYTES:
        raise InputRefused(f"{file}: larger than a pack may be ({MOST_BYTES:,} bytes).", "Is this the right file?")
    return data


def _is_trusted(board: Board, public: str, name: str, given: str) -> None:
    """Raises ReviewRefused where packs of that key and name are not to be loaded."""
    from bedside.stores.board_key import PREFIX

    if public == own_key(board.desk.settings.home):
        raise ReviewRefused("This pack was made by this board itself.", "Its own approvals need no pack here.")
    if name == board.desk.settings.board:
        raise ReviewRefused(f"This pack is of a board that is called {name}, too.", "Two boards need two names.")
    known = next((each for each in trusted_here(board) if each.key == public), None)
    if known is None and public != given:
        raise ReviewRefused(
            f"This pack is signed with a key that is not trusted here: {PREFIX}{public}",
            "Compare it with somebody of that board; then add --trust KEY.",
        )
    if known is not None and known.name != name:
        raise ReviewRefused(
            f"This pack says it is of {name!r}, and its key is trusted as that of {known.name!r}.",
            "Ask that board; see: bedside review key list.",
        )


def _accepted(board: Board, who: Member, found: Pack, made: Iterable[Planned]) -> tuple[Planned, ...]:
    """The plan carried out. What somebody else was faster with is reported as not accepted."""
    from bedside.review.pack_plan import Fate, Planned, command
    from bedside.review.state import Role

    done = []
    for planned in made:
        if planned.fate is not Fate.ACCEPTED:
            done.append(planned)
            continue
        try:
            board.act(who, command(planned, board.standing(planned.item.id)))
            done.append(planned)
        except (ReviewRefused, ReviewMoved) as refused:
            done.append(Planned(planned.item, Fate.REFUSED, refused.what))
    fates = Counter(each.fate for each in done)
    if fates[Fate.ACCEPTED]:
        detail: dict[str, Any] = {"key": found.key, "content": found.manifest.content}
        detail |= {"accepted": fates[Fate.ACCEPTED], "refused": fates[Fate.REFUSED]}
        written(board, who, Role.EDITOR, "load", found.hash, after="loaded", **detail)
    return tuple(done)


def _report(found: Pack, made: Iterable[Planned], *, dry_run: bool, as_json: bool) -> None:
    from bedside.review.pack_plan import Fate

    all_made = list(made)
    if as_json:
        rows = [{"item": each.item.id, "fate": each.fate.value, "reason": each.reason or None} for each in all_made]
        manifest = found.manifest
        about = {"pack": found.hash, "board": manifest.board, "release": manifest.release, "made_at": manifest.made_at}
        write_json({**about, "dry_run": dry_run, "items": rows})
        return
    for each in all_made:
        if each.fate is Fate.REFUSED:
            write(f"not accepted: {each.item.id}: {each.reason}")
    fates = Counter(each.fate for each in all_made)
    said = ", ".join(f"{fates[fate]:,} {fate.value}" for fate in Fate if fates[fate]) or "nothing in it"
    write(f"Pack of {found.manifest.board}, made at {found.manifest.made_at}: {said}.")
    if dry_run:
        write("Nothing was written.")
    elif not fates[Fate.ACCEPTED] and not fates[Fate.REFUSED]:
        write("Everything in it was here already.")
