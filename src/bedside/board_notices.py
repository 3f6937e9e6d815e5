"""Notices at the board: a retraction that is loaded while a server runs is heard without starting it anew."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedside.board import Board
    from bedside.desk import Desk


def hear(board: Board) -> bool:
    """Open the desk anew where notices were loaded since that make a source of ours stand otherwise, by whatever
    program, and let what rests on it lapse; whether there were some.

    Raises LibraryUnusable when the library cannot be read, and what ``Board.refresh`` raises.
    """
    before = board.desk
    if not _unheard(before):
        return False
    from bedside.desk import open as open_desk

    board.desk = open_desk(before.settings)
    board.follow(board.desk)
    board.refresh()
    return True


def _unheard(desk: Desk) -> bool:
    """Whether the sources of the content stand otherwise, by the library as it is now, than this desk has them."""
    from bedside.desk import library_place
    from bedside.stores.examining import restated
    from bedside.stores.stored_library import StoredLibrary

    place = library_place(desk.settings)
    if not place.exists():
        return False
    with closing(StoredLibrary(place)) as library:
        found = restated(library, desk.content.sources().values())
    return found != desk.shipped.restated
