"""Weighing: what a library of statements and passages says of a sentence written elsewhere.

Such a sentence was not written from them, so its words differ. The passages that speak most to it decide. A passage
that denies it or says the opposite comes first, unless another one says it figure by figure; then a figure that
differs, then what it says too strongly. A sentence no passage speaks to is not found, never refuted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bedside.verification.agreement import SAME_FIGURES, figures_agreeing, says_enough, speaks_to
from bedside.verification.judging import Judgement, Overall, judge, reason_of
from bedside.verification.objections import objections
from bedside.verification.pair import Pair, best_window, covered
from bedside.verification.reading import Reading, Said, read
from bedside.verification.terms import Terms
from bedside.verification.verdict import Finding, Verdict

_SPEAKS = 0.25
"""How much of the shorter of two texts the other must share before one speaks to the other."""

_NEARLY = 0.6
"""Passages that speak nearly as much to a sentence as the best decide with it."""

_OUTRIGHT = 0.9  # of its content in one place of a passage: the passage has the sentence as it is
_ENOUGH = 5  # words and figures that make a sentence which can be recognised
_SHORT = 3  # sentences; a longer passage speaks by the one that fits best
_STANDING = (Verdict.SUPPORTED, Verdict.QUALIFIED)
_ORDER = (Verdict.CONTRADICTED, Verdict.WRONG_FIGURE, Verdict.OVERSTATED, *_STANDING, Verdict.UNSUPPORTED)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """``speaks`` is how much a passage speaks to the sentence, ``figures`` how many of its figures agree."""

    name: str
    speaks: float
    figures: int
    judgement: Judgement


def weigh(claim: str, passages: Sequence[tuple[str, str]], terms: Terms) -> Overall:
    """The verdict of passages, each an id and a text, on a sentence that was not written from them."""
    said = read(claim, terms)
    if not said.sentences:
        nothing = Judgement(Verdict.NOT_A_CLAIM, (), 0.0)
        return Overall(Verdict.NOT_A_CLAIM, nothing, "", "It says nothing that can be checked.")
    claimed = said.whole
    weighed = [found for name, text in passages if (found := _weighed(name, said, claimed, text, terms)) is not None]
    too_much = {each.name for each in weighed if each.judgement.verdict is Verdict.OVERSTATED}
    if (stated := _stated(claim, passages, terms)) is not None and stated[0] not in too_much:
        against = next(
            (w for w in weighed if w.judgement.verdict is Verdict.CONTRADICTED and w.name != stated[0]), None
        )
        return _said_outright(*stated, against)
    best = max((each.speaks for each in weighed), default=0.0)
    deciding = [each for each in weighed if each.speaks >= _NEARLY * best]
    if not deciding:
        nothing = Judgement(Verdict.UNSUPPORTED, (), best)
        return Overall(Verdict.UNSUPPORTED, nothing, "", "Nothing in the library speaks to it.")
    exact = [each for each in deciding if each.figures >= SAME_FIGURES]
    if any(each.figures for each in deciding):
        deciding = [each for each in deciding if each.judgement.verdict is not Verdict.WRONG_FIGURE]
    decided = min(exact or deciding, key=lambda each: (_ORDER.index(each.judgement.verdict), -each.speaks, each.name))
    return Overall(decided.judgement.verdict, decided.judgement, decided.name, reason_of(decided.judgement))


def _stated(claim: str, passages: Sequence[tuple[str, str]], terms: Terms) -> tuple[str, Judgement] | None:
    """The first passage on which the sentence may stand as it is; a few words stand in many, and say little."""
    said = read(claim, terms)
    if sum(each.content_keys.total() + len(each.figures) for each in said.sentences) < _ENOUGH:
        return None
    for name, text in passages:
        if claim.strip() != text.strip() and covered(said, read(text, terms)) < _OUTRIGHT:
            continue
        judged = judge(claim, text, terms, name)
        if judged.verdict in _STANDING and judged.coverage >= _OUTRIGHT:
            return name, judged
    return None


def _said_outright(name: str, judged: Judgement, against: _Weighed | None) -> Overall:
    """A sentence that a passage has as it is; another one that says otherwise makes it a matter of dispute."""
    if against is None:
        return Overall(judged.verdict, judged, name, reason_of(judged))
    finding = Finding("dispute", Verdict.QUALIFIED, f"{against.name} says otherwise", against=against.name)
    disputed = Judgement(Verdict.QUALIFIED, (finding, *judged.findings), judged.coverage)
    return Overall(Verdict.QUALIFIED, disputed, name, reason_of(disputed))


def _weighed(name: str, said: Reading, claim: Said, text: str, terms: Terms) -> _Weighed | None:
    there = read(text, terms)
    if not there.sentences:
        return None
    window = there.whole if len(there.sentences) <= _SHORT else best_window(claim, there)
    pair = Pair(said, claim, there, window, terms, name)
    agreeing = figures_agreeing(pair)
    speaks = speaks_to(claim, window, agreeing)
    if speaks < _SPEAKS:
        return None
    findings = tuple(objections(pair, agreeing))
    verdict = min((f.verdict for f in findings), key=_ORDER.index, default=Verdict.SUPPORTED)
    if verdict in _STANDING and agreeing < SAME_FIGURES and not says_enough(pair, agreeing):
        verdict = Verdict.UNSUPPORTED  # it speaks of the same things and does not say this
    return _Weighed(name, speaks, agreeing, Judgement(verdict, findings, pair.coverage))
