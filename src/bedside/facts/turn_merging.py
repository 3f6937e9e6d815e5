"""What is known, and how a turn changes it: every change is one step of the trail, and touches one concept.

A new result of a test is newer, and the one of before stays as an older one; of everything else the newer saying
replaces. Whoever plainly denies what was said to be there, without words of change or correction, contradicts
themselves: what was said to be there goes on counting, for that keeps red flags on, until it is settled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bedside.facts.case import StepKind
from bedside.facts.fact import Course, Fact, Kind, Origin, Presence, Subject, When
from bedside.facts.turn_correcting import Meant
from bedside.facts.turn_known import DURATION, FREQUENCY, Known, conflict, same
from bedside.facts.turn_results import around_of, in_the_unit_of, part_of, put_beside, put_newer, put_results
from bedside.facts.turn_words import changes, goes_on, taken_back, takes_back_for_good
from bedside.facts.vocabulary import Vocabulary
from bedside.text.span import Span

_WELL = "asymptomatic"
_PRONOUNS = frozenset({"she", "he", "her", "his", "him", "hers", "she's", "he's", "shes", "hes"})
_WORDS_FOR_A_CLASS = frozenset({"ppi", "h2ra"})
_URGENT_WHILE_NEW = frozenset({"confusion", "psychosis", "visual_loss", "scotoma", "blurred_vision"})
_NEVER = re.compile(r"\bnever\b")


def put_together(known: Known, facts: Iterable[Fact], turn: int, text: str, *, correcting: bool) -> None:
    """Merge the facts that the words of a turn state into what is known."""
    told = list(facts)
    for concept in dict.fromkeys(f.concept for f in told if f.kind is Kind.LAB and f.subject is Subject.PATIENT):
        group = [f for f in told if f.concept == concept and f.subject is Subject.PATIENT]
        put_results(known, group, turn, text, correcting=correcting)
    # "I feel well, the numbness has gone": what has gone is heard before that nothing is left.
    for fact in sorted(told, key=lambda each: each.concept == _WELL):
        if not (fact.kind is Kind.LAB and fact.subject is Subject.PATIENT):
            _saying(known, fact, turn, text, correcting=correcting)


def put_meant(known: Known, meanings: Iterable[Meant], turn: int) -> None:
    """Merge the values that were given without a name."""
    for meaning in meanings:
        if same(meaning.before, meaning.after, known.vocabulary):
            known.step(turn, StepKind.REPEATED, meaning.before, meaning.after)
        elif meaning.corrects:
            known.replaced(turn, meaning.before, meaning.after)
        else:
            put_newer(known, [meaning.before], [meaning.after], turn)


def put_ended(known: Known, facts: Iterable[Fact], turn: int) -> None:
    """Known facts of which the words say, each in its own way, that they have come to an end."""
    for fact in facts:
        _over(known, fact, turn, "", correcting=True)


def take_back(known: Known, concepts: Iterable[str], turn: int, text: str) -> None:
    """Forget every fact of the patient that these names stand for, with how long and how often.

    A symptom is only forgotten where the words say that it is not so: "never mind the unsteadiness" may not switch off
    a warning, and is asked about like any other contradiction.
    """
    for_good = takes_back_for_good(text)
    for concept in concepts:
        gone = [
            fact
            for fact in known.facts
            if fact.subject is Subject.PATIENT and (fact.concept == concept or _belongs(fact, concept))
        ]
        named = known.vocabulary.lexicon.concepts.get(concept)
        if not gone and named is not None and named.routed:
            gone = [f for f in known.facts if f.kind is Kind.DRUG and f.concept.startswith(f"{concept}_")]
        for fact in gone:
            if fact.kind is Kind.SYMPTOM and fact.presence is Presence.PRESENT and not for_good:
                conflict(known, fact, _set_aside(fact, turn, text), turn)
                continue
            known.remove(fact)
            known.step(turn, StepKind.TAKEN_BACK, fact, None)
            known.settled(fact.concept)


def _set_aside(fact: Fact, turn: int, text: str) -> Fact:
    """What somebody says who puts a symptom aside: that it is not there."""
    place = next(iter(taken_back(text)), Span(0, len(text)))
    return replace(fact, presence=Presence.ABSENT, origin=Origin(turn=turn), span=place, text=place.of(text))


def supposing(known: Known, supposed: Iterable[Fact], turn: int) -> tuple[list[Fact], list[Fact]]:
    """What is known as it would be if *supposed* were so: the facts then, and those that are supposed."""
    then, taken = list(known.facts), []
    for fact in supposed:
        before = [
            f for f in then if f.subject is Subject.PATIENT and f.concept == fact.concept and f.when is When.CURRENT
        ]
        joined = _filled(fact, before[-1]) if before and fact.kind is Kind.DRUG and fact.when is When.CURRENT else fact
        joined = in_the_unit_of(before[-1], joined) if before else joined
        then = [each for each in then if not any(each is old for old in before)]
        then.append(joined)
        taken.append(joined)
        known.step(turn, StepKind.SUPPOSED, before[-1] if before else None, joined)
    return then, taken


def _saying(known: Known, new: Fact, turn: int, text: str, *, correcting: bool) -> None:
    """What is said of a symptom, a condition, a medicine or a person."""
    around = around_of(text, new)
    if new.subject is not Subject.PATIENT or new.when in (When.PLANNED, When.HYPOTHETICAL):
        put_beside(known, new, turn)
        return
    if new.concept == "sex" and new.text.lower() in _PRONOUNS and known.own("sex"):
        return  # "she" may be a doctor: it says nothing against what was stated
    had = new.kind is Kind.SYMPTOM or known.own(new.concept)
    if new.when is When.PAST and had and goes_on(around, part_of(around, new.text)):
        course = Course.UNKNOWN if new.course is Course.RESOLVED else new.course
        new = replace(new, when=When.CURRENT, presence=Presence.PRESENT, course=course)
    if new.when is When.PAST:
        _over(known, new, turn, around, correcting=correcting)
    elif new.presence is Presence.ABSENT:
        _denied(known, new, turn, around, correcting=correcting)
    else:
        _there(known, new, turn, correcting=correcting)


def _there(known: Known, new: Fact, turn: int, *, correcting: bool) -> None:
    """Something is present now."""
    if new.concept == _WELL and (ill := [f for f in known.facts if _troubles(f)]) and not correcting:
        conflict(known, ill[-1], new, turn)
        return
    if new.kind is Kind.SYMPTOM and _troubles(new):
        for well in [f for f in known.own(_WELL) if f.presence is Presence.PRESENT]:
            known.remove(well)
            known.step(turn, StepKind.REPLACED, well, new, _WELL)
    for planned in known.own(new.concept, When.PLANNED):
        known.remove(planned)
    for denied in [
        f for f in known.facts if f.presence is Presence.ABSENT and _parent(f.concept, new, known.vocabulary)
    ]:
        known.remove(denied)
        known.step(turn, StepKind.REPLACED, denied, new, denied.concept)
    olds = known.own(new.concept)
    if correcting:
        for past in known.own(new.concept, When.PAST):
            known.remove(past)
            known.step(turn, StepKind.TAKEN_BACK, past, None)
    if not olds:
        known.facts.append(new)
        known.step(turn, StepKind.ADDED, None, new)
        return
    old = olds[-1]
    joined = _filled(new, old) if old.presence is Presence.PRESENT else new
    if same(old, joined, known.vocabulary):
        known.step(turn, StepKind.REPEATED, old, new)
        known.settled(new.concept)
    else:
        known.replaced(turn, old, joined)


def _filled(new: Fact, old: Fact) -> Fact:
    """The newer saying, with what it leaves out as it was said before."""
    return replace(
        new,
        quantity=new.quantity or old.quantity,
        result=new.result or old.result,
        course=old.course if _as_new_as_before(new) else new.course,
        assay=new.assay or old.assay,
    )


def _as_new_as_before(fact: Fact) -> bool:
    """Whether the course says nothing against a symptom's being new: "it is not better", or, of sudden confusion and
    lost sight, "it is better"."""
    if fact.course is Course.IMPROVING:
        return fact.concept in _URGENT_WHILE_NEW
    return fact.course in (Course.UNKNOWN, Course.STABLE)


def _denied(known: Known, new: Fact, turn: int, around: str, *, correcting: bool) -> None:
    """Something is said not to be there."""
    olds = known.own(new.concept)
    there = [f for f in olds if f.presence is Presence.PRESENT]
    below = [
        f
        for f in known.facts
        if f.presence is Presence.PRESENT
        and f.subject is Subject.PATIENT
        and f.when is When.CURRENT
        and _parent(new.concept, f, known.vocabulary)
    ]
    before = [f for f in known.own(new.concept, When.PAST) if f.presence is Presence.PRESENT]
    if not there and before and _NEVER.search(around.lower()):
        if not correcting:
            conflict(known, before[-1], new, turn)
            return
        known.remove(before[-1])
        known.step(turn, StepKind.TAKEN_BACK, before[-1], None)
    if not there and not below:
        _settle(known, olds, new, turn)
    elif not (correcting or changes(part_of(around, new.text)) or new.concept in known.conflicts):
        conflict(known, (there or below)[-1], new, turn)
    else:
        for each in below:
            known.remove(each)
            known.step(turn, StepKind.REPLACED, each, new, each.concept)
        for each in there:
            known.replaced(turn, each, new)
            _with_it(known, each, turn)
        if not there:
            known.facts.append(new)


def _settle(known: Known, olds: list[Fact], new: Fact, turn: int) -> None:
    if olds:
        known.step(turn, StepKind.REPEATED, olds[-1], new)
    else:
        known.facts.append(new)
        known.step(turn, StepKind.ADDED, None, new)


def _over(known: Known, new: Fact, turn: int, around: str, *, correcting: bool) -> None:
    """Something was so: it has ended where words of change say that, else it was so before as well."""
    there = [f for f in known.own(new.concept) if f.presence is Presence.PRESENT]
    before = known.own(new.concept, When.PAST)
    if there and (correcting or changes(around)):
        known.replaced(turn, there[-1], _filled(new, there[-1]) if new.kind is Kind.DRUG else new)
        _with_it(known, there[-1], turn)
    elif before:
        known.step(turn, StepKind.REPEATED, before[-1], new)
    else:
        known.facts.append(new)
        known.step(turn, StepKind.ADDED, None, new)


def _with_it(known: Known, gone: Fact, turn: int) -> None:
    """How long and how often a medicine was taken ends with it."""
    for fact in [f for f in known.facts if f.when is When.CURRENT and _belongs(f, gone.concept)]:
        known.remove(fact)
        known.facts.append(past := replace(fact, when=When.PAST))
        known.step(turn, StepKind.REPLACED, fact, past)


def take_siblings(known: Known, gone: Fact, turn: int) -> None:
    """Forget how long and how often a medicine was taken, which is taken back itself."""
    for fact in [f for f in known.facts if f.when is gone.when and _belongs(f, gone.concept)]:
        known.remove(fact)
        known.step(turn, StepKind.TAKEN_BACK, fact, None)


def _belongs(fact: Fact, concept: str) -> bool:
    return fact.concept in (concept + DURATION, concept + FREQUENCY)


def _troubles(fact: Fact) -> bool:
    """Whether a fact is a symptom that the patient has now."""
    return (
        fact.kind is Kind.SYMPTOM
        and fact.concept not in (_WELL, "symptoms")
        and fact.presence is Presence.PRESENT
        and fact.subject is Subject.PATIENT
        and fact.when is When.CURRENT
        and not fact.internal
    )


def _parent(concept: str, fact: Fact, vocabulary: Vocabulary) -> bool:
    """Whether *concept* is the class of the medicine a fact is about."""
    concepts = vocabulary.lexicon.concepts
    own = concepts[fact.concept].is_a if fact.concept in concepts else ()
    # "PPI" is a word for the class that omeprazole is in.
    above = concepts[concept].is_a if concept in concepts and concept in _WORDS_FOR_A_CLASS else ()
    return fact.concept != concept and (concept in own or any(each in own for each in above))
