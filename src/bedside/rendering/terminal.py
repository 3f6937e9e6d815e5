"""An answer for the terminal. ``rich`` is imported only when something is drawn, for a short cold start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedside.article.article import SectionKey
from bedside.rendering.console import drawn
from bedside.rendering.explain import Part
from bedside.rendering.headings import GLOSSARY, PARAGRAPHS, REFERENCES
from bedside.rendering.markdown import more_line, more_points
from bedside.rendering.view import Block, Line, SectionView, View

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

COLUMNS_FROM = 100
"""From this width on, UK and US stand in two columns."""


def render(seen: View, explanation: tuple[Part, ...] = (), *, width: int = 80, colour: bool = False) -> str:
    """The view as text for a terminal of *width* characters, with colour codes only when ``colour`` is set."""
    return drawn(lambda console, wide: _draw(console, seen, explanation, wide), width=width, colour=colour)


def _draw(console: Console, seen: View, explanation: tuple[Part, ...], width: int) -> None:
    console.print(_text(seen.title, "bold"))
    for section in seen.sections:
        console.print()
        console.print(_section(section, width))
    if seen.hidden:
        console.print()
        console.print(_text(more_line(seen), "dim"))
    _list(console, GLOSSARY, [f"{word}: {meaning}" for word, meaning in seen.glossary])
    _references(console, seen)
    for part in explanation:
        _list(console, part.heading, list(part.lines))
    console.print()
    for line in seen.closing:
        console.print(_text(line))
    console.print(_text(seen.status, "dim"))


def _section(section: SectionView, width: int) -> RenderableType:
    from rich.console import Group
    from rich.panel import Panel

    body = _blocks(section, width)
    if section.folded:
        body.append(_text(more_points(section.folded), "dim"))
    if section.key is SectionKey.RED_FLAGS:
        return Panel(Group(*body), title=_text(section.heading, "bold red"), title_align="left", border_style="red")
    return Group(*([_text(section.heading, "bold")] if section.heading else []), *body)


def _blocks(section: SectionView, width: int) -> list[RenderableType]:
    """Blocks one under the other; a UK and a US block that follow each other side by side where there is room."""
    drawn: list[RenderableType] = []
    waiting = list(section.blocks)
    while waiting:
        block = waiting.pop(0)
        pair = bool(block.jurisdiction and waiting and waiting[0].jurisdiction and waiting[0].label != block.label)
        pair = pair and not waiting[0].topic
        if block.topic:
            drawn += [*([_text("")] if drawn else []), _text(block.topic, "italic")]
        if pair and width >= COLUMNS_FROM:
            drawn.append(_side_by_side(section, block, waiting.pop(0)))
        else:
            drawn.extend(_block(section, block))
    return drawn


def _side_by_side(section: SectionView, left: Block, right: Block) -> Table:
    from rich.console import Group
    from rich.table import Table

    table = Table.grid(expand=True, padding=(0, 2))
    table.add_column(ratio=1)
    table.add_column(ratio=1)
    table.add_row(Group(*_block(section, left)), Group(*_block(section, right)))
    return table


def _block(section: SectionView, block: Block) -> list[RenderableType]:
    drawn: list[RenderableType] = [_text(block.label, "bold cyan")] if block.label else []
    if section.key in PARAGRAPHS:
        drawn.append(_text(" ").join(_line(line) for line in block.lines))
    else:
        drawn.extend(_item("-", _line(line)) for line in block.lines)
    return drawn


def _line(line: Line) -> Text:
    text = _text(line.text)
    if line.mark:
        text.append(f" {line.mark}", style="dim")
    if line.cited:
        text.append(f" {line.cited}", style="cyan")
    return text


def _item(mark: str, text: Text) -> Table:
    """A list item whose further lines are indented under its first."""
    from rich.table import Table

    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column()
    table.add_row(mark, text)
    return table


def _references(console: Console, seen: View) -> None:
    if not seen.references:
        return
    console.print()
    console.print(_text(REFERENCES, "bold"))
    for reference in seen.references:
        text = _text(reference.line)
        if reference.basis:
            text.append(f" ({reference.basis})", style="dim")
        console.print(_item(f"[{reference.number}]", text))


def _list(console: Console, heading: str, lines: list[str]) -> None:
    if lines:
        console.print()
        console.print(_text(heading, "bold"))
        for line in lines:
            console.print(_item("-", _text(line)))


def _text(written: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(_clean(written), style=style)


def _clean(written: str) -> str:
    """The text without control characters, so that a pasted question cannot steer the terminal; any white space (the
    narrow blanks of journals, too) is a blank, so that no two numbers run together."""
    return "".join(" " if sign.isspace() else sign for sign in written if sign.isprintable() or sign.isspace())
