"""Your facts as understood: each value as written, the other unit beside it, its range, and what was taken how."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal

from bedside.article.article import Birthplace, Role, Sentence
from bedside.article.claims import merged
from bedside.article.frame import Frames
from bedside.article.naming import Names
from bedside.facts.fact import Comparator, Concern, ConcernKind, Fact, Facts, Kind, Presence, Quantity, Subject, When
from bedside.facts.vocabulary import Vocabulary
from bedside.protocol.outcome import BandResult, Run
from bedside.text.span import NOWHERE

_LISTS: dict[str, Callable[[Fact], bool]] = {
    "fact-present": lambda f: (
        f.presence is Presence.PRESENT and f.when is When.CURRENT and f.subject is Subject.PATIENT and not f.supposed
    ),
    "fact-absent": lambda f: (
        f.presence is Presence.ABSENT and f.when is When.CURRENT and f.subject is Subject.PATIENT and not f.supposed
    ),
    "fact-past": lambda f: f.when is When.PAST and f.subject is Subject.PATIENT and not f.supposed,
    "fact-planned": lambda f: f.when is When.PLANNED and f.subject is Subject.PATIENT,
    "fact-hypothetical": lambda f: (f.when is When.HYPOTHETICAL or f.supposed) and f.subject is Subject.PATIENT,
    "fact-family": lambda f: f.subject is Subject.RELATIVE,
    "fact-infant": lambda f: f.subject is Subject.INFANT,
}
_OF_A_DRUG = ("_duration", "_frequency")
_ASKED = frozenset({"unit", "assay", "conflict", "value"})
_CONCERN_FRAME = {
    ConcernKind.REJECTED: "rejected-ask",
    ConcernKind.IMPLAUSIBLE: "fact-implausible",
    ConcernKind.THOUSANDS_AMBIGUOUS: "thousands-ask",
    ConcernKind.DOSE_UNIT_DOUBTFUL: "dose-unit-ask",
    ConcernKind.OTHER_INDICATION: "other-indication",
    ConcernKind.CONFLICT: "conflict-ask",
}


def facts_as_understood(
    facts: Facts,
    runs: tuple[Run, ...],
    frames: Frames,
    names: Names,
    vocabulary: Vocabulary,
    tables: Mapping[str, Sentence],
) -> list[Sentence]:
    """Every fact, said back: values first, then treatments, then what was taken as present, denied, past, of others.

    ``tables`` are the claims that say whose table a measure is read by; each follows the first value it explains.
    """
    bands = {band.fact: band for run in runs for band in run.bands if band.fact is not None}
    sentences: list[Sentence] = []
    said_back = [fact for fact in facts.items if not fact.internal]
    for fact in said_back:
        if fact.quantity is not None and fact.kind is Kind.LAB:
            sentences.extend(_value(fact, bands.get(fact), frames, names, vocabulary))
            if fact in bands and (table := tables.get(bands[fact].measure)) is not None:
                sentences.append(table)
    for fact in said_back:
        if fact.quantity is not None and fact.kind is not Kind.LAB:
            sentences.append(_dose(fact, facts, frames, names))
        elif fact.kind is Kind.DEMOGRAPHIC and fact.result and not names.internal(fact.concept):
            slots = {"name": names.clinical(fact.concept), "value": fact.result, "label": ""}
            sentences.append(frames.fill("fact-drug", slots, plain_slots={"name": names.plain(fact.concept)}))
    sentences.extend(_medicines(facts, frames))
    sentences.extend(_lists(facts, frames, names))
    sentences.extend(_concerns(facts, frames, names))
    return merged(_numbered(sentence, place) for place, sentence in enumerate(sentences))


def _numbered(sentence: Sentence, place: int) -> Sentence:
    if sentence.role is Role.CLAIM:
        return sentence
    stem = sentence.id.rsplit("/", 1)[0]
    return replace(sentence, id=f"{stem}/{place}")


def _value(
    fact: Fact, band: BandResult | None, frames: Frames, names: Names, vocabulary: Vocabulary
) -> Iterator[Sentence]:
    quantity = fact.quantity
    if quantity is None:
        return
    slots = {"name": names.clinical(fact.concept), "value": as_written(quantity), "unit": quantity.unit}
    plain = {"name": names.plain(fact.concept)}
    births = [Birthplace(slots["value"], f"fact {fact.concept}")]
    if fact.when is not When.CURRENT or fact.subject is not Subject.PATIENT or fact.supposed:
        written = {"value": f"{slots['value']} {quantity.unit}".strip(), "label": names.time_label(fact)}
        yield frames.fill("fact-drug", slots | written, plain_slots=plain, births=tuple(births))
        return
    other = _other_unit(quantity, fact.concept, vocabulary)
    if not quantity.unit:
        yield frames.fill("fact-lab-no-unit", slots, plain_slots=plain, births=tuple(births))
    elif quantity.unit == slots["name"]:  # an INR of 6 is no "6 INR"
        yield frames.fill("fact-lab-bare", slots, plain_slots=plain, births=tuple(births))
    elif other is None:
        yield frames.fill("fact-lab", slots, plain_slots=plain, births=tuple(births))
    else:
        slots |= {"other_value": as_written(other), "other_unit": other.unit}
        births.append(Birthplace(slots["other_value"], f"conversion of {fact.concept}"))
        yield frames.fill("fact-lab-both-units", slots, plain_slots=plain, births=tuple(births))
    if band is not None:
        yield from _band(band, frames, names)


def _band(band: BandResult, frames: Frames, names: Names) -> Iterator[Sentence]:
    if band.band:
        slots = {"band": names.band_clinical(band.measure, band.band)}
        plain = {"band": names.band_plain(band.measure, band.band)}
        yield frames.fill("fact-band", slots, plain_slots=plain)
    if band.ask in _ASKED:
        yield frames.fill(
            f"{band.ask}-ask", {"name": names.clinical(band.measure)}, plain_slots={"name": names.plain(band.measure)}
        )
    if band.warn in ("unit", "assay"):
        yield frames.fill(f"fact-warn-{band.warn}")


def _dose(fact: Fact, facts: Facts, frames: Frames, names: Names) -> Sentence:
    quantity = fact.quantity
    written = f"{as_written(quantity)} {quantity.unit}".strip() if quantity else ""
    concept = fact.concept.removesuffix("_duration")
    if concept != fact.concept:
        written = f"for {written}"
    how_often = facts.current(f"{fact.concept}_frequency")
    if how_often is not None and how_often.result and fact.when is When.CURRENT:
        written = f"{written} {how_often.result}"
    slots = {"name": names.clinical(concept), "value": written, "label": names.time_label(fact)}
    return frames.fill(
        "fact-drug",
        slots,
        plain_slots={"name": names.plain(concept)},
        births=(Birthplace(written, f"fact {fact.concept}"),),
    )


def _medicines(facts: Facts, frames: Frames) -> Iterator[Sentence]:
    """The medicines that only their class is known of ("ramipril" is an ACE inhibitor), in the words of the text."""
    named = [fact.span for fact in facts.items if not fact.internal and fact.span != NOWHERE]
    taken = [
        fact.text
        for fact in facts.items
        if fact.internal and fact.kind is Kind.DRUG and fact.text and not fact.concept.endswith(_OF_A_DRUG)
        if _LISTS["fact-present"](fact) and not any(fact.span.overlaps(span) for span in named)
    ]
    words = tuple(dict.fromkeys(" ".join(each.split()) for each in taken))
    if words:
        births = tuple(Birthplace(each, "the words of a medicine") for each in words)
        yield frames.fill("fact-medicines", {"names": ", ".join(words)}, births=births)


def _lists(facts: Facts, frames: Frames, names: Names) -> Iterator[Sentence]:
    for key, belongs in _LISTS.items():
        mine = [f for f in facts.items if f.quantity is None and _listed(f, names) and belongs(f)]
        if mine:
            clinical = list(dict.fromkeys(_with_result(names.clinical(f.concept), f) for f in mine))
            plain = list(dict.fromkeys(_with_result(names.plain(f.concept), f) for f in mine))
            births = tuple(Birthplace(name, "a name") for name in (*clinical, *plain) if any(map(str.isdigit, name)))
            slots = {"names": ", ".join(clinical)}
            yield frames.fill(key, slots, plain_slots={"names": ", ".join(plain)}, births=births)


def _listed(fact: Fact, names: Names) -> bool:
    """Whether a fact without a number is said back in a list; a frequency stands with its dose."""
    said_elsewhere = fact.concept.endswith("_frequency") or (fact.kind is Kind.DEMOGRAPHIC and fact.result)
    return not said_elsewhere and not names.internal(fact.concept)


def _with_result(name: str, fact: Fact) -> str:
    if fact.supposed and fact.presence is Presence.ABSENT:
        return f"{name}: {fact.presence.value}"
    if fact.supposed and fact.when is When.PAST:
        return f"{name}: {fact.when.value}"
    return f"{name}: {fact.result}" if fact.result else name


def _concerns(facts: Facts, frames: Frames, names: Names) -> Iterator[Sentence]:
    for concern in facts.concerns:
        key = _frame_of(concern, facts)
        if key is not None:
            slots = {"name": names.clinical(concern.concept), "words": concern.text}
            births = (Birthplace(concern.text, f"the words of {concern.concept}"),)
            yield frames.fill(key, slots, plain_slots={"name": names.plain(concern.concept)}, births=births)


def _frame_of(concern: Concern, facts: Facts) -> str | None:
    """The frame that asks about a doubt. Two results contradict each other otherwise than two sayings do."""
    measured = any(fact.kind is Kind.LAB for fact in facts.of(concern.concept))
    if concern.kind is ConcernKind.CONFLICT and not measured:
        return "contradiction-ask"
    return _CONCERN_FRAME.get(concern.kind)


def _other_unit(quantity: Quantity, concept: str, vocabulary: Vocabulary) -> Quantity | None:
    """The same value in the other system of units, by the analyte's named factor, rounded for display only."""
    units = vocabulary.units
    analyte = units.analytes.get(concept)
    for conversion in () if analyte is None else analyte.conversions:
        for here, there in ((conversion.source, conversion.target), (conversion.target, conversion.source)):
            if units.same_scale(quantity.unit, here) and not units.same_scale(here, there):
                return _rounded(units.convert(quantity, there, concept))
    return None


def _rounded(quantity: Quantity) -> Quantity:
    upper = None if quantity.upper is None else round_to_three(quantity.upper)
    return replace(quantity, value=round_to_three(quantity.value), upper=upper, written="")


def round_to_three(number: Decimal) -> Decimal:
    """Three significant figures, but never fewer than the whole digits (1234.5 -> 1234)."""
    if number == 0:
        return number
    places = min(0, number.adjusted() - 2)
    return number.quantize(Decimal(1).scaleb(places), rounding=ROUND_HALF_EVEN)


def as_written(quantity: Quantity) -> str:
    """A quantity's number as text, with its comparator or range; trailing zeros kept as they were written."""
    number = format(quantity.value, "f")
    if quantity.upper is not None:
        return f"{number} to {format(quantity.upper, 'f')}"
    return number if quantity.comparator is Comparator.EQUAL else f"{quantity.comparator.value}{number}"
