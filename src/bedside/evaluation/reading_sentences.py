"""Sentences with the facts a careful reader would take from them, and how many of those the reader of facts finds.

A label is ``[past|planned|hypothetical] [family|infant] [no] CONCEPT [NUMBER UNIT | word]``: when it holds, whose it
is, whether it is denied, and what was measured. The sentences were labelled before the reader was run on them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from bedside.errors import UsageError
from bedside.facts.fact import Fact, Facts, Kind, Presence, Subject, When
from bedside.facts.units import Units
from bedside.facts.vocabulary import Vocabulary
from bedside.text.matching import figures

SENTENCES = Path(__file__).resolve().parent / "reading"
DEVELOP, ASIDE = ("develop_one", "develop_two"), ("aside",)
"""The sentences that the reader is developed on, and those kept aside, by file."""
_WHEN = {each.value: each for each in (When.PAST, When.PLANNED, When.HYPOTHETICAL)}
_WHOSE = {"family": Subject.RELATIVE, "infant": Subject.INFANT}
_NUMBER = re.compile(r"(?P<sign>[<>]=?)?(?P<value>\d+(?:\.\d+)?)(?: (?P<unit>.+))?")
_SUFFIXES = ("_duration", "_frequency")
_BUILT_IN = frozenset({"age_years", "infant_age_months", "gestation_weeks"})
TIMING = "duration or frequency"
_SYMPTOM = "symptom or condition"
_WRITTEN = {"C": "Cel", "F": "degF", "in": "inches"}  # units of labels that no text is searched for
_SAID = {subject: name for name, subject in _WHOSE.items()}
_UNIT_DECIDES = frozenset({"temperature", "height", "weight"})
"""Their unit is told by the number where none is written: 101.3 is in Fahrenheit."""

Amount = tuple[str, Fraction, str]
Reads = Callable[[str], Facts]


@dataclass(frozen=True, slots=True)
class Told:
    """One fact in the form that labels and readings are compared in: ``amount`` is sign, number in the base of its
    dimension, and dimension (or the unit itself); ``word`` a result in words; ``line`` what a person reads."""

    concept: str
    when: When = When.CURRENT
    whose: Subject = Subject.PATIENT
    denied: bool = False
    amount: Amount | None = None
    word: str = ""

    line: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a patient, a nurse or a clinician with its labels."""

    id: str
    by: str
    say: str
    facts: tuple[str, ...]


@dataclass(slots=True)
class Count:
    """Of one kind: facts read rightly, facts read, facts there, and labels whose concept the vocabulary has not."""

    right: int = 0
    read: int = 0
    there: int = 0
    unknown: int = 0

    @property
    def precision(self) -> float | None:
        """The part of what was read that is right."""
        return self.right / self.read if self.read else None

    @property
    def recall(self) -> float | None:
        """The part of what is there, and has a concept, that was read."""
        return self.right / self.there if self.there else None


@dataclass(frozen=True, slots=True)
class Failing:
    """A sentence that was not read exactly."""

    sentence: Sentence
    missed: tuple[str, ...]
    extra: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """What a set of sentences gave: counts by kind, and every sentence with a fault."""

    sentences: int
    exact: int
    kinds: Mapping[str, Count]
    failing: tuple[Failing, ...]


def read_sentences(names: Iterable[str], folder: Path = SENTENCES) -> tuple[Sentence, ...]:
    """The sentences of the named files. Raises UsageError for one that is not in the form above."""
    found = []
    for name in names:
        for row in yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8")):
            if set(row) != {"id", "by", "say", "facts"}:
                raise UsageError(f"{name}.yaml: {row.get('id')}: keys are id, by, say and facts.", "Mend the file.")
            found.append(Sentence(row["id"], row["by"], row["say"], tuple(row["facts"])))
    return tuple(found)


def kinds(folder: Path = SENTENCES) -> dict[str, str]:
    """Concept to kind, as ``kinds.yaml`` says."""
    data: dict[str, list[str]] = yaml.safe_load((folder / "kinds.yaml").read_text(encoding="utf-8"))
    return {concept: kind for kind, concepts in data.items() for concept in concepts}


def label(written: str, units: Units, bare: frozenset[Decimal] = frozenset()) -> Told:
    """The fact that a label states. *bare* are the numbers that stand without a unit: they are compared alone, for a
    unit that was not written may be asked for. Raises UsageError for an unreadable label."""
    words = written.split(" ")
    when, whose, denied = When.CURRENT, Subject.PATIENT, False
    while words and words[0] in (*_WHEN, *_WHOSE, "no"):
        word = words.pop(0)
        when, whose, denied = _WHEN.get(word, when), _WHOSE.get(word, whose), denied or word == "no"
    if not words:
        raise UsageError(f"the label {written!r} has no concept.", "Mend the label.")
    concept, rest = words[0], " ".join(words[1:])
    match = _NUMBER.fullmatch(rest)
    if match is None:
        return Told(concept, when, whose, denied, None, rest, written)
    unit = _WRITTEN.get(match["unit"] or "", match["unit"] or "")
    amount = _amount(units, concept, match["sign"] or "=", Decimal(match["value"]), unit, bare)
    return Told(concept, when, whose, denied, amount, "", written)


def told(fact: Fact, units: Units, bare: frozenset[Decimal] = frozenset()) -> Told:
    """A fact that was read, in the form of a label."""
    amount, word, denied = None, "", fact.presence is Presence.ABSENT
    if fact.quantity is not None:
        sign, value, unit = fact.quantity.comparator.value, fact.quantity.value, fact.quantity.unit
        amount = _amount(units, fact.concept, sign, value, unit, bare)
        word = f"{sign.removeprefix('=')}{value:f} {unit}"
    elif fact.kind in (Kind.LAB, Kind.DEMOGRAPHIC) or fact.concept.endswith(_SUFFIXES):
        word = fact.result
    parts = ("" if fact.when is When.CURRENT else fact.when.value, _SAID.get(fact.subject, ""), "no" if denied else "")
    line = " ".join(each for each in (*parts, fact.concept, word.strip()) if each)
    return Told(fact.concept, fact.when, fact.subject, denied, amount, "" if amount else word, line)


def _amount(units: Units, concept: str, sign: str, value: Decimal, unit: str, bare: frozenset[Decimal]) -> Amount:
    if value in bare and concept not in _UNIT_DECIDES:
        return sign, Fraction(value), ""
    known = units.units.get(unit)
    return (sign, Fraction(value) * known.factor, known.dimension) if known else (sign, Fraction(value), unit)


def _bare(text: str, units: Units) -> frozenset[Decimal]:
    """The numbers that stand without a unit."""
    return frozenset(figure.value for figure in figures(text, units.tokens) if not figure.unit)


def score(sentences: Iterable[Sentence], read: Reads, vocabulary: Vocabulary) -> Score:
    """Read every sentence and count. A fact that only repeats a right one (the class of a medicine, the exact kind of
    a disease: same words, same kind) counts neither for nor against."""
    table, counts, failing, many = kinds(), defaultdict[str, Count](Count), [], 0
    for sentence in sentences:
        many += 1
        bare = _bare(sentence.say, vocabulary.units)
        wanted = Counter(label(each, vocabulary.units, bare) for each in sentence.facts)
        facts = [(fact, told(fact, vocabulary.units, bare)) for fact in read(sentence.say).items]
        found = Counter(each for _, each in facts)
        right = wanted & found
        extra = _extra(facts, right)
        for each, number in wanted.items():
            count = counts[_kind(each.concept, table, vocabulary)]
            known = _known(each.concept, vocabulary)
            count.there += number if known else 0
            count.unknown += 0 if known else number
        for each, number in right.items():
            count = counts[_kind(each.concept, table, vocabulary)]
            count.right += number
            count.read += number
        for each in extra:
            counts[_kind(each.concept, table, vocabulary)].read += 1
        missed = list((wanted - found).elements())
        if missed or extra:
            lines = tuple(each.line + ("" if _known(each.concept, vocabulary) else " (no word)") for each in missed)
            failing.append(Failing(sentence, lines, tuple(each.line for each in extra)))
    return Score(many, many - len(failing), dict(sorted(counts.items())), tuple(failing))


def _extra(facts: list[tuple[Fact, Told]], right: Counter[Told]) -> list[Told]:
    left, good, over = Counter(right), set(), []
    for fact, each in facts:
        if left[each]:
            left[each] -= 1
            good.add((fact.span, _bare_kind(fact)))
        else:
            over.append((fact, each))
    return [each for fact, each in over if (fact.span, _bare_kind(fact)) not in good]


def _bare_kind(fact: Fact) -> str:
    return _SYMPTOM if fact.kind in (Kind.SYMPTOM, Kind.CONDITION) else fact.kind.value


def _kind(concept: str, table: Mapping[str, str], vocabulary: Vocabulary) -> str:
    if concept.endswith(_SUFFIXES):
        return TIMING
    kind = vocabulary.lexicon.kind(concept)
    if concept in table or kind is None:
        return table.get(concept, "other")
    return _SYMPTOM if kind in (Kind.SYMPTOM, Kind.CONDITION) else kind.value


def _known(concept: str, vocabulary: Vocabulary) -> bool:
    return concept in _BUILT_IN or vocabulary.lexicon.kind(concept) is not None


def as_json(result: Score) -> dict[str, Any]:
    """Plain values of a score."""
    rows = {
        kind: {
            "right": count.right,
            "read": count.read,
            "there": count.there,
            "not_in_vocabulary": count.unknown,
            "precision": count.precision,
            "recall": count.recall,
        }
        for kind, count in result.kinds.items()
    }
    return {"sentences": result.sentences, "exact": result.exact, "kinds": rows}
