"""Intents: what the person wants to know, the strongest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bedside.question.question import Intent
from bedside.question.wording import Wording

_LABEL = "intent "
_UNLESS = "intent-unless "


@dataclass(frozen=True, slots=True)
class IntentRules:
    """How much a hit of each intent weighs."""

    weights: Mapping[Intent, int]

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> IntentRules:
        """Read the weights of ``scope.yaml``."""
        return cls({Intent(entry["intent"]): entry["weight"] for entry in data["intents"]})


def intent_patterns(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """The patterns of ``scope.yaml`` that name an intent, by label."""
    patterns = {_LABEL + entry["intent"]: entry["patterns"] for entry in data["intents"]}
    return patterns | {_UNLESS + entry["intent"]: entry.get("unless", []) for entry in data["intents"]}


def stated_intents(wording: Wording, rules: IntentRules) -> tuple[Intent, ...]:
    """The intents the words state: the heaviest first, then the one stated most often, then the one stated first.

    Empty when none is stated. A place counts once, whatever the number of patterns that match there.
    """
    ranked: list[tuple[int, int, int, int, Intent]] = []
    for order, (intent, weight) in enumerate(rules.weights.items()):
        places = sorted({hit.first for hit in wording.found(_LABEL + intent, unless=_UNLESS + intent)})
        if places:
            ranked.append((-weight, -len(places), places[0], order, intent))
    return tuple(intent for *_, intent in sorted(ranked))
