"""Quotation: the words between the marks stand character for character at the named place of the named passage."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from bedside.article.article import Sentence
from bedside.article.literature import CLOSING, OPENING, labelled
from bedside.evidence.gather import Evidence
from bedside.evidence.passage import Passage
from bedside.evidence.source import Source, SourceStatus
from bedside.evidence.statement import Basis, Citation
from bedside.text.matching import UnitTokens
from bedside.text.sentences import sentences
from bedside.verification.figures import claim_figures, frame_figures
from bedside.verification.polarity import negations
from bedside.verification.verdict import Finding, Verdict

_TEMPLATES = {"clinical": 0, "plain": 1, "carer": 2}
_QUALIFIED = {
    SourceStatus.SUPERSEDED: "is superseded by {newer}",
    SourceStatus.CONCERN: "has an expression of concern against it",
}


def quotation(sentence: Sentence, wording: str, evidence: Evidence, units: UnitTokens) -> Iterator[Finding]:
    """What is wrong with one wording of a sentence that quotes a passage; nothing where it stands."""
    passage = evidence.passage(sentence.passage)
    if passage is None:
        yield _unsupported(f"no passage {sentence.passage!r}", sentence)
        return
    source = evidence.source(passage.source)
    if source is None:
        yield _unsupported(f"no source {passage.source!r}", sentence)
        return
    yield from _origin(sentence, passage, source)
    yield from _place(sentence, passage)
    template = _template(sentence, wording)
    yield from frame_figures(template, units)
    yield from _words(getattr(sentence, wording), labelled(template, source, passage), sentence, passage, units)


def _origin(sentence: Sentence, passage: Passage, source: Source) -> Iterator[Finding]:
    """The passage is the one that was loaded, of a source that stands, and is what the sentence cites."""
    if passage.id != sentence.passage or hashlib.sha256(passage.text.encode()).hexdigest() != passage.sha256:
        yield _unsupported("the passage is not the text that was loaded", sentence)
    if sentence.statement or sentence.basis is not Basis.VERBATIM:
        yield _unsupported("a quotation is nothing but the words of its passage", sentence)
    if sentence.citations != (Citation(passage.source, passage.locator),):
        yield _unsupported("cites something else than its passage", sentence)
    if source.status is SourceStatus.RETRACTED:
        yield Finding("currency", Verdict.UNSUPPORTED, f"{source.key} is retracted", against=passage.id)
    elif source.status in _QUALIFIED:
        message = _QUALIFIED[source.status].format(newer=source.superseded_by or "a newer version")
        yield Finding("currency", Verdict.QUALIFIED, f"{source.key} {message}", against=passage.id)


def _place(sentence: Sentence, passage: Passage) -> Iterator[Finding]:
    """The place holds whole sentences."""
    spans = sentences(passage.text)
    if sentence.quoted.start not in {s.start for s in spans} or sentence.quoted.end not in {s.end for s in spans}:
        yield _unsupported("the quotation begins or ends inside a sentence", sentence)


def _words(text: str, label: str, sentence: Sentence, passage: Passage, units: UnitTokens) -> Iterator[Finding]:
    """The text is the label of its source and the quoted words, and not a character else."""
    original = sentence.quoted.of(passage.text)
    before = f"{label} {OPENING}" if label else OPENING
    if not original.strip() or not text.startswith(before):
        yield _unsupported("does not begin with the label of its source and a quotation mark", sentence)
        return
    if text == f"{before}{original}{CLOSING}":
        return
    said = text.removeprefix(before).removesuffix(CLOSING)
    yield _unsupported("is not word for word in its passage", sentence)
    yield from claim_figures(said, original, units, passage.id)
    if negations(said) != negations(original):
        yield Finding("polarity", Verdict.CONTRADICTED, "a negation was added or dropped", against=passage.id)


def _template(sentence: Sentence, wording: str) -> str:
    """The label of one wording before its slots were filled."""
    templates = sentence.template.split("\n")
    return templates[_TEMPLATES[wording]] if len(templates) == len(_TEMPLATES) else ""


def _unsupported(message: str, sentence: Sentence) -> Finding:
    return Finding("quotation", Verdict.UNSUPPORTED, message, against=sentence.passage)
