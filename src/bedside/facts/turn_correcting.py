"""Numbers and units that a turn gives without a name, found by what was told before: "sorry, it was 286, not 268".

A number belongs to a fact only where exactly one fact can be meant. Where two could be, nothing is read: it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from bedside.facts.fact import Comparator, Fact, Kind, Origin, Presence, Quantity, Subject, When
from bedside.facts.turn_words import corrects, measures_again, supposes_from
from bedside.facts.units import Units
from bedside.facts.vocabulary import Vocabulary
from bedside.text.folding import fold
from bedside.text.matching import Figure, figures
from bedside.text.span import NOWHERE, Span

_NOT_OLD = re.compile(r"[^\d.;?!]{0,24}?[,;(]?\s*(?:and |but )?(?:not|instead of|rather than)\s+(?:the |a )?$")
_OLD_BUT = re.compile(r"\bnot\s+(?:the |a |at )?$")
_BUT = re.compile(r"^[^\d.;?!]{0,24}?\bbut\s+(?:rather |it was |it's |it is |a )?$")
_THEN = re.compile(r"^\s*[,;.:]\s*(?:but )?(?:it's |it is |it was |that's |should be )?$")
_SAID = re.compile(r"\b(?:said|wrote|typed|put|gave|told)\b")
_MEANT = re.compile(
    r"[^\d.;?!]{0,24}?\b(?:meant|mean|should (?:be|have been|read)|(?:it )?(?:was|is) (?:really|actually))\s+"
    r"(?:to say )?(?:it was )?"
)
_UNIT_WORD = re.compile(
    r"[a-zµμ%]+(?:\s?/\s?|\s?per\s?)[a-z0-9.]+|\b(?:mcg|ug|µg|mg|micrograms?|milligrams?|iu|grams?)\b"
)
_NOT_UNIT = re.compile(r"\b(?:not|instead of|rather than)\s+(?:in )?$")
_DOSE_WORDS = re.compile(
    r"\b(?:dose|take|taking|takes|tablets?|pills?|injections?|strength|on|increased|raised|reduced|lowered)\b"
)
_UNIT_ASKED = re.compile(
    r"\b(?:unit|units|think|believe|probably|in|it's|its|it is|it was|was|meant|mean|that's|they're|measured)\b"
)
_ASSAY = re.compile(r"\b(total|active)\b(?: (?:vitamin )?b-?12)?(?:\s|[,.!]|$)|\bholotranscobalamin\b|\bholotc\b")
_MOST_WORDS = 9  # of a turn that says nothing but which test it was
_REPEATED = re.compile(
    r"\W*(?:(?:they|the|it|it's|was|is|and|a|my|gp|doctor|lab|has|have|been) )*"
    r"(?:repeat(?:ed)?|re-?check(?:ed)?|re-?test(?:ed)?|(?:new(?:est)?|latest|second) (?:result|level|one|test|value)"
    r"|now|today)\b"
    r"(?:[ :,]|it|was|is|and|result|test|level|now|today|again|at|came|back|as|shows?|gave|says?)*"
)
_GESTATION = re.compile(
    r"\W*(?:(?:and|so|now|at|i'm|i am|she's|she is) )*\d{1,2} ?(?:weeks|wks)(?: (?:now|today|pregnant|along))*\W*"
)
_WEEKS = "gestation_weeks"
_ONLY_A_UNIT = 2  # words or fewer: a unit by itself
_TOTAL, _ACTIVE = "total_b12", "active_b12"


@dataclass(frozen=True, slots=True)
class Meant:
    """A number without a name and the fact it belongs to: *before* as it was known, *after* as it is now said.

    ``corrects`` says that the earlier value was wrong; else the new one is newer.
    """

    before: Fact
    after: Fact
    corrects: bool


def meant(
    text: str,
    turn: int,
    known: Sequence[Fact],
    read: Iterable[Fact],
    vocabulary: Vocabulary,
    named: Iterable[str] = (),
) -> list[Meant]:
    """What the numbers, units and names of tests in *text* say of facts that are known, where it is plain. *named* are
    the concepts that the text names: a number beside one name is of no other."""
    units = vocabulary.units
    found = figures(text, units.tokens)
    candidates = [fact for fact in known if _own(fact)]
    contrasts = list(_contrasts(text, found))
    meanings = [
        meaning
        for new, old in contrasts
        if (meaning := _of_contrast(text, turn, new, old, candidates, read, units)) is not None
    ]
    taken = [span for new, old in contrasts for span in (new.span, old.span)]
    covered = [fact.span for fact in read if fact.quantity is not None] + taken
    free = [each for each in found if not any(each.span.overlaps(span) for span in covered)]
    if len(free) == 1 and not meanings:
        names = set(named)
        if called := [fact for fact in candidates if fact.concept in names]:
            candidates = called
        elif any(name in units.analytes for name in names):
            candidates = []
        meanings.extend(
            _plain(text, turn, free[0], candidates, units) or _alone(text, turn, free[0], candidates, units)
        )
    if not found:
        meanings.extend(_unit_only(text, turn, candidates, units) or _assay_only(text, turn, candidates))
    return meanings


def _own(fact: Fact) -> bool:
    present = fact.presence is Presence.PRESENT and fact.when is When.CURRENT and fact.subject is Subject.PATIENT
    return present and fact.quantity is not None and not fact.internal and not fact.concept.startswith("lab_reference")


def _contrasts(text: str, found: Sequence[Figure]) -> Iterable[tuple[Figure, Figure]]:
    """Pairs of figures of which the words make one wrong: (right, wrong)."""
    folded = fold(text)
    for first, second in pairwise(found):
        between = folded[first.span.end : second.span.start]
        before = folded[: first.span.start]
        denied = _OLD_BUT.search(before) and (_BUT.search(between) or _THEN.search(between))
        if denied or (_SAID.search(before) and _MEANT.fullmatch(between)):
            yield second, first
        elif _NOT_OLD.fullmatch(between):
            yield first, second


def _of_contrast(
    text: str, turn: int, new: Figure, old: Figure, known: list[Fact], read: Iterable[Fact], units: Units
) -> Meant | None:
    named = {fact.concept for fact in read if fact.span.overlaps(new.span) or fact.span.overlaps(old.span)}
    fitting = [
        fact
        for fact in known
        if fact.quantity and fact.quantity.value == old.value and _unit_fits(old.unit or new.unit, fact, units)
    ]
    if len(fitting) > 1:
        fitting = [fact for fact in fitting if fact.concept in named]
    if len(fitting) != 1:
        return None
    span = Span(min(new.span.start, old.span.start), max(new.span.end, old.span.end))
    return Meant(fitting[0], _with(fitting[0], new, text, turn, span), corrects=True)


def _plain(text: str, turn: int, figure: Figure, known: list[Fact], units: Units) -> list[Meant]:
    """A number that can only be a known one with the unit it lacked, or the week of a known pregnancy."""
    of = [fact for fact in known if _lacks_unit(fact, figure, units)] if supposes_from(text) is None else []
    if len(of) != 1:
        of = [fact for fact in known if fact.concept == _WEEKS] if _GESTATION.fullmatch(fold(text)) else []
    return [Meant(fact, _with(fact, figure, text, turn, figure.span), corrects=True) for fact in of[:1]]


def _alone(text: str, turn: int, figure: Figure, known: list[Fact], units: Units) -> Iterable[Meant]:
    """A number by itself: which known value it is a new or a right one of."""
    supposing = supposes_from(text) is not None
    correcting = corrects(text)
    again = measures_again(text)
    folded = fold(text)
    if figure.unit:
        fitting = [fact for fact in known if _unit_fits(figure.unit, fact, units)]
        fitting = [fact for fact in fitting if _in_scale(figure.unit, fact, units)] or fitting
        doses = [fact for fact in fitting if fact.kind is Kind.DRUG and not _measures_time(fact)]
        if doses and not (correcting or supposing or _DOSE_WORDS.search(folded)):
            return
        if not doses and not (correcting or supposing or again):
            return
        if not correcting:
            fitting = [fact for fact in fitting if fact.kind is Kind.LAB or fact in doses]
    else:
        if not (correcting or supposing):
            yield from _repeated(text, turn, figure, known, units)
            return
        newest = max((fact.origin.turn for fact in known), default=0)
        fitting = [fact for fact in known if fact.origin.turn == newest]
        if supposing:
            labs = [fact for fact in fitting if fact.kind is Kind.LAB]
            fitting = [fact for fact in labs if fact.concept in (_TOTAL, _ACTIVE)] or labs
    if correcting and len(fitting) > 1:
        # "I mean 64" after 46 and 268: the one whose digits were swapped.
        fitting = [fact for fact in fitting if fact.quantity and _digits(fact.quantity.value) == _digits(figure.value)]
    if len(fitting) != 1:
        return
    fact = fitting[0]
    newer = fact.kind is Kind.LAB and not (correcting and not again)
    yield Meant(fact, _with(fact, figure, text, turn, figure.span), corrects=not newer)


def _lacks_unit(fact: Fact, figure: Figure, units: Units) -> bool:
    """Whether the number of a fact is said again, now with the unit that it lacked."""
    quantity = fact.quantity
    missing = quantity is not None and not quantity.unit and quantity.value == figure.value
    return missing and bool(figure.unit) and fact.kind is Kind.LAB and _unit_fits(figure.unit, fact, units)


def _repeated(text: str, turn: int, figure: Figure, known: list[Fact], units: Units) -> Iterable[Meant]:
    """A result measured again, without its name and unit: "they repeated it: 350". The unit is not guessed."""
    labs = [fact for fact in known if fact.kind is Kind.LAB]
    folded = fold(text)
    behind = folded[figure.span.end :].strip(" .!")
    if len(labs) != 1 or behind or not _REPEATED.fullmatch(folded[: figure.span.start]):
        return
    fact, analyte = labs[0], units.analytes.get(labs[0].concept)
    again = _with(fact, figure, text, turn, figure.span)
    if again.quantity is not None and (analyte is None or len(analyte.units) > 1):
        again = replace(again, quantity=replace(again.quantity, unit=""))
    yield Meant(fact, again, corrects=False)


def _in_scale(unit: str, fact: Fact, units: Units) -> bool:
    """Whether a fact was told in a unit that only a power of ten parts from this one."""
    return fact.quantity is not None and bool(fact.quantity.unit) and units.same_scale(unit, fact.quantity.unit)


def _digits(number: Decimal) -> list[str]:
    return sorted(format(number, "f"))


def _measures_time(fact: Fact) -> bool:
    return fact.concept.endswith(("_duration", "_frequency"))


def _unit_fits(unit: str, fact: Fact, units: Units) -> bool:
    """Whether a number in *unit* can be a value of the fact; a number without a unit can be any."""
    if not unit or fact.quantity is None:
        return True
    analyte = units.analytes.get(fact.concept)
    if analyte is not None:
        return any(units.same_scale(unit, known) for known in (analyte.unit, *analyte.units))
    if fact.kind is not Kind.DRUG or _measures_time(fact):
        # "ten minutes" is no age: how old or how long is only corrected in its own unit.
        return unit == fact.quantity.unit
    return bool(fact.quantity.unit) and units.same_scale(unit, fact.quantity.unit)


def _with(fact: Fact, figure: Figure, text: str, turn: int, span: Span) -> Fact:
    before = fact.quantity
    unit = figure.unit or (before.unit if before else "")
    quantity = Quantity(figure.value, unit, Comparator(figure.sign), figure.upper, figure.digits.of(text))
    return replace(
        fact, quantity=quantity, result="", span=span, text=span.of(text), origin=Origin(turn=turn), observed_on=""
    )


def _unit_only(text: str, turn: int, known: list[Fact], units: Units) -> list[Meant]:
    """The unit of a value that had none, or another one: "I meant ng/L", "the unit is pmol/L"."""
    folded = fold(text)
    said = [
        (unit, match.span(), bool(_NOT_UNIT.search(folded[: match.start()])))
        for match in _UNIT_WORD.finditer(folded)
        if (unit := units.tokens.normalise(match.group()))
    ]
    right = [(unit, place) for unit, place, denied in said if not denied]
    wrong = {unit for unit, _, denied in said if denied}
    if len({unit for unit, _ in right}) != 1:
        return []
    unit, place = right[0]
    length = len(folded.split())
    if length > _MOST_WORDS or not (length <= _ONLY_A_UNIT or _UNIT_ASKED.search(folded) or corrects(text)):
        return []
    fitting = [fact for fact in known if _takes(unit, fact, wrong, units)]
    bare = [fact for fact in fitting if fact.quantity and not fact.quantity.unit]
    chosen = bare or [fact for fact in fitting if fact.quantity and fact.quantity.unit != unit]
    newest = max((fact.origin.turn for fact in chosen), default=0)
    chosen = [fact for fact in chosen if fact.origin.turn == newest]
    if len(chosen) != 1:
        return []
    fact = chosen[0]
    measured = replace(fact.quantity, unit=unit) if fact.quantity else None
    span = Span(*place)
    after = replace(fact, quantity=measured, span=span, text=span.of(text), origin=Origin(turn=turn))
    return [Meant(fact, after, corrects=True)]


def _takes(unit: str, fact: Fact, wrong: set[str], units: Units) -> bool:
    quantity = fact.quantity
    if quantity is None or _measures_time(fact) or fact.concept == "age_years":
        return False
    if wrong and quantity.unit not in (*wrong, ""):
        return False
    if fact.kind is Kind.LAB:
        return _unit_fits(unit, fact, units)
    return fact.kind is Kind.DRUG and (not quantity.unit or units.same_scale(unit, quantity.unit))


def _assay_only(text: str, turn: int, known: list[Fact]) -> list[Meant]:
    """Which of two tests a B12 value was: "total, not active"."""
    folded = fold(text)
    match = _ASSAY.search(folded)
    if match is None or len(folded.split()) > _MOST_WORDS or folded[: match.start()].rstrip().endswith("not"):
        return []
    concept = _TOTAL if match[1] == "total" else _ACTIVE
    told = [fact for fact in known if fact.concept in (_TOTAL, _ACTIVE)]
    if len(told) != 1 or (told[0].concept == concept and told[0].assay == "stated"):
        return []
    span = Span(match.start(), match.end()) if match else NOWHERE
    after = replace(told[0], concept=concept, assay="stated", span=span, text=span.of(text), origin=Origin(turn=turn))
    return [Meant(told[0], after, corrects=True)]
