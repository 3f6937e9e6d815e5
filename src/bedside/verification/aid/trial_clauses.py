"""A claim on trials taken apart: its clauses, which trials and arms each is about, and which way each goes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bedside.evidence.analysis import terms
from bedside.text.numbers import Sign, numbers
from bedside.text.sentences import sentences

_ABOUT = re.compile(r"\b(?:trial|cohort|arm|group|patient|participant|subject|stud(?:y|ies)|individual)s?\b")
_BREAK = re.compile(
    r"\s*(?:;|,?\s\b(?:whereas|while|whilst|but|in contrast|however|conversely|on the other hand)\b)\s*"
)
_NUMBER = {"1": 1, "2": 2, "3": 3, "one": 1, "two": 2, "three": 3, "first": 1, "second": 2, "third": 3}
_WHICH = re.compile(
    r"\b(?:(?P<trial>primary|secondary)"
    r"|(?:cohort|arm|group)s?\s?(?P<arm>[123]|one|two|three)\b(?:\s?(?:and|&|or)\s?(?P<more>[123]|two|three)\b)?"
    r"|(?P<order>first|second|third)\s(?:cohort|arm|group)"
    r"|(?P<both>both (?:of the )?(?:cohort|arm|group)s"
    r"|(?:either|all|neither|any|its|all of the) (?:cohort|arm|group)s?))"
)
_THAN = re.compile(r"\b(?:than|compared (?:to|with)|versus|vs|relative to|in comparison (?:to|with))\b")
_NUMBERS = "one|two|three|four|five|six|seven|eight|nine|ten|half|once|twice|quarter|third"
_BOUND = re.compile(
    r"\b(?:more|less|fewer|greater|higher|lower|larger|smaller|longer|shorter|older|younger|better|worse) than"
    rf"(?= (?:an? |than )?(?:\d|(?:{_NUMBERS})\b))"
)
_MORE = re.compile(
    r"\b(?:more|higher|greater|larger|longer|better|exceed(?:s|ed)?|increased|superior|outnumber\w*|older|above)\b"
)
_LESS = re.compile(r"\b(?:less|fewer|lower|smaller|shorter|worse|reduced|inferior|younger|below)\b")
_SAME = re.compile(r"\b(?:same|equal(?:ly)?|identical|similar|equivalent|evenly|as (?:many|much|often))\b")
_NONE = re.compile(
    r"\b(?:no|not|none|neither|nor|never|without|zero|nobody|n't|cannot|devoid|absen(?:t|ce)|unlike)\b"
    r"|\b0 (?:cases|patients)\b|n't\b|\bfree of\b|\bfails? to\b"
)
_NEGATED_COMPARISON = re.compile(r"\b(?:not|n't|no)\b[^.]{0,12}$")


@dataclass(frozen=True, slots=True)
class Scope:
    """What is spoken of: a ``trial`` (0 primary, 1 secondary, -1 unsaid) and an ``arm`` (from 1, 0 for all)."""

    trial: int
    arm: int


@dataclass(frozen=True, slots=True)
class Bound:
    """A number of a clause: ``percent`` where it is a share; ``unit`` the time or dose it is of, "" for a count."""

    value: float
    sign: Sign
    percent: bool
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its folded text, terms, scopes in order, and how it goes.

    ``compared`` is +1, -1 or 0 for more, less or the same of the first scope than of the second; None where it
    compares nothing. ``second`` are the scopes it compares with; ``than`` is where "than" stands in the text, or 0.
    """

    text: str
    words: frozenset[str]
    first: tuple[Scope, ...]
    second: tuple[Scope, ...]
    compared: int | None
    denied: bool
    bounds: tuple[Bound, ...]
    than: int = 0


def on_trials(claim: str) -> str:
    """*claim* without its sentences that speak of no trial, arm or participant; whole where none does."""
    told = [text for span in sentences(claim) if _ABOUT.search((text := span.of(claim)).lower())]
    return " ".join(told) or claim


def clauses(claim: str) -> tuple[Clause, ...]:
    """The clauses of *claim* that are about trials; a sentence that is about something else is left out."""
    kept = on_trials(claim)
    told = [span.of(kept).lower() for span in sentences(kept)] or [""]
    return tuple(_clause(part) for text in told for part in _BREAK.split(text) if part.strip())


def _clause(text: str) -> Clause:
    unbound = _BOUND.sub(lambda mark: " " * len(mark[0]), text)  # "more than 5" bounds a number and compares nothing
    than = _THAN.search(unbound)
    before, after = (text[: than.start()], text[than.end() :]) if than else (text, "")
    first, second = tuple(_scopes(before)), tuple(_scopes(after))
    way = _way(unbound)
    if than and not before.strip():  # "Compared to the secondary trial, the primary ...": the second part leads
        lead, _, rest = after.partition(",")
        first, second = tuple(_scopes(rest)), tuple(_scopes(lead))
    if way is not None and second and not first:
        first = ()
    words = frozenset(terms(text))
    denied = bool(_NONE.search(text))
    return Clause(text, words, first, second, way, denied, tuple(_bounds(text)), than.start() if than else 0)


def _way(text: str) -> int | None:
    for pattern, way in ((_SAME, 0), (_MORE, 1), (_LESS, -1)):
        found = pattern.search(text)
        if found:
            return -way if _NEGATED_COMPARISON.search(text[: found.start()]) else way
    return None


def _scopes(text: str) -> Iterator[Scope]:
    """Trials and arms named in *text*; an arm belongs to the trial named nearest after it, else before it."""
    found = list(_WHICH.finditer(text))
    trials = [(mark.start(), int(mark["trial"] == "secondary")) for mark in found if mark["trial"]]
    arms = [(mark.start(), number) for mark in found for number in _arms(mark)]
    taken = set()
    for place, number in arms:
        trial = _trial_of(place, trials)
        taken.add(trial)
        yield Scope(trial, number)
    for _, trial in trials:
        if trial not in taken:
            yield Scope(trial, 0)


def _arms(mark: re.Match[str]) -> Sequence[int]:
    if mark["both"]:
        return (0,)
    named = [mark[part] for part in ("arm", "more", "order") if mark[part]]
    return [_NUMBER[each] for each in named]


def _trial_of(place: int, trials: Sequence[tuple[int, int]]) -> int:
    after = [trial for at, trial in trials if at > place]
    before = [trial for at, trial in trials if at < place]
    return after[0] if after else before[-1] if before else -1


_HALF = re.compile(r"\bhalf\b")
_MOST = re.compile(r"\b(?:majority|most (?:of|patients|participants|subjects))\b")
_ALL = re.compile(r"\b(?:all|every|each)\b(?: of)?(?: the)?\W(?:\w+\W){0,2}?(?:patient|participant|subject)")
_FRACTION = re.compile(r"\b(\d)\s?/\s?(\d{1,2})\b")
_UNIT_AFTER = re.compile(r"\s*-?\s*(day|week|month|year|hour|minute|mg|g\b|ml|mcg|ug|cm|mm|kg|ng|gy|cycle|grade)")
_SHARE_AFTER = re.compile(r"\s*(?:%|per ?cent)")


def _bounds(text: str) -> Iterator[Bound]:
    blanked = _WHICH.sub(lambda mark: " " * len(mark[0]), text)
    fractions = list(_FRACTION.finditer(blanked))
    for fraction in fractions:
        if int(fraction[2]):
            yield Bound(
                100 * int(fraction[1]) / int(fraction[2]), _sign_before(blanked[: fraction.start()]), percent=True
            )
    blanked = _FRACTION.sub(lambda mark: " " * len(mark[0]), blanked)
    for number in numbers(blanked):
        percent = bool(_SHARE_AFTER.match(blanked, number.whole.end))
        unit = _UNIT_AFTER.match(blanked, number.whole.end)
        yield Bound(float(number.value), number.sign, percent, unit[1] if unit else "")
    half = _HALF.search(blanked)
    if half:
        yield Bound(50.0, _sign_before(blanked[: half.start()]), percent=True)
    if _MOST.search(blanked):
        yield Bound(50.0, ">", percent=True)
    if _ALL.search(blanked):
        yield Bound(100.0, "=", percent=True)


def _sign_before(text: str) -> Sign:
    tail = text[-24:]
    if re.search(r"\b(?:more than|over|above|exceeding|greater than)\s*(?:a\s*)?$", tail):
        return ">"
    if re.search(r"\b(?:less than|under|below|fewer than)\s*(?:a\s*)?$", tail):
        return "<"
    if re.search(r"\bat least\s*(?:a\s*)?$", tail):
        return ">="
    if re.search(r"\bat most\s*(?:a\s*)?$", tail):
        return "<="
    return "="
