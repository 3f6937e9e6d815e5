"""The board's own navigation, on every page under ``/board``."""

from __future__ import annotations

from bedside.review.member import Member
from bedside.review.state import Role
from bedside.servers.board.address import BOARD

LOOKERS = frozenset({Role.REVIEWER, Role.EDITOR})
"""Who sees the reports of readers."""


def nav(path: str, who: Member) -> tuple[tuple[str, str, str], ...]:
    """Address, name, and "page" or "true" for where the member is."""
    entries = [(BOARD, "Home"), *((f"{BOARD}/{name.lower()}", name) for name in ("Queue", "Sources", "Trail"))]
    if who.roles & LOOKERS:
        entries.append((f"{BOARD}/reports", "Reports"))
    if Role.ADMINISTRATOR in who.roles:
        entries.append((f"{BOARD}/members", "Members"))
    entries.append((f"{BOARD}/profile", "Your profile"))
    return tuple((href, name, _here(path, href)) for href, name in entries)


def _here(path: str, href: str) -> str:
    if path == href:
        return "page"
    return "true" if href != BOARD and path.startswith(f"{href}/") else ""
