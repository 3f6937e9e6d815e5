"""``bedside review claim``, ``release``, ``assign``, ``return``, ``submit`` and ``withdraw``: one step of one item."""

from __future__ import annotations

from typing import Any

import click

from bedside.cli.review_acting import acted, acting, member_of, said, the_board

JSON = click.option("--json", "as_json", is_flag=True, help="Write JSON.")
BECAUSE = click.option("--because", "note", metavar="TEXT", required=True, help="Why, in a sentence.")


@click.command()
@click.argument("item")
@JSON
@acting
def claim(item: str, as_json: bool, as_handle: str, password_file: str) -> None:
    """Take ITEM under review: nobody else signs or returns it meanwhile. Takes the role reviewer.

    \b
    Examples:
      bedside review claim vitamin-b12/oral-label-gb
      bedside review claim rule:vitamin-b12/OR3-GB
    """
    _step("claim", item, as_json, as_handle, password_file)


@click.command()
@click.argument("item")
@JSON
@acting
def release(item: str, as_json: bool, as_handle: str, password_file: str) -> None:
    """Give ITEM back to the queue. Its holder does that, or an editor.

    \b
    Examples:
      bedside review release vitamin-b12/oral-label-gb
    """
    _step("release", item, as_json, as_handle, password_file)


@click.command()
@click.argument("item")
@click.option("--to", metavar="HANDLE", required=True, help="The reviewer who gets it.")
@JSON
@acting
def assign(item: str, to: str, as_json: bool, as_handle: str, password_file: str) -> None:
    """Give ITEM to a reviewer. Takes the role editor.

    \b
    Examples:
      bedside review assign vitamin-b12/oral-label-gb --to ruth
    """
    _step("assign", item, as_json, as_handle, password_file, to=to)


@click.command("return")
@click.argument("item")
@BECAUSE
@JSON
@acting
def return_item(item: str, note: str, as_json: bool, as_handle: str, password_file: str) -> None:
    """Send ITEM back to its author. Its holder does that, in the role reviewer.

    \b
    Examples:
      bedside review return vitamin-b12/oral-label-gb --because "The label has changed: see section 4.2."
    """
    _step("return", item, as_json, as_handle, password_file, note=note)


@click.command()
@click.argument("item")
@click.option("--because", "note", metavar="TEXT", default="", help="What was done about it, in a sentence.")
@JSON
@acting
def submit(item: str, note: str, as_json: bool, as_handle: str, password_file: str) -> None:
    """Submit ITEM that was returned or withdrawn. Takes the role author or editor; who submits it does not sign it.

    \b
    Examples:
      bedside review submit vitamin-b12/oral-label-gb --because "The label still says so: see 4.2."
    """
    _step("submit", item, as_json, as_handle, password_file, note=note)


@click.command()
@click.argument("item")
@BECAUSE
@JSON
@acting
def withdraw(item: str, note: str, as_json: bool, as_handle: str, password_file: str) -> None:
    """Take ITEM out of use: no approval of it holds any more. Takes the role editor.

    \b
    Examples:
      bedside review withdraw vitamin-b12/oral-label-gb --because "The product is no longer sold."
    """
    _step("withdraw", item, as_json, as_handle, password_file, note=note)


def _step(action: str, item: str, as_json: bool, as_handle: str, password_file: str, **more: Any) -> None:
    from bedside.review.state import Action

    with the_board() as board, member_of(board, as_handle, password_file) as who:
        said(acted(board, who, Action(action), item, **more), as_json=as_json)
