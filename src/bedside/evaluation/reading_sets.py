"""The reader of facts on public sets: MedCalc-Bench's entities, BC5CDR's chemicals and diseases, TREC's patient notes.

What does not fit is left out: entities of MedCalc-Bench that are a calculator's own criterion, and concepts bedside has
not. Its gold has one value an entity, the one the calculator needs, so a second value that was read is not counted as
wrong. EBM-NLP's spans (participants, interventions, outcomes) are phrases and no facts of a patient.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

from bedside.errors import InputRefused
from bedside.evaluation.data_rows import rows
from bedside.evaluation.reading_sentences import Reads
from bedside.facts.fact import Facts, Kind, Presence, Quantity, Subject
from bedside.facts.reading import take_apart
from bedside.facts.units import Units, UnknownUnit
from bedside.facts.vocabulary import Vocabulary

_LAB, _VITAL, _BODY, _ILL = "lab", "vital sign", "demographic", "symptom or condition"
MEASURED: Mapping[str, tuple[str, str]] = {
    "creatinine": (_LAB, "creatinine"),
    "Pre-operative creatinine": (_LAB, "creatinine"),
    "Potassium": (_LAB, "potassium"),
    "Calcium": (_LAB, "calcium"),
    "Hemoglobin": (_LAB, "haemoglobin"),
    "international normalized ratio": (_LAB, "inr"),
    "Sodium": (_LAB, "sodium"),
    "Glucose": (_LAB, "glucose"),
    "Systolic Blood Pressure": (_VITAL, "systolic_bp"),
    "Diastolic Blood Pressure": (_VITAL, "diastolic_bp"),
    "Heart Rate or Pulse": (_VITAL, "heart_rate"),
    "respiratory rate": (_VITAL, "respiratory_rate"),
    "Temperature": (_VITAL, "temperature"),
    "O\u2082 saturation percentage": (_VITAL, "oxygen_saturation"),
    "age": (_BODY, "age_years"),
    "weight": (_BODY, "weight"),
    "height": (_BODY, "height"),
    "Body Mass Index (BMI)": (_BODY, "bmi"),
}
"""Entity of MedCalc-Bench to kind and concept. Counts of cells are left out: their units in the set are wrong (m^3)."""
CONDITIONS: Mapping[str, tuple[str, ...]] = {
    "Hypertension history": ("hypertension",),
    "Congestive Heart Faliure": ("heart_failure",),
    "Cardiac failure present": ("heart_failure",),
    "Stroke": ("stroke",),
    "Transient Ischemic Attacks History": ("tia",),
    "Diabetes history": ("diabetes", "type_1_diabetes", "type_2_diabetes"),
    "Chronic Renal Failure": ("chronic_kidney_disease", "dialysis"),
    "Dementia": ("dementia",),
    "Peptic ulcer disease": ("peptic_ulcer",),
    "Lymphoma": ("lymphoma",),
    "Hemoptysis": ("haemoptysis",),
    "Confusion": ("confusion",),
    "Melena present": ("melaena", "dark_stools"),
    "obesity": ("obesity",),
}
_UNITS = {
    "years": "years", "mm hg": "mmHg", "beats per minute": "/min", "breaths per minute": "/min", "kg": "kg",
    "lbs": "lb",
    "cm": "cm", "in": "inches", "degrees celsius": "Cel", "degrees celsisus": "Cel", "degrees fahrenheit": "degF",
    "degrees fahreinheit": "degF", "kg/m^2": "kg/m2", "": "INR",
}  # fmt: skip


@dataclass(slots=True)
class Found:
    """Of one concept or kind in MedCalc-Bench. ``gold``: entities whose number stands in the note; ``hit``: among the
    values read; ``newest``: it is the value that drives; ``notes_read``: notes with any value read."""

    gold: int = 0
    hit: int = 0
    newest: int = 0
    notes_read: int = 0
    not_written: int = 0


@dataclass(slots=True)
class Named:
    """Of conditions or of mentions: ``right`` of those ``read``, and ``found`` of those ``there``."""

    right: int = 0
    read: int = 0
    found: int = 0
    there: int = 0


@dataclass(frozen=True, slots=True)
class Notes:
    """The robustness of a set without gold: how many notes were read, the time of one in milliseconds, and facts."""

    notes: int
    median_ms: float
    longest_ms: float
    facts: int


@dataclass(frozen=True, slots=True)
class SetsRead:
    """The public sets: figures of each, and why one is missing."""

    measured: Mapping[str, Found]
    conditions: Named | None
    without_concept: Mapping[str, int]
    mentions: Named | None
    notes: Notes | None
    skipped: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def read_sets(data: Path, read: Reads, vocabulary: Vocabulary) -> SetsRead:
    """Measure on the sets that are in *data*; one that is absent is skipped with the reason."""
    skipped: dict[str, str] = {}
    calc = _rows(data / "medcalc_bench", "test_v1.dev", skipped)
    entities = _rows(data / "pico_ner", "bc5cdr_entities.dev", skipped)
    notes = _rows(data / "trec_ct_notes", "patient_notes", skipped)
    measured, conditions, without = _medcalc(calc, read, vocabulary)
    return SetsRead(
        measured,
        conditions if calc else None,
        without,
        _bc5cdr(entities, vocabulary) if entities else None,
        _robust((row["note"] for row in notes), read) if notes else None,
        skipped,
    )


def _rows(folder: Path, stem: str, skipped: dict[str, str]) -> list[dict[str, Any]]:
    try:
        return list(rows(folder, stem))
    except (InputRefused, ImportError) as error:
        skipped[folder.name] = str(error)
        return []


def _medcalc(
    items: Iterable[Mapping[str, Any]], read: Reads, vocabulary: Vocabulary
) -> tuple[dict[str, Found], Named, dict[str, int]]:
    counts: dict[str, Found] = defaultdict(Found)
    named, without = Named(), Counter[str]()
    for row in items:
        facts = read(row["note"])
        for entity, gold in (row["entities"] or {}).items():
            if entity in MEASURED and isinstance(gold, list | int | float):
                kind, concept = MEASURED[entity]
                if vocabulary.lexicon.kind(concept) is None and concept != "age_years":
                    without[concept] += 1
                    continue
                number, unit = (gold[0], str(gold[1])) if isinstance(gold, list) else (gold, "")
                for name in (f"{kind}: {concept}", kind):
                    _measured(counts[name], facts, concept, _quantity(number, unit), row["note"], vocabulary.units)
            elif entity in CONDITIONS and isinstance(gold, bool):
                _condition(named, facts, CONDITIONS[entity], there=gold)
    return dict(sorted(counts.items())), named, dict(without)


def _quantity(number: float, unit: str) -> Quantity:
    if unit == "m":
        return Quantity(Decimal(str(number)) * 100, "cm")
    return Quantity(Decimal(str(number)).normalize(), _UNITS.get(unit.lower(), unit))


def _measured(count: Found, facts: Facts, concept: str, gold: Quantity, note: str, units: Units) -> None:
    values = [each for each in facts.of(concept) if each.quantity is not None]
    count.notes_read += bool(values)
    if f"{gold.value:f}" not in note.replace(",", ""):
        count.not_written += 1  # converted, computed or assumed by the set's writer
        count.notes_read -= bool(values)
        return
    count.gold += 1
    count.hit += any(_same(each.quantity, gold, concept, units) for each in values if each.quantity)
    newest = facts.current(concept)
    count.newest += newest is not None and newest.quantity is not None and _same(newest.quantity, gold, concept, units)


def _same(read: Quantity, gold: Quantity, concept: str, units: Units) -> bool:
    if read.value == gold.value and (not read.unit or read.unit == gold.unit):
        return True
    try:
        return units.convert(read, units.normalise(gold.unit) or gold.unit, concept).value == gold.value
    except UnknownUnit:
        return False


def _condition(count: Named, facts: Facts, concepts: tuple[str, ...], *, there: bool) -> None:
    """Gold says false also of what the note does not mention, so only a presence can be right or wrong."""
    said = any(
        each.presence is Presence.PRESENT and each.subject is Subject.PATIENT
        for concept in concepts
        for each in facts.of(concept)
    )
    count.there += there
    count.read += said
    count.right += said and there
    count.found += said and there


_NAMED = (Kind.DRUG, Kind.SYMPTOM, Kind.CONDITION)  # the set does not tell a chemical from a disease


def _bc5cdr(items: Iterable[Mapping[str, Any]], vocabulary: Vocabulary) -> Named:
    """Mentions of medicines and illnesses: read where gold has one, and gold that names a concept when it is read
    alone, found in its place."""
    count, alone = Named(), dict[str, bool]()
    for row in items:
        tokens = row["tokens"]
        text, starts = _joined(tokens)
        gold = [(starts[s["start"]], starts[s["end"] - 1] + len(tokens[s["end"] - 1]), s["text"]) for s in row["spans"]]
        mine = _mentioned(text, vocabulary)
        count.read += len(mine)
        count.right += sum(any(a < end and start < b for a, b, _ in gold) for start, end in mine)
        for a, b, words in gold:
            if words not in alone:
                alone[words] = bool(_mentioned(words, vocabulary))
            count.there += alone[words]
            count.found += alone[words] and any(start < b and a < end for start, end in mine)
    return count


def _joined(tokens: list[str]) -> tuple[str, list[int]]:
    text, starts = "", []
    for token in tokens:
        starts.append(len(text))
        text += f"{token} "
    return text, starts


def _mentioned(text: str, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    concepts = vocabulary.lexicon.concepts
    return [
        (each.span.start, each.span.end)
        for each in take_apart(text, vocabulary, 0).mentions
        if each.how in ("", "treatment") and concepts[each.concept].kind in _NAMED
    ]


def _robust(notes: Iterable[str], read: Reads) -> Notes:
    took, facts = [], 0
    for note in notes:
        begun = time.perf_counter()
        facts += len(read(note).items)
        took.append((time.perf_counter() - begun) * 1000)
    return Notes(len(took), round(median(took), 2), round(max(took), 2), facts)
