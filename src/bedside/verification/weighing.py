"""Weighing: what a library of statements and passages says of a sentence written elsewhere.

Such a sentence was not written from them, so its words differ. The passages that speak most to it decide. A passage
that denies it or says the opposite comes first, unless another one says it figure by figure; then a figure that
differs, then what it says too strongly. A sentence no passage speaks to is not found, never refuted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from bedside.facts.units import Units
from bedside.text.matching import Figure
from bedside.verification.checks.certainty import certainty
from bedside.verification.checks.direction import direction
from bedside.verification.checks.numbers import same_figure
from bedside.verification.judging import Judgement, Overall, judge, reason_of
from bedside.verification.pair import Pair, best_window
from bedside.verification.reading import Mark, Reading, Said, as_one, read
from bedside.verification.terms import Part, Terms
from bedside.verification.verdict import Finding, Verdict

_SPEAKS = 0.25
"""How much of the shorter of two texts the other must share before one speaks to the other."""

_NEARLY = 0.6
"""Passages that speak nearly as much to a sentence as the best decide with it."""

_COMMON = 0.35  # what a word tells that nearly every sentence on the subject has
_OWN = 0.25  # of the words of its own that a sentence has, a passage that speaks to it has so many
_SMOOTHING = 1.0
_FIGURE = 0.8  # what a figure that agrees tells, in words
_REACH = 10  # words behind a negation among which is what it denies
_SAME_FIGURES = 2  # figures that agree make a passage say the same thing
_MOST = 0.75  # of a sentence's words that a passage must say to bear it out without a caveat
_OUTRIGHT = 0.9  # of its content in one place of a passage: the passage has the sentence as it is
_ENOUGH = 5  # words and figures that make a sentence which can be recognised
_SHORT = 3  # sentences; a longer passage speaks by the one that fits best
_LEAST_OWN = 2
_SAYS = 0.4  # of a sentence's words a passage must say to support it
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
    claimed = as_one(said)
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
    exact = [each for each in deciding if each.figures >= _SAME_FIGURES]
    if any(each.figures for each in deciding):
        deciding = [each for each in deciding if each.judgement.verdict is not Verdict.WRONG_FIGURE]
    decided = min(exact or deciding, key=lambda each: (_ORDER.index(each.judgement.verdict), -each.speaks, each.name))
    return Overall(decided.judgement.verdict, decided.judgement, decided.name, reason_of(decided.judgement))


def _stated(claim: str, passages: Sequence[tuple[str, str]], terms: Terms) -> tuple[str, Judgement] | None:
    """The first passage on which the sentence may stand as it is; a few words stand in many, and say little."""
    if sum(len(each.content) + len(each.figures) for each in read(claim, terms).sentences) < _ENOUGH:
        return None
    for name, text in passages:
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
    window = as_one(there) if len(there.sentences) <= _SHORT else best_window(claim, there)
    pair = Pair(said, claim, there, window, terms, name)
    agreeing = _agreeing(pair)
    speaks = _speaks(pair.claim, pair.window, agreeing)
    if speaks < _SPEAKS:
        return None
    findings = tuple(_findings(pair, agreeing))
    verdict = min((f.verdict for f in findings), key=_ORDER.index, default=Verdict.SUPPORTED)
    if verdict in _STANDING and agreeing < _SAME_FIGURES and not _says(pair, agreeing):
        verdict = Verdict.UNSUPPORTED  # it speaks of the same things and does not say this
    return _Weighed(name, speaks, agreeing, Judgement(verdict, findings, pair.coverage))


def _says(pair: Pair, agreeing: int) -> bool:
    """Whether a passage says enough of a sentence to bear it out: two words of its own, or one and a figure."""
    own = {mark.key for mark in pair.claim.content if not mark.role(Part.COMMON)}
    return len(own & pair.window.keys) + agreeing >= _LEAST_OWN and _own_share(pair.claim, pair.window) >= _SAYS


def _own_share(claim: Said, window: Said) -> float:
    """The share of the sentence's weight that the passage says."""
    weights = _weights(claim)
    return sum(weight for key, weight in weights.items() if key in window.keys) / sum(weights.values())


def _agreeing(pair: Pair) -> int:
    """How many figures of the passage the sentence has, too; one said in two units counts once."""
    units = pair.terms.units
    return sum(
        any(same_figure(figure, other, units) or _within(figure, other, units) for figure in pair.claim.figures)
        for other in pair.window.figures
    )


def _within(figure: Figure, other: Figure, units: Units) -> bool:
    """Whether one number lies inside a range or limit of the passage in the same unit."""
    factor = units.factor(figure.unit, other.unit) if figure.unit and other.unit else None
    if factor is None or figure.upper is not None or figure.sign != "=":
        return False
    value = Fraction(figure.value) * factor
    if other.upper is not None:
        return other.value <= value <= other.upper
    return (other.sign in (">", ">=") and value >= other.value) or (other.sign in ("<", "<=") and value <= other.value)


def _speaks(claim: Said, window: Said, agreeing: int) -> float:
    """The weight of what both say by the weight of the shorter; 0 where they share common words only."""
    mine, theirs = _weights(claim), _weights(window)
    shared = mine.keys() & theirs.keys()
    own = [key for key, weight in mine.items() if weight == 1]
    if sum(key in shared for key in own) < (1 if agreeing else max(1, _OWN * len(own))):
        return 0.0
    least = min(sum(mine.values()), sum(theirs.values()))
    return (sum(mine[key] for key in shared) + _FIGURE * agreeing) / (least + _SMOOTHING)


def _weights(said: Said) -> dict[str, float]:
    return {mark.key: _COMMON if mark.role(Part.COMMON) else 1.0 for mark in said.content}


def _findings(pair: Pair, agreeing: int) -> Iterator[Finding]:
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
        if mark.clause != cue.clause or "," in pair.passage.text[last.span.end : mark.span.start]:
            break
        found.append(mark)
        last = mark
    return found


def _forbids(place: int, pair: Pair) -> bool:
    """Whether this is a "do not", which speaks of an action and not of a fact."""
    return place > 0 and pair.window.marks[place - 1].key == "do"


def _phrase(first: Mark, last: Mark, pair: Pair) -> str:
    return pair.passage.text[first.span.start : last.span.end]


def _barred(pair: Pair) -> Iterator[Finding]:
    """A medicine that the sentence rules out and the passage uses."""
    used = {mark.key for mark, _ in pair.window.of(Part.DRUG) if mark.clause not in pair.window.denied}
    for cue, mark in pairwise(pair.claim.marks):
        if cue.negates and mark.role(Part.DRUG) and mark.key in used:
            message = f"rules out {pair.mine(mark.span)!r}, which the passage uses"
            yield Finding("medicine", Verdict.OVERSTATED, message, here=mark.span, against=pair.against)


def _in_part(pair: Pair) -> Iterator[Finding]:
    """What the sentence says and the passage does not, where it says most of it."""
    if _own_share(pair.claim, pair.window) < _MOST:
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
