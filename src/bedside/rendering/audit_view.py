"""What every rendering of an audit shows: the summary, the text in marked pieces, and the list. It chooses no word of
medicine itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bedside.text.span import Span
from bedside.verification.article_checks.finding import Weight
from bedside.verification.audit import Audit, AuditedClaim
from bedside.verification.document import Block, BlockKind
from bedside.verification.verdict import Verdict

VERDICTS: dict[Verdict, str] = {
    Verdict.SUPPORTED: "supported",
    Verdict.QUALIFIED: "supported with a caveat",
    Verdict.OVERSTATED: "stronger than its source",
    Verdict.UNSUPPORTED: "not supported",
    Verdict.WRONG_FIGURE: "number or unit wrong",
    Verdict.CONTRADICTED: "contradicted",
}
NOTHING_FOUND = "nothing found in the library"
SIGNS: dict[Verdict, str] = {
    Verdict.SUPPORTED: "ok",
    Verdict.QUALIFIED: "caveat",
    Verdict.OVERSTATED: "too strong",
    Verdict.UNSUPPORTED: "?",
    Verdict.WRONG_FIGURE: "number",
    Verdict.CONTRADICTED: "wrong",
}
WEIGHTS: dict[Weight, str] = {
    Weight.FAULT: "Faults",
    Weight.NOTE: "To look at",
    Weight.CORRECT: "Recomputed, and correct",
}
_WORST_FIRST = (
    Verdict.CONTRADICTED,
    Verdict.WRONG_FIGURE,
    Verdict.OVERSTATED,
    Verdict.UNSUPPORTED,
    Verdict.QUALIFIED,
    Verdict.SUPPORTED,
)
HEADINGS = ("Summary", "The article against itself", "The text", "The claims")
LIMITS = (
    "A machine held each claim against the library of this computer; nothing else was consulted. "
    "Not supported means that nothing there bears it out, not that it is false. No clinician has reviewed this audit."
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; ``number`` is that of the claim it is, 0 for text between claims."""

    text: str
    number: int = 0
    verdict: Verdict = Verdict.NOT_A_CLAIM


@dataclass(frozen=True, slots=True)
class MarkedBlock:
    """A block of the document in pieces."""

    kind: BlockKind
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A claim of the list: its number, its words, the verdict in words, the reason, and what it was held against."""

    number: int
    audited: AuditedClaim
    verdict: str

    @property
    def against(self) -> str:
        """Where the passage comes from and its words; "" where nothing was found."""
        held = self.audited.against
        if held is None:
            return ""
        source = " ".join(held.source.split())
        words = " ".join(held.text.split())
        return f"{source}: {words}" if source else f"{held.id}: {words}"


def title_of(audit: Audit) -> str:
    """The heading of an audit."""
    return f"Audit of {audit.document.name or 'the text given'}"


def verdict_words(audited: AuditedClaim) -> str:
    """A verdict as a reader is told it."""
    if audited.verdict is Verdict.UNSUPPORTED and audited.against is None:
        return NOTHING_FOUND
    return VERDICTS[audited.verdict]


def summary(audit: Audit) -> tuple[str, ...]:
    """The audit in a few lines: how many claims, each verdict worst first with the numbers of its claims, findings."""
    claims = listed(audit)
    lines = [f"{_count(len(claims), 'claim')} checked in {_count(len(audit.claims), 'piece')} of text."]
    for verdict in _WORST_FIRST:
        for words in dict.fromkeys(each.verdict for each in claims if each.audited.verdict is verdict):
            numbers = [str(each.number) for each in claims if each.audited.verdict is verdict and each.verdict == words]
            lines.append(f"{words[:1].upper()}{words[1:]}: {len(numbers)} (claims {', '.join(numbers)}).")
    faults, notes = audit.weights[Weight.FAULT], audit.weights[Weight.NOTE]
    lines.append(f"The article against itself: {_count(faults, 'fault')}, {_count(notes, 'point')} to look at.")
    return tuple(lines)


def listed(audit: Audit) -> tuple[Listed, ...]:
    """Every checked claim with its number, in the order of the text."""
    return tuple(Listed(number, each, verdict_words(each)) for number, each in enumerate(audit.checked, 1))


def marked_text(audit: Audit) -> Iterator[MarkedBlock]:
    """The whole text, block by block, with each checked claim a piece of its own."""
    claims = listed(audit)
    for block in audit.document.blocks:
        yield MarkedBlock(block.kind, tuple(_pieces(audit.document.text, block, claims)))


def _pieces(text: str, block: Block, claims: tuple[Listed, ...]) -> Iterator[Piece]:
    at = block.span.start
    for each in claims:
        span = each.audited.claim.span
        if not block.span.start <= span.start < block.span.end:
            continue
        if at < span.start:
            yield Piece(Span(at, span.start).of(text))
        yield Piece(span.of(text), each.number, each.audited.verdict)
        at = span.end
    if at < block.span.end:
        yield Piece(Span(at, block.span.end).of(text))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
