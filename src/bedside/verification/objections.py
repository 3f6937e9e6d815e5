"""What a passage that a sentence was not written from has against it, each a small function on the two."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bedside.verification.agreement import own_share
from bedside.verification.checks.certainty import certainty
from bedside.verification.checks.direction import direction
from bedside.verification.pair import Pair
from bedside.verification.reading import Mark
from bedside.verification.terms import Part
from bedside.verification.verdict import Finding, Verdict

_REACH = 10  # words behind a negation among which is what it denies
_MOST = 0.75  # of a sentence's words that a passage must say to bear it out without a caveat


def objections(pair: Pair, agreeing: int) -> Iterator[Finding]:
    """Everything a passage has against a sentence; ``agreeing`` is how many of their figures agree."""
    denied = tuple(_denied(pair, agreeing))
    yield from denied or direction(pair, 2)
    yield from _barred(pair)
    yield from _figures(pair, agreeing)
    yield from _absolute(pair)
    yield from (f for f in certainty(pair) if f.here.end > f.here.start and "requir" not in pair.mine(f.here))
    yield from _condition(pair)
    yield from _in_part(pair)


def _denied(pair: Pair, agreeing: int) -> Iterator[Finding]:
    """What the passage denies and the sentence says; to deny a proof is to say that the sentence claims too much."""
    said = {mark.key: mark for mark in pair.claim.marks if mark.clause not in pair.claim.denied}
    open_keys = {mark.key for mark in pair.window.marks if mark.clause not in pair.window.denied}
    for place, cue in enumerate(pair.window.marks):
        if not cue.negates or cue.key == "without":  # "without symptoms" is a condition
            continue
        heads = _behind(place, pair)
        common = [m for m in heads if m.key in said and not m.general and (agreeing or not m.role(Part.COMMON))]
        met = [mark for mark in common if mark.key not in open_keys]
        proof = next((mark for mark in heads if mark.role(Part.PROOF)), None)
        if proof is not None and (proof.key in said or (common and proof.key != "exclude")):
            message = f"the passage says {_phrase(cue, proof, pair)!r}"
            yield Finding("denial", Verdict.OVERSTATED, message, there=cue.span, against=pair.against)
        elif met and proof is None and (len(met) > 1 or not _forbids(place, pair)) and _of_its_medicine(pair):
            message = f"the passage says {_phrase(cue, met[0], pair)!r}"
            here = said[met[0].key].span
            yield Finding("denial", Verdict.CONTRADICTED, message, here, cue.span, pair.against)


def _of_its_medicine(pair: Pair) -> bool:
    """Whether the passage speaks of a medicine the sentence is about, where it is about one."""
    mine = {mark.key for mark, _ in pair.claim.of(Part.DRUG)}
    return not mine or not mine.isdisjoint(pair.window.keys)


def _behind(place: int, pair: Pair) -> list[Mark]:
    """What a negation denies: the words behind it in its clause, up to a comma."""
    cue = pair.window.marks[place]
    found: list[Mark] = []
    last = cue
    for mark in pair.window.marks[place + 1 : place + 1 + _REACH]:
        if mark.clause != cue.clause or "," in pair.passage.text[last.end : mark.start]:
            break
        found.append(mark)
        last = mark
    return found


def _forbids(place: int, pair: Pair) -> bool:
    """Whether this is a "do not", which speaks of an action and not of a fact."""
    return place > 0 and pair.window.marks[place - 1].key == "do"


def _phrase(first: Mark, last: Mark, pair: Pair) -> str:
    return pair.passage.text[first.start : last.end]


def _barred(pair: Pair) -> Iterator[Finding]:
    """A medicine that the sentence rules out and the passage uses."""
    used = {mark.key for mark, _ in pair.window.of(Part.DRUG) if mark.clause not in pair.window.denied}
    for cue, mark in pairwise(pair.claim.marks):
        if cue.negates and mark.role(Part.DRUG) and mark.key in used:
            message = f"rules out {pair.mine(mark.span)!r}, which the passage uses"
            yield Finding("medicine", Verdict.OVERSTATED, message, here=mark.span, against=pair.against)


def _in_part(pair: Pair) -> Iterator[Finding]:
    """What the sentence says and the passage does not, where it says most of it."""
    if own_share(pair.claim, pair.window) < _MOST:
        silent = next(mark for mark in pair.claim.content if mark.key not in pair.window.keys)
        message = f"the passage says part of this, and nothing of {pair.mine(silent.span)!r}"
        yield Finding("coverage", Verdict.QUALIFIED, message, here=silent.span, against=pair.against)


def _figures(pair: Pair, agreeing: int) -> Iterator[Finding]:
    """Figures of one unit on both sides of which none agrees."""
    if agreeing:
        return
    for figure in pair.claim.figures:
        rival = next((o for o in pair.window.figures if o.unit and o.unit == figure.unit), None)
        if rival is not None:
            message = f"says {pair.mine(figure.span)!r}, the passage {pair.theirs(rival.span)!r}"
            yield Finding("numbers", Verdict.WRONG_FIGURE, message, figure.span, rival.span, pair.against)
            return


def _absolute(pair: Pair) -> Iterator[Finding]:
    """A word that leaves no room, which the passage has not."""
    theirs = {mark.key for mark, _ in pair.window.of(Part.ABSOLUTE)}
    conditional = any(pair.window.of(Part.CONDITION)) and not any(pair.claim.of(Part.CONDITION))
    for mark, _ in pair.claim.of(Part.ABSOLUTE):
        if mark.key not in theirs or conditional:
            message = f"{pair.mine(mark.span)!r} leaves no room, the passage does"
            yield Finding("certainty", Verdict.OVERSTATED, message, here=mark.span, against=pair.against)
            return


def _condition(pair: Pair) -> Iterator[Finding]:
    """A condition of the passage that the sentence leaves out."""
    if any(pair.claim.of(Part.CONDITION)):
        return
    for mark, _ in pair.window.of(Part.CONDITION):
        message = f"the passage adds a condition ({pair.theirs(mark.span)!r})"
        yield Finding("condition", Verdict.QUALIFIED, message, there=mark.span, against=pair.against)
        return
