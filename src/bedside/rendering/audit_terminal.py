"""An audit for the terminal. ``rich`` is imported only when something is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedside.rendering.audit_view import (
    HEADINGS,
    LIMITS,
    SIGNS,
    WEIGHTS,
    Listed,
    MarkedBlock,
    listed,
    marked_text,
    summary,
    title_of,
)
from bedside.rendering.console import drawn
from bedside.verification.article_checks.finding import Weight
from bedside.verification.audit import Audit
from bedside.verification.document import BlockKind
from bedside.verification.verdict import Verdict

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

_STYLES = {
    Verdict.SUPPORTED: "green",
    Verdict.QUALIFIED: "cyan",
    Verdict.OVERSTATED: "yellow",
    Verdict.UNSUPPORTED: "magenta",
    Verdict.WRONG_FIGURE: "red",
    Verdict.CONTRADICTED: "bold red",
    Verdict.NOT_A_CLAIM: "",
}
_WEIGHT_STYLES = {Weight.FAULT: "bold red", Weight.NOTE: "bold yellow", Weight.CORRECT: "bold green"}


def render(audit: Audit, *, width: int = 80, colour: bool = False) -> str:
    """The audit as text for a terminal of *width* characters, with colour codes only when ``colour`` is set."""
    return drawn(lambda console, _: _draw(console, audit), width=width, colour=colour)


def _draw(console: Console, audit: Audit) -> None:
    console.print(_text(title_of(audit), "bold"))
    _heading(console, HEADINGS[0])
    for line in summary(audit):
        console.print(_item("-", _text(line)))
    console.print()
    console.print(_text(LIMITS, "dim"))
    _heading(console, HEADINGS[1])
    _findings(console, audit)
    _heading(console, HEADINGS[2])
    for block in marked_text(audit):
        console.print(_block(block))
    _heading(console, HEADINGS[3])
    for each in listed(audit):
        console.print(_claim(each))


def _findings(console: Console, audit: Audit) -> None:
    if not audit.findings:
        console.print("Nothing was found.")
    for weight, heading in WEIGHTS.items():
        found = [finding for finding in audit.findings if finding.weight is weight]
        if found:
            console.print(_text(heading, _WEIGHT_STYLES[weight]))
            for finding in found:
                console.print(_item("-", _text(finding.message)))


def _block(block: MarkedBlock) -> Text | Table:
    text = _text("")
    for piece in block.pieces:
        if len(text):
            text.append(" ")
        text.append_text(_text(" ".join(piece.text.split()), _STYLES[piece.verdict]))
        if piece.number:
            text.append(f" [{piece.number}: {SIGNS[piece.verdict]}]", style=_STYLES[piece.verdict] or "dim")
    if block.kind is BlockKind.HEADING:
        text.stylize("bold")
    return _item("-", text) if block.kind in (BlockKind.ITEM, BlockKind.ROW) else text


def _claim(each: Listed) -> Table:
    text = _text(each.audited.claim.text)
    text.append("\n")
    text.append_text(_text(each.verdict, _STYLES[each.audited.verdict]))
    text.append_text(_text(f": {each.audited.reason}"))
    if each.against:
        text.append("\n")
        text.append_text(_text(f"Held against {each.against}", "dim"))
    return _item(f"{each.number}.", text)


def _heading(console: Console, heading: str) -> None:
    console.print()
    console.print(_text(heading, "bold"))


def _item(mark: str, text: Text) -> Table:
    """A list item whose further lines are indented under its first."""
    from rich.table import Table

    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column()
    table.add_row(mark, text)
    return table


def _text(written: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(_clean(written), style=style)


def _clean(written: str) -> str:
    """The text without control characters, so that an article cannot steer the terminal."""
    return "".join(" " if sign.isspace() else sign for sign in written if sign.isprintable() or sign.isspace())
