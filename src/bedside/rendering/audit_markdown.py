"""An audit as Markdown: the summary, the article against itself, the text with marks, the list."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
from bedside.verification.audit import Audit
from bedside.verification.document import BlockKind

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
_ORDINAL = re.compile(r"^(\d{1,9})([.)])(?=\s)")
_BULLET = re.compile(r"^([+-])(?=\s)")
_PREFIX = {BlockKind.HEADING: "### ", BlockKind.ITEM: "- ", BlockKind.ROW: "- ", BlockKind.PARAGRAPH: ""}


def render(audit: Audit) -> str:
    """The audit as CommonMark, ending in a line break."""
    pieces = [
        f"# {_safe(title_of(audit))}",
        f"## {HEADINGS[0]}",
        "\n".join(f"- {line}" for line in map(_safe, summary(audit))),
    ]
    pieces += [_safe(LIMITS), f"## {HEADINGS[1]}", *_findings(audit)]
    pieces += [f"## {HEADINGS[2]}", *map(_block, marked_text(audit))]
    pieces += [f"## {HEADINGS[3]}", *map(_claim, listed(audit))]
    return "\n\n".join(pieces) + "\n"


def _findings(audit: Audit) -> Iterator[str]:
    for weight, heading in WEIGHTS.items():
        found = [finding for finding in audit.findings if finding.weight is weight]
        if found:
            yield f"**{heading}**"
            yield "\n".join(f"- {_safe(finding.message)}" for finding in found)
    if not audit.findings:
        yield "Nothing was found."


def _block(block: MarkedBlock) -> str:
    parts = []
    for piece in block.pieces:
        written = _safe(piece.text)
        if piece.number:
            parts.append(f"{written} **[{piece.number}: {SIGNS[piece.verdict]}]**")
        elif written:
            parts.append(written)
    return _PREFIX[block.kind] + " ".join(parts)


def _claim(each: Listed) -> str:
    lines = [
        f"**{each.number}.** {_safe(each.audited.claim.text)}",
        f"- **{each.verdict}**: {_safe(each.audited.reason)}",
    ]
    if each.against:
        lines.append(f"- Held against: {_safe(each.against)}")
    return "\n".join([lines[0], "", *lines[1:]])


def _safe(text: str) -> str:
    """The text on one line, with the signs that Markdown would read as its own made plain."""
    plain = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _BULLET.sub(r"\\\1", _ORDINAL.sub(r"\1\\\2", plain))
