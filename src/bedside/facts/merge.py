"""Merging: one fact for what is said twice, the classes of a medicine, and the order of the text."""

from __future__ import annotations

from dataclasses import replace

from bedside.facts.fact import Course, Fact, Kind, Presence, Subject, When
from bedside.facts.vocabulary import Vocabulary

_TIME = "time_on_treatment"
_DURATION = "_duration"


def merged(facts: list[Fact], vocabulary: Vocabulary) -> tuple[Fact, ...]:
    """The facts of one text, said once each, in order; with class facts and time on treatment added at the end."""
    ordered = sorted((fact for fact in facts if _counts(fact)), key=lambda fact: fact.span)
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in ordered:
        key = _key(fact)
        kept[key] = _joined(kept[key], fact) if key in kept else fact
    plain = _without_weaker(list(kept.values()))
    whole = (*plain, *_classes(plain, vocabulary), *_time_on_treatment(plain))
    return tuple(replace(fact, internal=True) if _internal(fact, vocabulary) else fact for fact in whole)


def _internal(fact: Fact, vocabulary: Vocabulary) -> bool:
    bare = fact.concept.removesuffix(_DURATION).removesuffix("_frequency")
    return fact.internal or vocabulary.lexicon.internal(bare)


def _counts(fact: Fact) -> bool:
    return fact.presence is not Presence.UNKNOWN and fact.subject is not Subject.OTHER


def _key(fact: Fact) -> tuple[object, ...]:
    # Two numbers of one test are two facts (rule DQ4); everything else is one fact per concept, person and time.
    number = (fact.quantity.value, fact.quantity.unit) if fact.kind is Kind.LAB and fact.quantity else None
    return (fact.concept, fact.subject, fact.when, number)


def _joined(first: Fact, again: Fact) -> Fact:
    """The two sayings as one: what is present is not denied by another sentence, and gaps are filled."""
    present = first if first.presence is Presence.PRESENT else again
    other = again if present is first else first
    if other.presence is not present.presence:
        return present
    return replace(
        present,
        internal=present.internal and other.internal,
        quantity=present.quantity or other.quantity,
        result=present.result or other.result,
        course=present.course if present.course is not Course.UNKNOWN else other.course,
        assay=present.assay or other.assay,
    )


_WEAKER = {
    "total_gastrectomy": "gastrectomy",
    "partial_gastrectomy": "gastrectomy",
    "sleeve_gastrectomy": "gastrectomy",
    "type_1_diabetes": "diabetes",
    "type_2_diabetes": "diabetes",
}


def _without_weaker(facts: list[Fact]) -> list[Fact]:
    """Leave out what a more exact fact of the same person and time already says."""
    said = {(_WEAKER[fact.concept], fact.subject) for fact in facts if fact.concept in _WEAKER}
    drugs = {(fact.concept, fact.subject, fact.when) for fact in facts if fact.kind is Kind.DRUG}
    return [
        fact for fact in facts if (fact.concept, fact.subject) not in said and not _repeats_unspecified(fact, drugs)
    ]


def _repeats_unspecified(fact: Fact, drugs: set[tuple[str, Subject, When]]) -> bool:
    """Whether "B12 injections" only repeats a named medicine given the same way ("hydroxocobalamin")."""
    if not fact.concept.startswith("b12_") or "_unspecified" not in fact.concept or fact.quantity or fact.result:
        return False
    route = fact.concept.split("_")[1]
    named = ("cyanocobalamin", "hydroxocobalamin", "methylcobalamin", "adenosylcobalamin")
    return any((f"{substance}_{route}", fact.subject, fact.when) in drugs for substance in named)


def _classes(facts: list[Fact], vocabulary: Vocabulary) -> list[Fact]:
    """A second, internal fact for the class of a medicine, with its duration (omeprazole is a PPI)."""
    concepts = vocabulary.lexicon.concepts
    added: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        for suffix in ("", _DURATION):
            name = fact.concept.removesuffix(suffix) if suffix else fact.concept
            if (suffix and name == fact.concept) or name not in concepts:
                continue
            for parent in concepts[name].is_a:
                of_class = replace(fact, concept=parent + suffix, quantity=fact.quantity if suffix else None)
                added.setdefault(_key(of_class), of_class)
        for kind in _kinds(fact, vocabulary):
            added.setdefault(_key(kind), kind)
    return list(added.values())


def _kinds(fact: Fact, vocabulary: Vocabulary) -> list[Fact]:
    """What kind of an illness the words name, where its entry tells kinds apart ("underactive thyroid")."""
    concept = vocabulary.lexicon.concepts.get(fact.concept)
    if concept is None or concept.kind is not Kind.CONDITION:
        return []
    said = fact.text.lower()
    named = [kind for kind, words in concept.values.items() if any(word in said for word in words)]
    return [replace(fact, concept=kind, internal=True) for kind in named]


def _time_on_treatment(facts: list[Fact]) -> list[Fact]:
    """The longest duration of a current B12 treatment, under the name that rules about review use."""
    if any(fact.concept == _TIME for fact in facts):
        return []
    substances = ("cyanocobalamin", "hydroxocobalamin", "methylcobalamin", "adenosylcobalamin", "b12_")
    for fact in facts:
        b12 = fact.concept.startswith(substances) and fact.concept.endswith(_DURATION)
        if b12 and fact.subject is Subject.PATIENT and fact.when is When.CURRENT:
            return [replace(fact, concept=_TIME, internal=True)]
    return []
