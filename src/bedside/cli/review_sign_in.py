"""``bedside review setup``, ``login``, ``logout`` and ``whoami``: who acts on this machine."""

from __future__ import annotations

import click

from bedside.cli.output import note, write, write_json
from bedside.cli.review_acting import (
    accounts_of,
    keep_token,
    kept_token,
    password_from,
    signed_in,
    signed_in_as,
    the_board,
)
from bedside.cli.review_json import member_json

PASSWORD_FILE = click.option(
    "--password-file",
    metavar="FILE",
    default="",
    help="Where the password stands; - for the input. Default: it is asked.",
)


@click.command()
@click.argument("handle")
@click.option("--name", required=True, help="The name of the person, as others know it.")
@PASSWORD_FILE
def setup(handle: str, name: str, password_file: str) -> None:
    """Make the first administrator, HANDLE, who then adds the members. Refused where there is one already.

    \b
    Examples:
      bedside review setup jane --name "Jane Smith"
    """
    from bedside.stores.account_changes import first_administrator

    with the_board() as board:
        password = password_from(password_file, f"Password for {handle}", twice=True)
        made = first_administrator(accounts_of(board), board, handle, name, password)
    write(f"{made.handle} ({made.name}) is the administrator of this board.")
    note(
        f"Next: bedside review login {made.handle}, then bedside review member add HANDLE --name NAME --role reviewer."
    )


@click.command()
@click.argument("handle")
@PASSWORD_FILE
def login(handle: str, password_file: str) -> None:
    """Sign in on this machine as HANDLE. The session ends as those of the pages do.

    \b
    Examples:
      bedside review login jane
      bedside review login jane --password-file - < password.txt
    """
    with the_board() as board:
        home = board.desk.settings.home
        before = kept_token(home)
        keep_token(home, signed_in_as(board, handle, password_file))
        if before:
            accounts_of(board).sign_out(before)
        member = signed_in(board)
    write(f"Signed in as {member.handle} ({member.name}): {', '.join(sorted(member.roles)) or 'no role'}.")


@click.command()
def logout() -> None:
    """Sign out on this machine; the session is ended for good.

    \b
    Examples:
      bedside review logout
    """
    with the_board() as board:
        home = board.desk.settings.home
        token = kept_token(home)
        if token:
            accounts_of(board).sign_out(token)
        keep_token(home, "")
    write("Signed out." if token else "Nobody was signed in.")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def whoami(as_json: bool) -> None:
    """Say who is signed in on this machine. Exit status 1 when nobody is.

    \b
    Examples:
      bedside review whoami
    """
    with the_board() as board:
        member = signed_in(board)
    if as_json:
        write_json(member_json(member))
        return
    write(f"{member.handle} ({member.name}): {', '.join(sorted(member.roles)) or 'no role'}")
    if "reviewer" in member.roles and not member.may_sign:
        note("To sign, give your registration and interests: bedside review member profile.")
