"""Declines: questions that are not answered, why, and the words that led to it.

Each reason is one small function that returns those words, or None. The first reason that holds is given; an
emergency in the text comes before all of them and is not judged here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bedside.facts.fact import ConcernKind, Fact, Facts, Kind, Presence, Subject, When
from bedside.question.language import LanguageRules, foreign_words, senseless
from bedside.question.question import DeclineReason, Intent, Reader
from bedside.question.wording import Wording

_ADULT_FROM = 16
"""Years of age from which the protocols hold (section 16 of the vitamin B12 specification)."""
_SHOWN = 60
"""Characters of the question that are quoted when no words stand out."""
_FEW = 3
"""Words or fewer that ask nothing by themselves ("vitamin B12 please?")."""
_WITH_CHILD = ("pregnancy", "gestation_weeks")
_CLINICAL = (Reader.CLINICIAN, Reader.NURSE, Reader.STUDENT)
_LABELS = {
    "animal": ("patient", "not_patient", "person"),
    "child": ("patient", "not_patient", "adult"),
    "others_dose": ("other", "change", "give", "own", "not_other"),
}


@dataclass(frozen=True, slots=True)
class DeclineRules:
    """Languages and the words that say nothing by themselves; the patterns are in the pattern book."""

    languages: LanguageRules
    vague: frozenset[str]
    greetings: frozenset[str]
    question_words: frozenset[str]

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> DeclineRules:
        """Read ``scope.yaml``."""
        vague, greetings = frozenset(data["vague"]), frozenset(data["greetings"])
        return cls(LanguageRules.from_mapping(data), vague, greetings, frozenset(data["question_words"]))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a decline is judged on. ``wording`` is the text without words that speak to a machine (``aside``)."""

    wording: Wording
    facts: Facts
    intents: tuple[Intent, ...]
    topics: tuple[str, ...]
    reader: Reader
    rules: DeclineRules
    aside: str

    @property
    def own(self) -> tuple[Fact, ...]:
        """What is known of the patient now."""
        return tuple(f for f in self.facts.items if f.subject is Subject.PATIENT and f.when is When.CURRENT)


def decline_patterns(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """The patterns of ``scope.yaml`` that lead to a decline, by label."""
    declines = data["declines"]
    patterns = {f"{kind} {part}": declines[kind][part] for kind, parts in _LABELS.items() for part in parts}
    return patterns | {"elsewhere": declines["elsewhere"], "enough": data["enough"]}


def decline_of(asked: Asked) -> tuple[DeclineReason, str] | None:
    """The first reason to decline that holds, with the words that led to it, or None."""
    for reason, judge in _JUDGES:
        words = judge(asked)
        if words is not None:
            return reason, words
    return None


def closed(asked: Asked) -> bool:
    """Whether something speaks against any answer, though what is asked may be outside every topic: a patient to be
    protected, or words to a machine."""
    return bool(asked.aside) or any(judge(asked) is not None for judge in _AGAINST)


def other_language(asked: Asked) -> str | None:
    """The words of another language, or None."""
    return foreign_words(asked.wording.text, asked.wording.cut, asked.rules.languages) or None


def _not_a_question(asked: Asked) -> str | None:
    """Nothing but words to a machine, a greeting, an address, program text, or keys hit at random."""
    if asked.topics:
        return None
    if asked.aside and _only_vague(asked):
        return asked.aside
    wording = asked.wording
    greeting = all(word.form in asked.rules.greetings for word in wording.cut)
    return _excerpt(asked) if greeting or senseless(wording.text, wording.cut, asked.rules.languages) else None


def animal_words(wording: Wording) -> str:
    """The words that make an animal the patient, or ``""``."""
    words = wording.first("animal patient", unless="animal not_patient")
    return "" if wording.first("animal person", unless="animal patient") else words


def _animal(asked: Asked) -> str | None:
    return animal_words(asked.wording) or None


def _not_covered(asked: Asked) -> str | None:
    if asked.topics or _only_vague(asked):
        return None
    return asked.wording.first("elsewhere") or _excerpt(asked)


def _implausible(asked: Asked) -> str | None:
    return next((c.text for c in asked.facts.concerns if c.kind is ConcernKind.REJECTED), None)


def _contradictory(asked: Asked) -> str | None:
    """Two sexes, two ages, or a pregnant man, said in one turn; a later turn corrects an earlier one."""
    sexes = _differing([f for f in asked.own if f.concept == "sex"], lambda fact: fact.result)
    ages = _differing([f for f in asked.own if f.concept == "age_years" and f.quantity], _age)
    if sexes or ages:
        return sexes or ages
    male = next((f for f in asked.own if f.concept == "sex" and f.result == "male"), None)
    with_child = next((f for f in asked.own if f.concept == "pregnancy" and f.presence is Presence.PRESENT), None)
    transgender = any(word.form.startswith("trans") for word in asked.wording.cut)
    return f"{male.text} / {with_child.text}" if male and with_child and not transgender else None


def _differing(facts: list[Fact], value: Callable[[Fact], object]) -> str | None:
    """The words of the first two facts of one turn whose values differ."""
    for place, fact in enumerate(facts):
        for other in facts[place + 1 : place + 3]:
            if fact.origin == other.origin and value(fact) != value(other):
                return f"{fact.text} / {other.text}"
    return None


def _age(fact: Fact) -> object:
    return (fact.quantity.value, fact.quantity.unit) if fact.quantity else None


def _child(asked: Asked) -> str | None:
    """A patient under 16, by the age that was read or by the words; not an adult who asks for both."""
    age = asked.facts.current("age_years")
    if age and age.quantity:
        years = age.quantity.unit in ("years", "")
        young = not years or age.quantity.value < _ADULT_FROM
        return (age.text or str(age.quantity.value)) if young else None
    if asked.wording.first("child adult", unless="child not_patient"):
        return None
    words = asked.wording.first("child patient", unless="child not_patient") or None
    # "20 weeks pregnant, is iron ok for baby?": the baby is unborn, unless an age says otherwise.
    pregnant = any(f.concept in _WITH_CHILD and f.presence is Presence.PRESENT for f in asked.own)
    return None if words and pregnant and not any(mark.isdigit() for mark in words) else words


def _others_dose(asked: Asked) -> str | None:
    """A change of dose for somebody who is neither the asker, nor in their care, nor their patient."""
    wording = asked.wording
    given = wording.first("others_dose give", unless="others_dose not_other")
    if given:
        return given
    other = wording.first("others_dose other", unless="others_dose not_other")
    if not other or asked.reader in _CLINICAL or wording.first("others_dose own"):
        return None
    return other if wording.first("others_dose change") else None


def _too_little(asked: Asked) -> str | None:
    """Nothing known of the person and nothing asked (section 16); "B12?" says neither."""
    known = any(f.kind is not Kind.DEMOGRAPHIC and f.subject is not Subject.OTHER for f in asked.facts.items)
    if known and asked.topics:
        return None
    if not asked.topics:
        return _excerpt(asked)
    return None if asked.intents or asked.wording.first("enough") or _asks(asked) else _excerpt(asked)


def _asks(asked: Asked) -> bool:
    """Whether the words ask something, though none of the intents."""
    forms = [word.form for word in asked.wording.cut]
    return len(forms) > _FEW and any(form in asked.rules.question_words for form in forms)


def _only_vague(asked: Asked) -> bool:
    """Whether nothing in the text says what it is about ("my level is 268, is it low?")."""
    return all(word.form in asked.rules.vague or word.form[0].isdigit() for word in asked.wording.cut)


def _excerpt(asked: Asked) -> str:
    """The beginning of the question, at most _SHOWN characters, cut between words."""
    text = " ".join(asked.wording.text[: 4 * _SHOWN].split()) or asked.aside
    return text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + " ..."


_JUDGES: tuple[tuple[DeclineReason, Callable[[Asked], str | None]], ...] = (
    (DeclineReason.NOT_A_QUESTION, _not_a_question),
    (DeclineReason.OTHER_LANGUAGE, other_language),
    (DeclineReason.ANIMAL, _animal),
    (DeclineReason.NOT_COVERED, _not_covered),
    (DeclineReason.IMPLAUSIBLE, _implausible),
    (DeclineReason.CONTRADICTORY, _contradictory),
    (DeclineReason.CHILD, _child),
    (DeclineReason.OTHERS_DOSE, _others_dose),
    (DeclineReason.TOO_LITTLE, _too_little),
)
_AGAINST = (_not_a_question, other_language, _animal, _implausible, _contradictory, _child, _others_dose)
