"""Traits: what makes a piece of content a risk, read from it and its sources. Being overdue needs a clock and is
found by the queue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from bedside.evidence.source import RecordCheck, Source, SourceStatus
from bedside.evidence.statement import Basis, Statement
from bedside.protocol.protocol import Effect, Rule, Urgency
from bedside.protocol.strength import Strength
from bedside.review.item import Trait
from bedside.text.matching import UnitTokens
from bedside.verification.figures import claim_figures
from bedside.verification.polarity import other_wording
from bedside.verification.strength import prescribers_voice, strength_kept
from bedside.verification.verdict import SHOWN

URGENT = (Urgency.IMMEDIATE, Urgency.SAME_DAY)
"""The urgencies that make a red flag an emergency."""
DOUBTFUL = (SourceStatus.SUPERSEDED, SourceStatus.RETRACTED, SourceStatus.CONCERN)
INHERITED = (Trait.DOSE, Trait.FAILED_CHECK, Trait.UNCONFIRMED, Trait.SECONDHAND, Trait.MEMORY, Trait.UNFIT_SOURCE)
"""What a rule or pattern has because a statement it shows has it."""

_NO_UNITS = UnitTokens({})


def is_emergency(rule: Rule) -> bool:
    """Whether a rule is a red flag to be acted on the same day or at once."""
    return rule.effect is Effect.RED_FLAG and rule.urgency in URGENT


@lru_cache(maxsize=16384)
def statement_traits(statement: Statement) -> frozenset[Trait]:
    """The traits that its own words and marks give it."""
    return frozenset(_of_statement(statement))


def _of_statement(statement: Statement) -> Iterator[Trait]:
    if statement.strength is Strength.DO_NOT or statement.guards:
        yield Trait.CAUTION
    if statement.dose:
        yield Trait.DOSE
    if fails(statement):
        yield Trait.FAILED_CHECK
    if statement.unconfirmed:
        yield Trait.UNCONFIRMED
    if statement.basis is Basis.SECONDHAND:
        yield Trait.SECONDHAND


def rule_traits(rule: Rule) -> Iterator[Trait]:
    """The traits that its own row gives it."""
    if is_emergency(rule):
        yield Trait.EMERGENCY
    if rule.strength is Strength.DO_NOT or rule.effect is Effect.ABSTAIN:
        yield Trait.CAUTION
    if rule.unconfirmed:
        yield Trait.UNCONFIRMED


def source_traits(keys: Iterable[str], sources: Mapping[str, Source]) -> Iterator[Trait]:
    """The traits that sources give what rests on them. A source that is not there is none that anybody has seen."""
    for key in keys:
        source = sources.get(key)
        if source is None or source.check is RecordCheck.MEMORY:
            yield Trait.MEMORY
        if source is None or source.status in DOUBTFUL:
            yield Trait.UNFIT_SOURCE


def fails(statement: Statement) -> bool:
    """Whether its two wordings fail those of the gate's checks that need neither the question nor the words of the
    domain: the same figures and negations in both, and the strength of neither raised."""
    against, strength = statement.id, statement.strength
    findings = [
        *claim_figures(statement.plain, statement.clinical, _NO_UNITS, against),
        *strength_kept(statement.clinical, strength, against),
        *strength_kept(statement.plain, strength, against),
        *other_wording(statement.plain, statement.clinical, strength, against),
    ]
    if statement.dose:
        findings += prescribers_voice(statement.plain, against)
    return any(finding.verdict not in SHOWN for finding in findings)


def ordered(traits: Iterable[Trait]) -> tuple[Trait, ...]:
    """Every trait once, the greatest risk first."""
    found = set(traits)
    return tuple(trait for trait in Trait if trait in found)
