"""Classes: population, route, medicine, comparator, setting and frequency keep their member."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from bedside.verification.pair import Pair
from bedside.verification.reading import Mark, Said, read
from bedside.verification.terms import Part, Role, Terms
from bedside.verification.verdict import Finding, Verdict

_LIKENESS = 0.8
_COUNTED = frozenset(("order", "timing", "frequency", "population", "route", "comparator", "setting", "side"))
_LOOSE = frozenset(("quantity", "order", "combination"))
_WIDENING = frozenset(("all", "only"))
_NEVER_OTHER = frozenset(("medicine", "route", "comparator", "frequency"))
_NOT_PATIENTS = tuple(Role(Part.SLOT, "population", name) for name in ("animal", "in vitro", "healthy"))
"""What was found there was not found in patients."""

_QUALIFYING = frozenset(("population", "setting"))


def classes(pair: Pair) -> Iterator[Finding]:
    """A member of a class that the passage has not, or has another of in that place."""
    yield from _slots(pair)
    yield from _medicines(pair)
    yield from _alike(pair)


def members_kept(text: str, original: str, terms: Terms, against: str) -> Iterator[Finding]:
    """Medicine, route, comparator and frequency in other words: what the other wording names, the original names."""
    said, there = read(text, terms), read(original, terms)
    if said.sentences and there.sentences:
        pair = Pair(said, said.whole, there, there.whole, terms, against)
        yield from (f for f in (*_slots(pair), *_medicines(pair)) if f.check in _NEVER_OTHER)


def _slots(pair: Pair) -> Iterator[Finding]:
    mine = _members(pair.claim.of(Part.SLOT))
    window = _members(pair.window.of(Part.SLOT))
    for slot, members in mine.items():
        here = window.get(slot, {})
        rivals = [mark for member, mark in here.items() if member not in members]
        for member, mark in members.items():
            if member in here or _is_loose(slot, member, rivals):
                continue
            if rivals and slot != "quantity":
                message = f"says {pair.mine(mark.span)!r} where the passage says {pair.theirs(rivals[0].span)!r}"
                yield Finding(slot, Verdict.CONTRADICTED, message, mark.span, rivals[0].span, pair.against)
            elif slot == "quantity" or (slot, member) not in pair.passage.members:
                verdict = Verdict.OVERSTATED if slot == "quantity" else Verdict.UNSUPPORTED
                message = f"{pair.mine(mark.span)!r} is not in the passage"
                yield Finding(slot, verdict, message, mark.span, against=pair.against)
    for slot in _QUALIFYING:
        dropped = [mark for member, mark in window.get(slot, {}).items() if member not in mine.get(slot, {})]
        if dropped:
            message = f"the passage speaks of {pair.theirs(dropped[0].span)!r}"
            elsewhere = any(mark.role(Part.SLOT) in _NOT_PATIENTS for mark in dropped)
            verdict = Verdict.OVERSTATED if elsewhere else Verdict.QUALIFIED
            yield Finding(slot, verdict, message, there=dropped[0].span, against=pair.against)


def _alike(pair: Pair) -> Iterator[Finding]:
    """In sentences that are alike word by word, a member of a class in the place of another."""
    if pair.likeness < _LIKENESS:
        return
    mine, theirs = _counted(pair.claim), _counted(pair.window)
    more, less = mine - theirs, theirs - mine
    for slot, member in sorted(more):
        other = next((m for s, m in sorted(less) if s == slot), None)
        if other is not None:
            message = f"{member!r} stands where the passage has {other!r}"
            yield Finding(slot, Verdict.CONTRADICTED, message, pair.claim.span, pair.window.span, pair.against)
            return


def _counted(said: Said) -> Counter[tuple[str, str]]:
    return Counter((role.name, str(role.value)) for _, role in said.of(Part.SLOT) if role.name in _COUNTED)


def _is_loose(slot: str, member: str, rivals: list[Mark]) -> bool:
    """Whether a member may stand where the passage has none: "after" and "combined" have everyday uses."""
    if slot == "quantity":
        return member not in _WIDENING
    return slot in _LOOSE and not rivals


def _members(found: Iterable[tuple[Mark, Role]]) -> dict[str, dict[str, Mark]]:
    members: dict[str, dict[str, Mark]] = {}
    for mark, role in found:
        members.setdefault(role.name, {}).setdefault(str(role.value), mark)
    return members


def _medicines(pair: Pair) -> Iterator[Finding]:
    mine = {mark.key: mark for mark, _ in pair.claim.of(Part.DRUG)}
    window = {mark.key: mark for mark, _ in pair.window.of(Part.DRUG)}
    rivals = [mark for key, mark in window.items() if key not in mine]
    for key, mark in mine.items():
        if key in window or (key in pair.passage.keys and not rivals):
            continue
        said = pair.mine(mark.span)
        if rivals:
            message = f"says {said!r} where the passage says {pair.theirs(rivals[0].span)!r}"
            yield Finding("medicine", Verdict.CONTRADICTED, message, mark.span, rivals[0].span, pair.against)
        else:
            yield Finding(
                "medicine", Verdict.UNSUPPORTED, f"{said!r} is not in the passage", mark.span, against=pair.against
            )
