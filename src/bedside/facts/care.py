"""How treatment goes: time since the last dose or injection, adherence, and how long it has lasted."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from bedside.facts.context import Status
from bedside.facts.fact import Fact, Kind, Presence, Quantity, When
from bedside.facts.reading import Reading, quantity
from bedside.text.span import Span

_LAST_INJECTION = re.compile(
    r"\b(?:last|latest|previous|most recent) (?:b12 |\w+cobalamin )?(?:injection|jab|shot|dose|one)\b"
)
_SINCE = frozenset({"days", "weeks", "months"})
_BEFORE_TEST = re.compile(
    r"\s*(?:before|prior to) (?:the |my |her |his |that |having |this )?"
    r"(?:b12 test|bloods?|test|sample|draw|level|venepuncture|it was taken)\b"
)
_AFTER_DOSE = re.compile(r"\s*(?:after|since) (?:the |my |her |his )?(?:last |morning |usual )?(?:dose|tablet|pill)\b")
_PERCENT = re.compile(
    r"\b(?:adherence|compliance)(?: is| was| of|:)?\s{0,2}(?:about |around )?(\d{1,3})\s?(?:%|per ?cent)"
)
_TREATMENT = re.compile(
    r"\b(?:on|of|into|under) (?:the |this |my |her |his |b12 |oral |regular )?"
    r"(?:treatment|therapy|tablets|supplements|replacement|it|them|supplementation)\b"
    r"|\b(?:treated|treatment) (?:for|x)\b|\btaking (?:it|them|these|this)\b|\bsupplementing\b"
)
_BEFORE, _BEHIND = 30, 25  # characters around the words for treatment in which its duration stands
_TIMES = frozenset({"days", "weeks", "months", "years"})


def care(reading: Reading) -> list[Fact]:
    """Time since the last dose or injection, and adherence; read before medicines, whose durations they are not."""
    return [*_since_injection(reading), *_since_dose(reading), *_adherence(reading)]


def _drug_fact(reading: Reading, concept: str, span: Span) -> Fact:
    return reading.fact(concept, Kind.DRUG, span, Status())


def _since_injection(reading: Reading) -> list[Fact]:
    for match in _LAST_INJECTION.finditer(reading.folded):
        sentence = reading.sentence(match.start())
        for figure in reading.figures_in(Span(match.end(), min(sentence.end, match.end() + 40))):
            if figure.unit not in _SINCE or "ago" not in reading.folded[figure.span.end : figure.span.end + 6]:
                break
            reading.used.add(figure.digits.start)
            span = Span(match.start(), figure.span.end)
            fact = _drug_fact(reading, "days_since_last_injection", span)
            return [replace(fact, quantity=quantity(figure, reading.text))]
    return []


def _since_dose(reading: Reading) -> list[Fact]:
    for figure in reading.figures:
        if figure.unit != "hours" or figure.digits.start in reading.used:
            continue
        behind = reading.folded[figure.span.end : figure.span.end + 40]
        if _BEFORE_TEST.match(behind) or _AFTER_DOSE.match(behind):
            reading.used.add(figure.digits.start)
            fact = _drug_fact(reading, "hours_since_last_oral_dose", figure.span)
            return [replace(fact, quantity=quantity(figure, reading.text))]
    return []


def _adherence(reading: Reading) -> list[Fact]:
    if percent := _PERCENT.search(reading.folded):
        fact = _drug_fact(reading, "adherence", Span(*percent.span()))
        return [replace(fact, quantity=Quantity(Decimal(percent[1]), "%", written=percent[1]))]
    for hit in reading.phrases("adherence", Span(0, len(reading.text))):
        span = Span(reading.words[hit.first].start, reading.words[hit.last - 1].end)
        return [replace(_drug_fact(reading, "adherence", span), result=hit.payload)]
    return []


def time_on_treatment(reading: Reading) -> list[Fact]:
    """Time on a treatment that is not named: "after 3 months of treatment", "treated for 6 weeks"."""
    for match in _TREATMENT.finditer(reading.folded):
        said = reading.status(Span(*match.span()))
        if said.when is not When.CURRENT or said.presence is not Presence.PRESENT:
            continue
        sentence = reading.sentence(match.start())
        near = Span(max(sentence.start, match.start() - _BEFORE), min(sentence.end, match.end() + _BEHIND))
        for figure in reading.figures_in(near):
            if figure.unit in _TIMES and "ago" not in reading.folded[figure.span.end : figure.span.end + 5]:
                fact = _drug_fact(reading, "time_on_treatment", figure.span)
                return [replace(fact, quantity=quantity(figure, reading.text))]
    return []
