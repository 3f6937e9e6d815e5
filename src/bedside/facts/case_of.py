"""The case of several turns: the words of each are read, merged into what is known, and every change is a step.

Pure: the same turns always give the same case. A supposition holds for its own turn only, and the facts of the next
turn are as if it had never been uttered. Another person begins a case of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bedside.facts.case import Case, Step, StepKind, Told
from bedside.facts.concerns import concerns
from bedside.facts.edits import set_by_hand
from bedside.facts.fact import EDITED, Concern, ConcernKind, Fact, Facts, Kind, Subject, When
from bedside.facts.read import read_facts
from bedside.facts.turn_known import Known, completed, without_derived
from bedside.facts.turn_merging import put_ended, put_meant, put_together, supposing, take_back
from bedside.facts.turn_person import (
    PATIENT,
    SELF,
    UNSAID,
    Asked,
    another_age,
    first_asked,
    next_asked,
    opening_for,
    speaks_of_a_third,
)
from bedside.facts.turn_reading import TurnReading, read_turn
from bedside.facts.turn_words import corrects
from bedside.facts.vocabulary import Vocabulary

PERSON = "person"
"""The concept of the step with which another person's case begins."""
_ONLY_ONE = frozenset({SELF, "mother", "father"})


@dataclass(slots=True)
class _Telling:
    """A case while it is told: what is known, whom it is about, and which turn began it."""

    known: Known
    who: str = UNSAID
    first: int = 0
    begun: bool = False
    supposed: list[Fact] = field(default_factory=list)
    then: list[Fact] | None = None
    left: dict[str, Known] = field(default_factory=dict)


def case_of(told: Sequence[Told], vocabulary: Vocabulary) -> Case:
    """What is known of the person the last turn is about.

    The words of turn *n* are read with ``Origin.turn`` *n*, their spans are places in that turn's own text. Raises
    UnreadableFact for an edit whose name or value bedside does not know.
    """
    telling = _Telling(Known(vocabulary))
    for turn, said in enumerate(told):
        telling.supposed, telling.then = [], None
        if said.text.strip():
            _hear(telling, said.text, turn, vocabulary)
        set_by_hand(telling.known, said.edits, turn)
        if telling.then is not None and said.edits:
            telling.then = _again(telling)
    return _closed(telling, vocabulary)


def facts_of(told: Sequence[Fact], doubts: Sequence[Concern], vocabulary: Vocabulary) -> Facts:
    """Facts as told, with those that follow from them, and what is doubtful about them."""
    whole = completed(told, vocabulary)
    return Facts(whole, tuple(dict.fromkeys((*doubts, *concerns(whole, vocabulary)))))


def _hear(telling: _Telling, text: str, turn: int, vocabulary: Vocabulary) -> None:
    if not telling.begun:
        telling.begun = True
        telling.who = first_asked(text, vocabulary)
        _first_words(telling, text, turn, vocabulary)
        return
    own_case, only_named = _states_a_case(text, turn, vocabulary), _only_named(telling)
    asked = next_asked(text, telling.who, vocabulary, states_own_case=own_case, only_named=only_named)
    if own_case and not asked.another and not corrects(text) and another_age(text, _years(telling.known)):
        asked = Asked(PATIENT, another=True)
    if asked.another and asked.who == SELF and only_named:
        # "My mum has pernicious anaemia." "My own level is 410": it was family history all along.
        asked = replace(asked, another=False)
        _of_a_relative(telling, turn)
    if asked.another:
        _turn_to(telling, asked.who, turn)
    telling.who = asked.who
    reading = read_turn(
        text,
        turn,
        tuple(telling.known.facts),
        vocabulary,
        opening=opening_for(asked, text, vocabulary),
        skip=asked.skip,
    )
    if telling.who == SELF and not asked.another and speaks_of_a_third(text, vocabulary):
        reading = _nobodys(reading)
    _take_in(telling, reading, turn, text)


def _turn_to(telling: _Telling, who: str, turn: int) -> None:
    """Begin another person's case. Who has been spoken of before, and can be nobody else, is met as they were left."""
    known = telling.known
    telling.left[telling.who or SELF] = known
    telling.known = Known(known.vocabulary, steps=known.steps)
    telling.known.step(turn, StepKind.NEW_PERSON, None, None, PERSON)
    telling.first = turn
    if who in _ONLY_ONE and (met := telling.left.get(who)) is not None:
        telling.known.facts, telling.known.doubts = list(met.facts), list(met.doubts)
        telling.known.conflicts = dict(met.conflicts)
        for fact in met.facts:
            telling.known.step(turn, StepKind.ADDED, None, fact)


def _years(known: Known) -> int | None:
    """The age that is known, in years."""
    ages = [f.quantity for f in known.own("age_years") if f.quantity is not None and f.quantity.unit == "years"]
    return int(ages[-1].value) if ages else None


def _only_named(telling: _Telling) -> bool:
    """Whether a relative has only been named for an illness so far: nothing was measured, and no age was given."""
    return telling.who not in (UNSAID, PATIENT, SELF) and not any(fact.quantity for fact in telling.known.facts)


def _of_a_relative(telling: _Telling, turn: int) -> None:
    """Turn what was taken for the patient's into family history; what is nobody's illness is dropped."""
    known = telling.known
    for fact in [fact for fact in known.facts if fact.subject is Subject.PATIENT]:
        theirs = replace(fact, subject=Subject.RELATIVE)
        if fact.kind is Kind.CONDITION:
            known.replaced(turn, fact, theirs)
        else:
            known.remove(fact)
            known.step(turn, StepKind.TAKEN_BACK, fact, None)


def _first_words(telling: _Telling, text: str, turn: int, vocabulary: Vocabulary) -> None:
    """The first words of a case are read as a question by itself is: nothing was told before."""
    facts = read_facts(text, vocabulary, turn)
    known = telling.known
    known.doubts.extend((turn, doubt) for doubt in _of_reading(facts.concerns))
    set_before = {(fact.concept, fact.subject, fact.when) for fact in known.facts}
    for fact in without_derived(facts.items, vocabulary):
        if (fact.concept, fact.subject, fact.when) not in set_before:
            known.facts.append(fact)
            known.step(turn, StepKind.ADDED, None, fact)


def _take_in(telling: _Telling, reading: TurnReading, turn: int, text: str) -> None:
    known = telling.known
    known.doubts.extend((turn, doubt) for doubt in _of_reading(reading.concerns))
    take_back(known, reading.withdrawn, turn, text)
    put_meant(known, reading.meant, turn)
    stated = without_derived(reading.stated, known.vocabulary)
    put_together(known, stated, turn, text, correcting=reading.corrects)
    put_ended(known, reading.ended, turn)
    told = without_derived(reading.supposed, known.vocabulary)
    if told:
        telling.then, telling.supposed = supposing(known, told, turn)


def _again(telling: _Telling) -> list[Fact]:
    """What would be so, after edits of the same turn: an edit of what is supposed settles it."""
    known = telling.known
    set_now = {(fact.concept, fact.subject) for fact in known.facts if fact.origin.source == EDITED}
    telling.supposed = [f for f in telling.supposed if (f.concept, f.subject) not in set_now]
    steps = list(known.steps)
    then, telling.supposed = supposing(known, telling.supposed, -1)
    known.steps = steps
    return then


def _states_a_case(text: str, turn: int, vocabulary: Vocabulary) -> bool:
    """Whether the words by themselves give somebody a result, a dose or an age."""
    return any(
        (fact.kind in (Kind.LAB, Kind.DRUG) or fact.concept == "age_years")
        and fact.quantity is not None
        and fact.subject is Subject.PATIENT
        and fact.when is When.CURRENT
        for fact in read_facts(text, vocabulary, turn).items
    )


def _nobodys(reading: TurnReading) -> TurnReading:
    """A turn of which it is not known whose facts it tells: none of them is the patient's."""
    theirs = tuple(fact for fact in reading.stated if fact.subject is not Subject.PATIENT)
    return replace(reading, stated=theirs, supposed=(), meant=(), ended=())


def _of_reading(found: Sequence[Concern]) -> list[Concern]:
    """The doubts that only the words can raise; the others are judged again on the whole case."""
    return [concern for concern in found if concern.kind is ConcernKind.THOUSANDS_AMBIGUOUS]


def _closed(telling: _Telling, vocabulary: Vocabulary) -> Case:
    known = telling.known
    told = known.facts if telling.then is None else telling.then
    return Case(
        facts=facts_of(told, doubts_on(told, known), vocabulary),
        trail=tuple(known.steps),
        supposed=tuple(telling.supposed),
        first=telling.first,
    )


def doubts_on(told: Sequence[Fact], known: Known) -> tuple[Concern, ...]:
    """The doubts of the words that still stand, and what is contradictory."""
    places = {(fact.origin.turn, fact.span, fact.concept) for fact in told}
    standing = [doubt for turn, doubt in known.doubts if (turn, doubt.span, doubt.concept) in places]
    return (*standing, *(concern for _, concern in known.conflicts.values()))


__all__ = ["PATIENT", "PERSON", "Step", "case_of", "facts_of"]
