"""A protocol's run as plain JSON values."""

from __future__ import annotations

from typing import Any

from bedside.protocol.outcome import BandResult, Because, Holds, Missing, Outcome, Run
from bedside.protocol.truth import Truth
from bedside.rendering.explain import quantity_text


def protocol_run(run: Run) -> dict[str, Any]:
    """What one protocol says: scope, bands, classes, rules that fired, stay open or were silenced, what is missing."""
    undecided = [o for o in run.outcomes if o.truth is Truth.UNKNOWN and o.relevant and not o.overridden_by]
    return {
        "id": run.protocol.id,
        "version": run.protocol.version,
        "scope": run.scope.name.lower(),
        "pattern": run.pattern.id if run.pattern else None,
        "bands": [_band(band) for band in run.bands],
        "classification": [{"name": name, "class": value} for name, value in run.classes],
        "rules": {
            "fired": [_outcome(outcome) for outcome in run.firing()],
            "open": [_outcome(outcome) for outcome in undecided],
            "overridden": [_outcome(o) for o in run.outcomes if o.truth is Truth.TRUE and o.overridden_by],
        },
        "missing": [_missing(missing) for missing in run.missing],
        "holds": [_holds(holds) for holds in run.holds],
    }


def _band(band: BandResult) -> dict[str, Any]:
    return {
        "measure": band.measure,
        "band": band.band or None,
        "ask": band.ask or None,
        "warn": band.warn or None,
        "jurisdiction": band.jurisdiction or None,
        "value": quantity_text(band.fact.quantity) if band.fact and band.fact.quantity else None,
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    rule = outcome.rule
    return {
        "rule": rule.id,
        "row": rule.row,
        "table": rule.table,
        "jurisdiction": rule.jurisdiction.value,
        "effect": rule.effect.value,
        "strength": rule.strength.value,
        "level": rule.level.value,
        "urgency": rule.urgency.value or None,
        "statements": list(rule.statements),
        "overridden_by": outcome.overridden_by or None,
        "because": [_because(because) for because in outcome.because],
    }


def _because(because: Because) -> dict[str, Any]:
    return {
        "leaf": because.leaf,
        "truth": because.truth.name.lower(),
        "fact": because.fact.concept if because.fact else None,
        "text": because.fact.text if because.fact else None,
    }


def _missing(missing: Missing) -> dict[str, Any]:
    return {
        "ask": missing.ask.id,
        "facts": list(missing.ask.facts),
        "question": {"clinical": missing.ask.wording.clinical, "plain": missing.ask.wording.plain},
        "changes": {"clinical": missing.ask.changes.clinical, "plain": missing.ask.changes.plain},
        "rank": {"red_flag": missing.red_flag, "changes": missing.changes, "settles": missing.settles},
        "rules": list(missing.rules),
        "together": list(missing.together),
    }


def _holds(holds: Holds) -> dict[str, Any]:
    return {
        "measure": holds.measure,
        "jurisdiction": holds.jurisdiction,
        "unit": holds.unit,
        "low": holds.low,
        "low_inclusive": holds.low_inclusive,
        "high": holds.high,
        "high_inclusive": holds.high_inclusive,
        "band": holds.band,
        "below": holds.below or None,
        "above": holds.above or None,
    }
