"""Exchange: two things that changed places in a sentence whose words are otherwise the passage's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bedside.verification.pair import Pair
from bedside.verification.reading import Said
from bedside.verification.verdict import Finding, Verdict

_BETWEEN = frozenset(("than", "versus", "vs", "compar"))
_ALIKE = 0.75


def exchange(pair: Pair) -> Iterator[Finding]:
    """What was said of the one is said of the other ("X A Y B Z" as "X B Y A Z"). A list in another order, with nothing
    between its items, is the same list."""
    if pair.likeness < _ALIKE or _by(pair.claim) != _by(pair.window):  # active and passive change places by right
        return
    if pair.claim.poles() != pair.window.poles():  # "A is higher than B" may be said as "B is lower than A"
        return
    mine, theirs = _common(_sequence(pair.claim), _sequence(pair.window))
    if mine != theirs and _exchanged(mine, theirs):
        message = "two things have changed places"
        yield Finding("direction", Verdict.CONTRADICTED, message, pair.claim.span, pair.window.span, pair.against)


def _by(said: Said) -> int:
    return sum(mark.key == "by" for mark in said.marks)


def _common(mine: Sequence[str], theirs: Sequence[str]) -> tuple[list[str], list[str]]:
    """Both sequences without what the other has not, or not so often."""
    both = Counter(mine) & Counter(theirs)
    return _kept(mine, both), _kept(theirs, both)


def _kept(sequence: Sequence[str], most: Counter[str]) -> list[str]:
    left = Counter(most)
    kept = []
    for key in sequence:
        if left[key]:
            left[key] -= 1
            kept.append(key)
    return kept


def _sequence(said: Said) -> list[str]:
    """Content, words of direction and comparison, and figures, in order."""
    words = [(m.start, m.key) for m in said.marks if not m.general or m.key in _BETWEEN]
    figures = [(f.span.start, f"{f.value.normalize()}") for f in said.figures]
    return [key for _, key in sorted(words + figures)]


def _exchanged(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether two stretches have changed places around one that stayed."""
    first = next(n for n, (a, b) in enumerate(zip(mine, theirs, strict=True)) if a != b)
    last = next(n for n, (a, b) in enumerate(zip(reversed(mine), reversed(theirs), strict=True)) if a != b)
    here, there = list(mine[first : len(mine) - last]), list(theirs[first : len(theirs) - last])
    for head in range(1, len(here)):
        if here[:head] != there[len(there) - head :]:
            continue
        for tail in range(1, len(here) - head):
            between = here[head : len(here) - tail]
            if here[len(here) - tail :] == there[:tail] and between == there[tail : len(there) - head]:
                return bool(_BETWEEN.intersection(between)) or 2 * (head + tail) <= len(mine)
    return False
