"""An answer as Markdown: headings, lists, numbered references."""

from __future__ import annotations

import re

from bedside.rendering.explain import Part
from bedside.rendering.headings import GLOSSARY, PARAGRAPHS, REFERENCES
from bedside.rendering.view import Block, Line, SectionView, View

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
_ADDRESS = re.compile(r"https?://[^<>\s]+")


def render(seen: View, explanation: tuple[Part, ...] = ()) -> str:
    """The view as CommonMark, ending in a line break; ``explanation`` is added as sections of its own."""
    pieces = [f"# {_safe(seen.title)}", *map(_section, seen.sections)]
    if seen.hidden:
        pieces.append("*" + more_line(seen) + "*")
    if seen.glossary:
        pieces.append(f"## {GLOSSARY}\n\n" + "\n".join(f"- **{_safe(w)}**: {_safe(m)}" for w, m in seen.glossary))
    if seen.references:
        pieces.append(f"## {REFERENCES}\n\n" + "\n".join(_references(seen)))
    pieces.extend(_part(part) for part in explanation)
    pieces.append("---\n\n" + "\n\n".join(map(_safe, (*seen.closing, seen.status))))
    return "\n\n".join(pieces) + "\n"


def more_line(seen: View) -> str:
    """Which sections are folded away whole, and how to see them."""
    inside = ", ".join(f"{heading} ({count})" for heading, count in seen.hidden)
    return f"More with --full: {inside}"


def more_points(count: int) -> str:
    """How many sentences of a section are folded away, and how to see them."""
    return f"{count} more {'point' if count == 1 else 'points'}: --full"


def _section(section: SectionView) -> str:
    pieces = [f"## {section.heading}"] if section.heading else []
    pieces.extend(_block(section, block) for block in section.blocks)
    if section.folded:
        pieces.append(f"*{more_points(section.folded)}*")
    return "\n\n".join(pieces)


def _block(section: SectionView, block: Block) -> str:
    lines = [_line(line) for line in block.lines]
    body = " ".join(lines) if section.key in PARAGRAPHS else "\n".join(f"- {line}" for line in lines)
    topic = f"*{_safe(block.topic)}*\n\n" if block.topic else ""
    return f"{topic}**{block.label}**\n\n{body}" if block.label else f"{topic}{body}"


def _line(line: Line) -> str:
    mark = f" *{_safe(line.mark)}*" if line.mark else ""
    cited = f" {line.cited}" if line.cited else ""
    return f"{_safe(line.text)}{mark}{cited}"


def _references(seen: View) -> list[str]:
    return [
        f"{ref.number}. {_linked(ref.line)}" + (f" *{_safe(ref.basis)}*" if ref.basis else "")
        for ref in seen.references
    ]


def _part(part: Part) -> str:
    return f"## {part.heading}\n\n" + "\n".join(f"- {_safe(line)}" for line in part.lines)


def _linked(text: str) -> str:
    """The text with its addresses as links."""
    return " ".join(_link(word) if _ADDRESS.match(word) else _safe(word) for word in text.split())


def _link(word: str) -> str:
    address = word.rstrip(".,;")
    return f"<{address}>{word[len(address) :]}"


def _safe(text: str) -> str:
    """The text with the signs that Markdown would read as its own made plain, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
