"""The reference list of a document: where it stands, and its entries."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bedside.text.span import Span
from bedside.verification.document import Block, BlockKind, Document

_HEADING = re.compile(
    r"\W*(?:\d{1,2}[.)]?\s+)?(?:(?:key |selected |cited |main )?references?(?: list)?|bibliography|"
    r"sources?(?: cited)?|citations?|"
    r"(?:literature|works) cited|further sources|footnotes?|endnotes?)\W*",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\b(?:disclaimer|follow[- ]up question|about (?:us|the authors?|this)|related|comments?|share|"
    r"acknowledge?ments?|"
    r"funding|conflicts?|competing|copyright|licen[cs]e|contact|subscribe|disclosures?|author (?:information|"
    r"details)|"
    r"contributors|appendix|terms of|privacy)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\W*(?:(?:clinical |practice |professional )?guidelines?|research|(?:systematic |narrative |"
    r"literature )?reviews?|"
    r"meta-?analysis|(?:randomi[sz]ed )?(?:controlled |clinical )?trials?|(?:drug |product |"
    r"fda drug )?labels?|praxis|"
    r"books?|textbooks?|web ?(?:site|page)s?|stud(?:y|ies)|articles?|journal articles?|reports?|case reports?|"
    r"consensus(?: statement)?|regulator|news|database|other)\W*",
    re.IGNORECASE,
)
_LEAST_LABELS = 2


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry. ``place`` counts from 1, ``number`` is that printed before it (0: none), ``label`` the kind the list
    prints over it ("Guideline"), ``lines`` its lines."""

    place: int
    number: int
    label: str
    lines: tuple[str, ...]
    span: Span

    @property
    def text(self) -> str:
        """The entry on one line, without its label."""
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """The entries, and the blocks of the document that are the list: from its heading to the block before ``last``."""

    references: tuple[Reference, ...] = ()
    first: int = 0
    last: int = 0

    @property
    def numbered(self) -> bool:
        """Whether the list prints a number before each entry."""
        return bool(self.references) and all(reference.number for reference in self.references)


def reference_list(document: Document) -> ReferenceList:
    """The list under the last heading that names one; without entries where there is none."""
    blocks = document.blocks
    heads = [
        place
        for place, block in enumerate(blocks)
        if block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH)
        and _HEADING.fullmatch(block.span.of(document.text).strip().rstrip(":"))
    ]
    if not heads:
        return ReferenceList()
    head = heads[-1]
    last = next((at for at in range(head + 1, len(blocks)) if _ends(document, blocks[head], blocks[at])), len(blocks))
    return ReferenceList(_entries(document, blocks[head + 1 : last]), head, last)


def _ends(document: Document, head: Block, block: Block) -> bool:
    """Whether a heading after the list begins something else."""
    if block.kind is not BlockKind.HEADING:
        return False
    text = block.span.of(document.text)
    # The headings of plain text are known by their shape alone, and titles of references have the same shape.
    ranked = head.kind is BlockKind.HEADING and head.level != block.level and block.level < head.level
    return (ranked or _AFTER.search(text) is not None) and _LABEL.fullmatch(text) is None


def _entries(document: Document, blocks: tuple[Block, ...]) -> tuple[Reference, ...]:
    text = document.text
    labels = sum(_LABEL.fullmatch(block.span.of(text)) is not None for block in blocks)
    numbered = sum(block.number > 0 for block in blocks)
    groups: list[list[Block]] = []
    for block in blocks:
        is_label = _LABEL.fullmatch(block.span.of(text)) is not None
        if labels >= _LEAST_LABELS and not numbered:
            begins = is_label
        elif numbered:
            begins = block.number > 0
        else:
            begins = block.kind is not BlockKind.HEADING
        if begins:
            groups.append([block])
        elif groups:
            groups[-1].append(block)
    return tuple(_reference(text, place, group) for place, group in enumerate(groups, 1))


def _reference(text: str, place: int, group: list[Block]) -> Reference:
    first = group[0].span.of(text).strip()
    labelled = len(group) > 1 and _LABEL.fullmatch(first) is not None
    body = group[1:] if labelled else group
    lines = tuple(" ".join(line.split()) for block in body for line in block.span.of(text).split("\n") if line.strip())
    span = Span(group[0].span.start, group[-1].span.end)
    return Reference(place, group[0].number, first if labelled else "", lines, span)
