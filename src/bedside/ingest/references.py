"""Every name used in the content must exist: the references noted while reading, resolved against what was read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from bedside.facts.fact import Course
from bedside.ingest.library_files import ContentFiles, Topic
from bedside.ingest.reading import Reading, Reference, Referent, nearest
from bedside.ingest.vocabulary_yaml import fact_names
from bedside.protocol.case import base_name
from bedside.question.question import Intent

DEMOGRAPHICS = frozenset({"age_years", "sex", "gestation_weeks", "infant_age_months", "jurisdiction"})
"""Facts that are read by their own rules and need no words in the lexicon (section 2.1 of the B12 specification)."""

_SUFFIXES = ("_duration", "_frequency")
_RESULTS = frozenset(
    {
        "positive",
        "negative",
        "equivocal",
        "normal",
        "abnormal",
        "low",
        "raised",
        "high",
        "present",
        "absent",
        "not_done",
    }
)
"""Results in words that any laboratory value may have (section 2.2 of the B12 specification)."""


def resolve(content: ContentFiles, reading: Reading) -> None:
    """Note every reference that points nowhere, with the nearest name that exists."""
    names = _Names(content)
    for reference in reading.references:
        known = names.known(reference)
        if known is not None and not _exists(reference, known):
            what = f"there is no {reference.referent} {reference.name!r}."
            reading.refuse(reference.where, what, nearest(base_name(reference.name), known))


def _exists(reference: Reference, known: Collection[str]) -> bool:
    """Whether a name exists; a fact may stand with a prefix such as ``past_``."""
    return reference.name in known or (reference.referent is Referent.FACT and base_name(reference.name) in known)


class _Names:
    """The names that exist, by what they are and in which topic."""

    def __init__(self, content: ContentFiles) -> None:
        self._topics = {topic.id: topic for topic in content.topics}
        lexicon = content.vocabulary.get("lexicon")
        self._facts = _with_suffixes(fact_names(content.vocabulary)) if lexicon else frozenset[str]()
        self._everywhere: dict[Referent, Collection[str]] = {
            Referent.STATEMENT: content.statements,
            Referent.SOURCE: content.sources,
            Referent.TERM: content.glossary,
            Referent.UNIT: unit_tokens(content.vocabulary.get("units")),
            Referent.FACT: self._facts,
            Referent.SUBJECT: {
                *(topic.replace("-", "_") for topic in self._topics),
                *(intent.value for intent in Intent),
                *(entry["subject"] for entry in content.vocabulary.get("scope", {}).get("subjects", ())),
            },
        }
        self._of_topic: dict[tuple[Referent, str], Collection[str]] = {}

    def known(self, reference: Reference) -> Collection[str] | None:
        """The names a reference may use; None where that cannot be said because a whole file is missing."""
        if reference.referent in self._everywhere:
            return self._everywhere[reference.referent] or None
        if reference.referent is Referent.NAME and not self._facts:
            return None
        if reference.referent is Referent.BAND:
            return self._bands(reference)
        key = (reference.referent, reference.topic)
        if key not in self._of_topic:
            self._of_topic[key] = self._in_topic(*key)
        return self._of_topic[key]

    def _protocol(self, topic: str) -> Mapping[str, Any]:
        found = self._topics.get(topic)
        return found.protocol or {} if found else {}

    def _in_topic(self, referent: Referent, topic: str) -> Collection[str]:
        """The names of one kind in one topic's protocol."""
        protocol = self._protocol(topic)
        measures, definitions = protocol.get("measures", {}), protocol.get("definitions", {})
        listed: dict[Referent, Callable[[], Collection[str]]] = {
            Referent.NAME: lambda: {*self._facts, *measures, *definitions},
            Referent.MEASURE: lambda: set(measures),
            Referent.PARAMETER: lambda: {parameter["name"] for parameter in protocol.get("parameters", ())},
            Referent.RULE: lambda: {rule["id"] for rule in protocol.get("rules", ())},
            Referent.ASK: lambda: {ask["id"] for ask in protocol.get("asks", ())},
            Referent.PATTERN: lambda: {"none", *(pattern["id"] for pattern in protocol.get("patterns", ()))},
        }
        return listed[referent]()

    def _bands(self, reference: Reference) -> Collection[str] | None:
        """The pairs "measure word" that make sense; None for what has no bands: any word may be its result."""
        name = reference.name.partition(" ")[0]
        protocol = self._protocol(reference.topic)
        words = _band_names(name, protocol.get("measures", {}))
        if not words:
            return None
        classes = {
            word for rule in protocol.get("rules", ()) for measure, word in rule.get("classify", ()) if measure == name
        }
        return {f"{name} {word}" for word in words | classes | _RESULTS | {course.value for course in Course}}


def _band_names(name: str, measures: Mapping[str, Any]) -> set[str]:
    """The bands of a measure, or of those it takes the first known of."""
    measure = measures.get(name, {})
    words = {band["name"] for bands in measure.get("bands", {}).values() for band in bands}
    for part in measure.get("first_known", ()):
        if part != name:
            words |= _band_names(part, measures)
    return words


def _with_suffixes(names: Collection[str]) -> frozenset[str]:
    """Facts with their duration and frequency (section 20 of the B12 specification); nothing for nothing."""
    if not names:
        return frozenset()
    return frozenset({*names, *DEMOGRAPHICS, *(f"{name}{suffix}" for name in names for suffix in _SUFFIXES)})


def unit_tokens(units: Any) -> frozenset[str]:
    """Every word in the table of units: the tokens themselves and every way of writing them."""
    if isinstance(units, str):
        return frozenset({units})
    if isinstance(units, Mapping):
        return frozenset(units).union(*map(unit_tokens, units.values()))
    if isinstance(units, list):
        return frozenset().union(*map(unit_tokens, units))
    return frozenset()


def topics_with_protocol(content: ContentFiles) -> list[Topic]:
    """The topics that compute something."""
    return [topic for topic in content.topics if topic.protocol is not None]
