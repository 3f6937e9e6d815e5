"""The blocks of a document (headings, paragraphs, lists, tables), and the passages they become.

What a list is introduced with stays with it, because an item alone may say the reverse of what is meant ("Do not give
it to people with:"). A locator is the number of the recommendation where there is one, else heading and count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bedside.ingest.paragraphs import Gathering, recommendation_number

_TABLE_LABEL = re.compile(r"(?:table|box)\s+[\dA-Z]{1,3}(?:\.\d{1,3})?\b", re.IGNORECASE)
_NUMBER_ALONE = re.compile(
    r"(?:(?:recommendation|rec|statement)\.?\s*)?\d{1,3}(?:\.\d{1,3}){0,4}[a-z]?[.:]?", re.IGNORECASE
)


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of tidy text. ``level`` is that of a heading from 1. ``items`` are the items of a list or the rows of
    a table, whose ``text`` is the caption."""

    kind: BlockKind
    text: str = ""
    level: int = 0
    items: tuple[str, ...] = ()


@dataclass(slots=True)
class _Place:
    """Where in the document the next block stands: the headings above it, and the number that stands as a heading."""

    path: list[tuple[int, str]]
    number: str = ""
    number_level: int = 0

    @property
    def heading(self) -> str:
        return " > ".join(title for _, title in self.path)

    def enter(self, block: Block) -> None:
        """Go under a heading. A bare number ("1.3.5") is the number of what follows."""
        if not self.number or block.level <= self.number_level:
            self.number = ""
        if _NUMBER_ALONE.fullmatch(block.text) and ("." in block.text.rstrip(".") or not block.text[0].isdigit()):
            self.number, self.number_level = recommendation_number(block.text) or block.text.rstrip(".:"), block.level
            return
        self.path = [(level, title) for level, title in self.path if level < block.level]
        self.path.append((block.level, block.text.replace("\n", " ").rstrip(":")))


def place(blocks: Iterable[Block], gathering: Gathering) -> None:
    """Add the passages of *blocks* to *gathering*."""
    where = _Place([])
    waiting: Block | None = None  # a paragraph that introduces a list, until it is known whether a list follows
    for block in blocks:
        if waiting is not None and block.kind is BlockKind.LIST:
            _introduced(waiting, block, where, gathering)
            waiting = None
            continue
        if waiting is not None:
            _paragraph(waiting.text, "paragraph", where, gathering)
        waiting = block if block.kind is BlockKind.PARAGRAPH and _introduces(block.text, where) else None
        if waiting is None:
            _alone(block, where, gathering)
    if waiting is not None:
        _paragraph(waiting.text, "paragraph", where, gathering)


def _alone(block: Block, where: _Place, gathering: Gathering) -> None:
    """A block that needs no other."""
    match block.kind:
        case BlockKind.HEADING:
            where.enter(block)
        case BlockKind.PARAGRAPH:
            _paragraph(block.text, "paragraph", where, gathering)
        case BlockKind.LIST:
            for item in block.items:
                _paragraph(item, "item", where, gathering)
        case BlockKind.TABLE:
            _table(block, where, gathering)


def _introduces(text: str, where: _Place) -> bool:
    return text.endswith(":") or bool(where.number or recommendation_number(text))


def _introduced(waiting: Block, block: Block, where: _Place, gathering: Gathering) -> None:
    """A paragraph with the list it introduces; items that are recommendations of their own stand alone."""
    own = [item for item in block.items if recommendation_number(item)]
    joined = [item for item in block.items if not recommendation_number(item)]
    _paragraph("\n".join([waiting.text, *joined]), "paragraph", where, gathering)
    for item in own:
        _paragraph(item, "item", where, gathering)


def _paragraph(text: str, what: str, where: _Place, gathering: Gathering) -> None:
    count = gathering.count(f"{where.heading}, {what}")
    locator = recommendation_number(text) or where.number or _counted(what, count, where)
    gathering.add(locator, text, where.heading)


def _counted(what: str, count: int, where: _Place) -> str:
    """A place by its nearest heading and a count: "Treatment, paragraph 3"."""
    return f"{where.path[-1][1]}, {what} {count}" if where.path else f"{what.capitalize()} {count}"


def _table(block: Block, where: _Place, gathering: Gathering) -> None:
    """A passage a row: a cell says nothing without the head of its column and the rest of its row."""
    count = gathering.count(f"{where.heading}, table")
    label = _TABLE_LABEL.match(block.text)
    name = label[0] if label else _counted("table", count, where)
    gathering.add(f"{name}, caption", block.text, where.heading)
    for number, row in enumerate(block.items, 1):
        gathering.add(f"{name}, row {number}", row, where.heading)


def row_text(headers: list[str], cells: list[str]) -> str:
    """A row as "header: cell; header: cell"; an empty cell is left out, and a header that says the same."""
    written: list[str] = []
    for column, cell in enumerate(cells):
        header = headers[column] if column < len(headers) else ""
        said = f"{header}: {cell}" if header and header != cell else cell
        if cell and said not in written:
            written.append(said)
    return "; ".join(written)
