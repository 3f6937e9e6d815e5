"""Direction: more stays more, better stays better, and what is compared keeps its side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bedside.verification.pair import Pair
from bedside.verification.reading import Mark, Said
from bedside.verification.terms import Part, Role
from bedside.verification.verdict import Finding, Verdict

_NEAR = 4  # words on either side of a word of direction that say what it is about
_ALIKE = 0.8
_PARTY = 3  # words that name one side of a comparison
_THAN = frozenset(("than", "versus", "vs"))
_THAN_PAIRS = frozenset(("with", "to"))
_COMPARING = _THAN | _THAN_PAIRS


def direction(pair: Pair, least: int = 1) -> Iterator[Finding]:
    """A word of direction whose counterpart in the passage points the other way, unless the sides are swapped too.

    ``least`` words near both must agree, or they speak of different things.
    """
    swapped = _swapped(pair)
    turned = list(_turned(pair, least))
    if swapped and not turned:
        message = "what is compared has changed sides"
        yield Finding("direction", Verdict.CONTRADICTED, message, here=pair.claim.span, against=pair.against)
    if not swapped and not turned and (axis := _flipped(pair)):
        message = f"one word of {axis} points the other way"
        yield Finding("direction", Verdict.CONTRADICTED, message, pair.claim.span, pair.window.span, pair.against)
    if turned and not swapped:
        mark, rival = turned[0]
        message = f"says {pair.mine(mark.span)!r} where the passage says {pair.theirs(rival.span)!r}"
        yield Finding("direction", Verdict.CONTRADICTED, message, mark.span, rival.span, pair.against)


def _flipped(pair: Pair) -> str:
    """The axis on which sentences that are alike word by word differ by one pole for its opposite; "" for none."""
    if pair.likeness < _ALIKE:
        return ""
    mine, theirs = pair.claim.poles(), pair.window.poles()
    more, less = mine - theirs, theirs - mine
    return next((name for name, value in more if (name, -int(value)) in less and value), "")


def _turned(pair: Pair, least: int) -> Iterator[tuple[Mark, Mark]]:
    for mark, role in pair.claim.of(Part.AXIS):
        rivals = [(m, r) for m, r in pair.window.of(Part.AXIS) if r.name == role.name]
        # Of the same word it is not asked here whether it is denied.
        if not rivals or any(m.key == mark.key for m, _ in rivals):
            continue
        mine = _pole(mark, int(role.value), pair.claim)
        around = _around(pair.claim, mark)
        best = max(
            rivals, key=lambda found: (_fit(around, _around(pair.window, found[0])), found[1].value == role.value)
        )
        theirs = _pole(best[0], int(best[1].value), pair.window)
        same = any(_pole(m, int(r.value), pair.window) == mine for m, r in rivals)
        alike = _fit(around, _around(pair.window, best[0]))
        if (
            alike >= least
            and mine != theirs
            and mine * theirs <= 0
            and (not same or alike > max(_fit_of_same(pair, mark, mine, rivals), 0))
        ):
            yield mark, best[0]


def _fit_of_same(pair: Pair, mark: Mark, mine: int, rivals: Sequence[tuple[Mark, Role]]) -> int:
    around = _around(pair.claim, mark)
    fits = [_fit(around, _around(pair.window, m)) for m, r in rivals if _pole(m, int(r.value), pair.window) == mine]
    return max(fits, default=0)


def _pole(mark: Mark, value: int, said: Said) -> int:
    """The pole as meant: turned by a negation in its clause; "not less" is taken for neither."""
    if value == 0 or mark.negates or mark.clause not in said.denied:
        return value
    return -value


def _around(said: Said, mark: Mark) -> frozenset[str]:
    place = said.marks.index(mark)
    near = said.marks[max(0, place - _NEAR) : place + _NEAR + 1]
    return frozenset(m.key for m in near if m is not mark and not m.general)


def _fit(one: frozenset[str], other: frozenset[str]) -> int:
    return len(one & other)


def _swapped(pair: Pair) -> bool:
    """Whether the two sides of a comparison stand the other way round: they share more crosswise than straight."""
    mine, theirs = _sides(pair.claim, pair.said.text), _sides(pair.window, pair.passage.text)
    if mine is None or theirs is None:
        return False
    crossed = mine[0] & theirs[1], mine[1] & theirs[0]
    straight = mine[0] & theirs[0], mine[1] & theirs[1]
    if not crossed[1]:
        return False
    return (bool(crossed[0]) and not straight[1]) or sum(map(len, crossed)) > sum(map(len, straight))


def _sides(said: Said, text: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """What stands just before and behind "than", "versus", "compared with", "superior to"."""
    if said.keys.isdisjoint(_COMPARING):
        return None
    for place, mark in enumerate(said.marks):
        before = said.marks[place - 1] if place else None
        pairs = (
            mark.key in _THAN_PAIRS
            and before is not None
            and (before.key == "compar" or any(role.part is Part.AXIS and role.name == "rank" for role in before.roles))
        )
        if mark.key in _THAN or pairs:
            left = [m for m in said.marks[:place] if _is_party(m, text)][-_PARTY:]
            right = [m for m in said.marks[place + 1 :] if _is_party(m, text) and m.clause == mark.clause][:_PARTY]
            if left and right:
                return frozenset(m.key for m in left), frozenset(m.key for m in right)
    return None


def _is_party(mark: Mark, text: str) -> bool:
    """Whether a word names one side: no direction and no everyday word, but the letter of a group."""
    if len(mark.key) == 1:
        return mark.span.of(text).isupper()
    return not mark.general and not mark.role(Part.AXIS)
