"""Coverage: what a claim says stands in one place of the passage; words nobody said there are its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bedside.text.span import Span
from bedside.verification.pair import Pair
from bedside.verification.reading import Mark
from bedside.verification.terms import Part
from bedside.verification.verdict import Finding, Verdict

_IN_ONE_PLACE = 0.7  # of the claim's content must stand in one sentence of the passage
_TAIL = re.compile(r",\s+(?:which|making|so that|and thus|thus|and so|and therefore|suggesting|meaning)\b[^,]*$")
_MOSTLY = 0.5  # of all words shared: the claim is that sentence with something put in
_FEW = 4  # content words; below that every one must be there


def coverage(pair: Pair) -> Iterator[Finding]:
    """Words of the claim that the passage does not say, and claims stitched together from two places."""
    content = [mark for mark in pair.claim.counted if not _by_its_class(mark)]
    strange = [mark for mark in content if mark.key not in pair.passage.keys and not _parts_there(mark, pair)]
    for mark in strange:
        message = f"{pair.mine(mark.span)!r} is not in the passage"
        yield Finding("coverage", Verdict.UNSUPPORTED, message, here=mark.span, against=pair.against)
    axes = dict.fromkeys(mark for mark, _ in pair.claim.of(Part.AXIS))
    for mark in axes:
        if _axis_there(mark, pair):
            continue
        message = f"the passage has nothing like {pair.mine(mark.span)!r}"
        yield Finding("coverage", Verdict.UNSUPPORTED, message, here=mark.span, against=pair.against)
    moved = [mark for mark in content if mark.key not in pair.window.keys and mark not in strange]
    if moved and pair.likeness >= _MOSTLY:
        lost = [mark for mark in pair.window.counted if mark.key not in pair.claim.keys]
        if lost and not _shorts(moved, lost):
            message = f"{pair.mine(moved[0].span)!r} stands elsewhere, where this says {pair.theirs(lost[0].span)!r}"
            yield Finding("stitching", Verdict.UNSUPPORTED, message, moved[0].span, lost[0].span, pair.against)
    yield from _tail(pair)
    if not strange and content and pair.coverage < _IN_ONE_PLACE and len(content) >= _FEW:
        message = "its words stand in different places of the passage, not in one"
        yield Finding("stitching", Verdict.UNSUPPORTED, message, here=pair.claim.span, against=pair.against)


def _tail(pair: Pair) -> Iterator[Finding]:
    """A clause at the end that shares nothing with the place the rest stands in."""
    text = pair.claim.span.of(pair.said.text)
    match = _TAIL.search(text)
    if match is None:
        return
    start = pair.claim.span.start + match.start()
    inside = [mark for mark in pair.claim.content if mark.start >= start]
    if inside and not any(mark.key in pair.window.keys for mark in inside):
        span = Span(start, pair.claim.span.end)
        message = f"{pair.mine(span)!r} is said nowhere near the rest"
        yield Finding("coverage", Verdict.UNSUPPORTED, message, here=span, against=pair.against)


def _shorts(moved: list[Mark], lost: list[Mark]) -> bool:
    """Whether the words in question are the letters of one another: an abbreviation the passage does not define."""
    letters = "".join(mark.key[0] for mark in moved)
    return any(mark.key in (letters, letters + "s") for mark in lost)


def _by_its_class(mark: Mark) -> bool:
    return any(role.part in (Part.SLOT, Part.DRUG, Part.LINK, Part.CAUSE) for role in mark.roles)


def _axis_there(mark: Mark, pair: Pair) -> bool:
    names = {role.name for role in mark.roles if role.part is Part.AXIS}
    return mark.key in pair.passage.keys or not names.isdisjoint(pair.passage.axes)


def _parts_there(mark: Mark, pair: Pair) -> bool:
    """Whether a compound is said in parts ("highdose" for "high dose")."""
    closed = mark.key.replace(" ", "")
    return closed in pair.passage.compounds or (closed != mark.key and closed in pair.passage.keys)
