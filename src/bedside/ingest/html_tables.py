"""Tables of HTML as rows under their column heads, with cells that span rows and columns put where they are seen.

A table of doses read with its spans ignored puts a dose under the wrong head.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MOST_COLUMNS = 200
MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class _Cell:
    """What one cell says. ``number`` tells it from others that say the same; a spanning cell keeps its number."""

    text: str
    is_head: bool
    number: int


_EMPTY = _Cell("", is_head=False, number=-1)
_Grid = list[list[_Cell]]
_DIGITS = 5


def table_rows(table: LexborNode, text_of: Callable[[LexborNode], str]) -> Iterator[tuple[list[str], list[str]]]:
    """Each row as the heads of its columns and its cells. A cell that spans rows stands in each of them.

    Heads are the rows of ``thead``, or else the rows at the top that hold head cells only. A row of one cell over the
    whole width is a heading inside the table and stands before the rows beneath it; with none beneath, it is a row.
    """
    grid = _grid(table, text_of)
    heads = _count_heads(table, grid)
    width = max((len(row) for row in grid), default=0)
    columns = ([row[column].text for row in grid[:heads] if column < len(row)] for column in range(width))
    headers = [" ".join(dict.fromkeys(filter(None, column))) for column in columns]
    group, waiting = "", False
    for row in grid[heads:]:
        if width > 1 and len(row) == width and len({cell.number for cell in row}) == 1:
            if waiting:
                yield [], [group]
            group, waiting = row[0].text, True
            continue
        cells = [cell.text for cell in row]
        yield (["", *headers], [group, *cells]) if group else (headers, cells)
        waiting = False
    if waiting:
        yield [], [group]


def _count_heads(table: LexborNode, grid: _Grid) -> int:
    head = table.css_first("thead")
    if head is not None and (rows := len(head.css("tr"))):
        return rows
    count = 0
    for row in grid[:-1]:
        if not row or not all(cell.is_head for cell in row):
            break
        count += 1
    return count


def _grid(table: LexborNode, text_of: Callable[[LexborNode], str]) -> _Grid:
    """The cells by row and column as they are seen. Rows of tables inside a cell are part of that cell."""
    grid: _Grid = []
    above: dict[int, tuple[int, _Cell]] = {}  # column: how many rows a cell from above still reaches, and the cell
    number = 0
    for row in table.css("tr"):
        if not _is_own(row, table) or len(grid) >= MOST_ROWS:
            continue
        cells: list[_Cell] = []
        below: dict[int, tuple[int, _Cell]] = {}
        for node in row.iter():
            if node.tag not in ("td", "th"):
                continue
            _take(above, below, cells)
            number += 1
            cell = _Cell(text_of(node), node.tag == "th", number)
            down = _span(node, "rowspan", MOST_ROWS)
            for _ in range(min(_span(node, "colspan", MOST_COLUMNS), MOST_COLUMNS - len(cells))):
                if down > 1:
                    below[len(cells)] = (down - 1, cell)
                cells.append(cell)
        while above:
            _take(above, below, cells)
            if above:
                cells.append(_EMPTY)
        grid.append(cells)
        above = below
    return grid


def _take(above: dict[int, tuple[int, _Cell]], below: dict[int, tuple[int, _Cell]], cells: list[_Cell]) -> None:
    """Add the cells from above that stand at the next columns of this row."""
    while (column := len(cells)) in above:
        left, cell = above.pop(column)
        cells.append(cell)
        if left > 1:
            below[column] = (left - 1, cell)


def _is_own(row: LexborNode, table: LexborNode) -> bool:
    parent = row.parent
    while parent is not None and parent.tag != "table":
        parent = parent.parent
    return parent is not None and parent.mem_id == table.mem_id


def _span(cell: LexborNode, name: str, most: int) -> int:
    """How many rows or columns a cell spans; 0 means as many as there are."""
    written = (cell.attributes.get(name) or "").strip()
    if not written.isdecimal():
        return 1
    return min(int(written), most) or most if len(written) <= _DIGITS else most
