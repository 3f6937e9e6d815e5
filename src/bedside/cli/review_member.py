"""``bedside review member``: who is on the board. Administrators change others, members their own profile."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from bedside.cli.choice import NearestChoice
from bedside.cli.output import note, write, write_json, write_table
from bedside.cli.review_acting import (
    accounts_of,
    acting,
    keep_token,
    kept_token,
    member_of,
    password_from,
    signed_in,
    the_board,
)
from bedside.cli.review_json import member_json
from bedside.errors import SignInRefused, UsageError

if TYPE_CHECKING:
    from bedside.board import Board
    from bedside.review.member import Member
    from bedside.stores.account_changes import MemberChanges

# The words of review.state, written here so that help needs no such room; tests hold them equal.
ROLES = ("author", "reviewer", "editor", "administrator")
ROLE = click.option(
    "--role", "roles", multiple=True, type=NearestChoice(ROLES), help=f"{', '.join(ROLES)}; may be repeated."
)
JSON = click.option("--json", "as_json", is_flag=True, help="Write JSON.")


@click.group()
def member() -> None:
    """The members of the board. Adding and changing them takes the role administrator.

    \b
    Examples:
      bedside review member add ruth --name "Ruth Meyer" --role reviewer
      bedside review member profile --registration "GMC 1234567" --interests "None." --credentials "FRCPath"
      bedside review member list
    """


@member.command("list")
@JSON
def list_members(as_json: bool) -> None:
    """List everybody who has, or had, an account.

    \b
    Examples:
      bedside review member list
    """
    with the_board() as board:
        members = [each for _, each in sorted(board.accounts.members().items())]
    if as_json:
        write_json([member_json(each) for each in members])
        return
    write_table(
        [(m.handle, "active" if m.active else "INACTIVE", ",".join(sorted(m.roles)) or "-", m.name) for m in members]
    )
    if not members:
        note('There is nobody yet: bedside review setup HANDLE --name "..."')


@member.command()
@click.argument("handle")
@click.option("--name", required=True, help="The name that a signature shows.")
@ROLE
@click.option("--email", default="", help="The address that the provider of single sign-on knows the member by.")
@click.option("--no-password", is_flag=True, help="The member comes by single sign-on only.")
@JSON
@acting
def add(
    handle: str,
    name: str,
    roles: tuple[str, ...],
    email: str,
    no_password: bool,
    as_json: bool,
    as_handle: str,
    password_file: str,
) -> None:
    """Add a member, and print the one-time password of the account. Takes the role administrator.

    \b
    Examples:
      bedside review member add ruth --name "Ruth Meyer" --role reviewer --role author
    """
    with the_board() as board, member_of(board, as_handle, password_file) as who:
        given = changes(board).create(who, handle, name, roles, email=email, password=not no_password)
    _one_time(handle, given, as_json=as_json)


@member.command()
@click.argument("handle")
@ROLE
@JSON
@acting
def roles(handle: str, roles: tuple[str, ...], as_json: bool, as_handle: str, password_file: str) -> None:
    """Give HANDLE exactly these roles; none for none. Takes the role administrator; nobody changes their own.

    \b
    Examples:
      bedside review member roles ruth --role reviewer --role editor
    """
    with the_board() as board, member_of(board, as_handle, password_file) as who:
        _said(changes(board).roles(who, handle, roles), as_json=as_json)


@member.command()
@click.argument("handle")
@JSON
@acting
def deactivate(handle: str, as_json: bool, as_handle: str, password_file: str) -> None:
    """Let HANDLE in no more; their sessions end at once, their signatures stand. Takes the role administrator.

    \b
    Examples:
      bedside review member deactivate ruth
    """
    with the_board() as board, member_of(board, as_handle, password_file) as who:
        _said(changes(board).activate(who, handle, active=False), as_json=as_json)


@member.command()
@click.argument("handle")
@JSON
@acting
def activate(handle: str, as_json: bool, as_handle: str, password_file: str) -> None:
    """Let HANDLE in again. Takes the role administrator.

    \b
    Examples:
      bedside review member activate ruth
    """
    with the_board() as board, member_of(board, as_handle, password_file) as who:
        _said(changes(board).activate(who, handle, active=True), as_json=as_json)


@member.command()
@click.argument("handle", default="")
@click.option("--new-password-file", metavar="FILE", default="", help="Where one's own new password stands.")
@click.option("--rescue", is_flag=True, help="For an administrator who lost theirs, by whoever sits at the machine.")
@JSON
@acting
def password(
    handle: str, new_password_file: str, rescue: bool, as_json: bool, as_handle: str, password_file: str
) -> None:
    """Change one's own password; with HANDLE, give another member a one-time one (role administrator).

    Whoever has a one-time password begins here: bedside review member password --as HANDLE.

    \b
    Examples:
      bedside review member password
      bedside review member password --as ruth
      bedside review member password ruth
    """
    with the_board() as board:
        if rescue:
            if not handle:
                raise UsageError("--rescue needs the handle of an administrator.", "Name it.")
            given = changes(board).rescue(handle)
        elif handle:
            with member_of(board, as_handle, password_file) as who:
                given = changes(board).give_password(who, handle)
        else:
            _own_password(board, as_handle, password_file, new_password_file)
            return
    _one_time(handle, given, as_json=as_json)


@member.command()
@click.argument("handle", default="")
@click.option("--name", help="The name that a signature shows.")
@click.option("--credentials", help='Degrees and posts: "MB ChB, consultant haematologist".')
@click.option("--registration", help='Body and number: "GMC 1234567".')
@click.option("--interests", help='What you declare, "None." where there is nothing; dated today. Your own only.')
@click.option("--public/--private", "public", default=None, help="Whether to stand on the public page. Your own only.")
@JSON
@acting
def profile(
    handle: str,
    name: str | None,
    credentials: str | None,
    registration: str | None,
    interests: str | None,
    public: bool | None,
    as_json: bool,
    as_handle: str,
    password_file: str,
) -> None:
    """Show or change one's own profile: what a signature says of you. With HANDLE another's (role administrator).

    \b
    Examples:
      bedside review member profile
      bedside review member profile --registration "GMC 1234567" --interests "None." --public
    """
    given: dict[str, Any] = {
        "name": name,
        "credentials": credentials,
        "registration": registration,
        "interests": interests,
        "public": public,
    }
    changed = {key: value for key, value in given.items() if value is not None}
    with the_board() as board, member_of(board, as_handle, password_file) as who:
        whose = handle or who.handle
        if whose != who.handle and {"interests", "public"} & changed.keys():
            raise UsageError("Interests and the public page are the member's own.", f"Leave them to {whose}.")
        if interests is not None:
            changed["declared_on"] = board.now()[:10]
        kept = accounts_of(board).member(whose)
        _said(changes(board).profile(who, replace(kept, **changed)) if changed else kept, as_json=as_json)


def changes(board: Board) -> MemberChanges:
    """What changes members, and writes it into the trail."""
    from bedside.stores.account_changes import MemberChanges

    return MemberChanges(accounts_of(board), board)


def _own_password(board: Board, as_handle: str, password_file: str, new_password_file: str) -> None:
    """Change one's own password; a session of this machine is renewed with it."""
    home = board.desk.settings.home
    handle = as_handle or signed_in(board).handle
    who = board.accounts.members().get(handle)
    old = password_from(password_file, f"Present password of {handle}")
    new = password_from(new_password_file, "New password", twice=True)
    if who is None:
        raise SignInRefused("The name or the password is not right.", "Try again.")
    token = kept_token(home)
    held = accounts_of(board).held(token, board.clock())
    own = held is not None and held.member.handle == handle
    made = changes(board).password(who, old, new, token if own else "")
    if own:
        keep_token(home, made)
    write("The password is changed. Every other session of yours has ended.")


def _one_time(handle: str, given: str, *, as_json: bool) -> None:
    if as_json:
        write_json({"handle": handle, "one_time_password": given or None})
        return
    if not given:
        write(f"{handle} is a member, and comes by single sign-on.")
        return
    write(f"One-time password of {handle}: {given}")
    note(f"It is shown once, and holds for a week. {handle} begins with: bedside review member password --as {handle}")


def _said(who: Member, *, as_json: bool) -> None:
    if as_json:
        write_json(member_json(who))
        return
    state = "" if who.active else ", INACTIVE"
    write(f"{who.handle}: {who.name}{state}")
    write(f"  roles         {', '.join(sorted(who.roles)) or 'none'}")
    write(f"  credentials   {who.credentials or '-'}")
    write(f"  registration  {who.registration or '-'}")
    write(f"  interests     {who.interests or '-'} (declared {who.declared_on or 'never'})")
    write(f"  public page   {'yes' if who.public else 'no'}")
    if not who.may_sign:
        note("A signature needs name, registration and declared interests.")
