"""What a morning at the board is about: one short answer, and a home in which most of it is signed already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from pathlib import Path

from bedside.board import Board, open_board
from bedside.review.state import Action
from bedside.review.status import shown_items
from bedside.review.workflow import Command
from bedside.settings import Settings

QUESTION = "I have Leber optic neuropathy and low B12"
TOPIC = "vitamin-b12"
PATTERN = f"pattern:{TOPIC}/leber"
WORDED = f"statement:{TOPIC}/certainty-labels"
"""A statement that only the pattern shows; its wording is changed."""
DOSE = f"statement:{TOPIC}/hydroxocobalamin-optic-maintenance-gb"
SOURCE = "nhs-b12-page"
"""A source under the statement, the pattern and two rules."""
KEPT = (PATTERN, WORDED, DOSE)
"""What is signed on the pages, and not beforehand."""


def prepare(home: Path, kept: Collection[str] = KEPT) -> None:
    """Sign everything that the answer needs, but *kept*: as members did on other mornings."""
    with closing(open_board(Settings.load({"BEDSIDE_HOME": str(home)}))) as board:
        answer = board.desk.ask(QUESTION, reader="patient", region="GB")
        approve(board, (item for item in needed(board, shown_items(answer)) if item not in kept))


def approve(board: Board, items: Iterable[str], signers: tuple[str, ...] = ("ruth", "ravi")) -> int:
    """Let the reviewers sign what is not approved; gives how many items."""
    members, count = board.accounts.members(), 0
    for item in items:
        if board.approved(item):
            continue
        count += 1
        for who in signers[: board.policy.signatures(board.item(item))]:
            for action in (Action.CLAIM, Action.APPROVE):
                seal = board.snapshot.seal(item)
                board.act(members[who], Command(action, item, board.standing(item).revision, seal=seal))
    return count


def needed(board: Board, items: Iterable[str]) -> Iterator[str]:
    """The items and everything they need, what is needed first, each once."""
    found: dict[str, None] = {}

    def add(item: str) -> None:
        for each in board.item(item).needs:
            add(each)
        found.setdefault(item)

    for item in items:
        add(item)
    return iter(found)
