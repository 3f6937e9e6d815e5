"""The vocabulary: everything the reading of facts takes from the content, built once and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bedside.facts.context import ContextRules
from bedside.facts.lexicon import Lexicon
from bedside.facts.lexicon_index import indexed
from bedside.facts.units import Units
from bedside.text.phrases import PhraseIndex
from bedside.text.words import norms

_TABLES = ("results", "courses", "routes", "adherence")
_LISTS = ("taking", "older", "newer", "baseline", "reference", "untreated", "untreated_b12")


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Lexicon, units, context rules, and the small word lists that labs, drugs and symptoms are read with.

    ``tables`` find a phrase and give its value (a result, a course, a route, a sex, a country); ``lists`` find a
    phrase and give the list's name.
    """

    lexicon: Lexicon
    units: Units
    context: ContextRules
    tables: Mapping[str, PhraseIndex[str]]
    fillers: frozenset[str]

    @classmethod
    def from_mapping(cls, compiled: Mapping[str, Any]) -> Vocabulary:
        """Build from compiled content: ``{"units", "analytes", "context", "lexicon_index"}``, or with
        ``"lexicon": {concept: entry}`` in the place of its index."""
        context = compiled["context"]
        index = compiled["lexicon_index"] if "lexicon_index" in compiled else indexed(compiled["lexicon"])
        lexicon = index["concepts"]
        tables = {name: _table(context[name]) for name in _TABLES}
        tables |= {name: PhraseIndex((phrase, name) for phrase in context[name]) for name in _LISTS}
        tables |= {name: _table(lexicon[name]["values"]) for name in ("sex", "jurisdiction")}
        tables["pronouns"] = _table(lexicon["sex"]["pronouns"])
        tables["cased_jurisdiction"] = _table(lexicon["jurisdiction"]["cased"])
        return cls(
            Lexicon.from_index(index),
            Units.from_mapping(compiled["units"], compiled["analytes"]),
            ContextRules.from_mapping(context),
            tables,
            frozenset(norm for word in context["fillers"] for norm in norms(word)),
        )


def _table(values: Mapping[str, list[str]]) -> PhraseIndex[str]:
    return PhraseIndex((phrase, value) for value, phrases in values.items() for phrase in phrases)
