"""Scope: which topics a question is about, from its words and from the facts read in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bedside.facts.fact import Fact, Facts, Subject
from bedside.question.wording import Wording
from bedside.text.span import NOWHERE

_LABEL = "topic "
_UNLESS = "topic-unless "
_ALONE = "topic-alone "


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: concepts, and values above a limit, that make a question one about it; signs and risks that do so
    together. A limit is in the usual unit of its concept. A value below a limit of
    ``below`` makes it one where no topic is named.
    """

    id: str
    concepts: frozenset[str]
    signs: frozenset[str]
    risks: frozenset[str]
    above: Mapping[str, Decimal]
    below: Mapping[str, Decimal] = field(default_factory=dict)

    @classmethod
    def from_mapping(cls, topic_id: str, data: Mapping[str, Any]) -> Topic:
        """Read one entry of ``topics`` of ``scope.yaml``."""
        above = {concept: Decimal(limit) for concept, limit in data["above"].items()}
        below = {concept: Decimal(limit) for concept, limit in data.get("below", {}).items()}
        signs, risks = frozenset(data["signs"]), frozenset(data["risks"])
        return cls(topic_id, frozenset(data["concepts"]), signs, risks, above, below)


def topic_patterns(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """The patterns of ``scope.yaml`` that name a topic, by label."""
    patterns = {_LABEL + name: topic["words"] for name, topic in data["topics"].items()}
    patterns |= {_ALONE + name: topic["alone"] for name, topic in data["topics"].items() if "alone" in topic}
    return patterns | {_UNLESS + name: topic["not_words"] for name, topic in data["topics"].items()}


def topics_of(wording: Wording, facts: Facts, topics: tuple[Topic, ...], *, alone: bool = True) -> tuple[str, ...]:
    """The ids of the topics the question is about: the one with most words and facts first, of two that have as many
    the one that is named first. With *alone*, a question on none of them is about those whose ``alone`` words it has:
    words that stand beside other topics too (a medicine, an illness)."""
    weighed = [(_weight(wording, facts, t), _place(wording, facts, t), order, t.id) for order, t in enumerate(topics)]
    named = tuple(topic_id for weight, *_, topic_id in sorted(weighed, key=lambda w: (-w[0], w[1:])) if weight)
    if named or not alone:
        return named
    return tuple(t.id for t in topics if _alone(wording, facts, t))


def _alone(wording: Wording, facts: Facts, topic: Topic) -> bool:
    told = any(_below(fact, topic.below) for fact in facts.items if _counts(fact))
    return told or any(wording.found(_ALONE + topic.id, unless=_UNLESS + topic.id))


def _place(wording: Wording, facts: Facts, topic: Topic) -> int:
    """Where the text first speaks of a topic; its end when only other turns do."""
    named = (wording.span(hit).start for hit in wording.found(_LABEL + topic.id, unless=_UNLESS + topic.id))
    read = (fact.span.start for fact in facts.items if fact.concept in topic.concepts and fact.span != NOWHERE)
    return min((*named, *read), default=len(wording.text))


def _weight(wording: Wording, facts: Facts, topic: Topic) -> int:
    named = sum(1 for _ in wording.found(_LABEL + topic.id, unless=_UNLESS + topic.id))
    own = [fact for fact in facts.items if _counts(fact)]
    named += sum(fact.concept in topic.concepts or _above(fact, topic.above) for fact in own)
    if named:
        return named
    return int(any(f.concept in topic.signs for f in own) and any(f.concept in topic.risks for f in own))


def _above(fact: Fact, limits: Mapping[str, Decimal]) -> bool:
    limit = limits.get(fact.concept)
    return limit is not None and fact.quantity is not None and fact.quantity.value > limit


def _below(fact: Fact, limits: Mapping[str, Decimal]) -> bool:
    limit = limits.get(fact.concept)
    return limit is not None and fact.quantity is not None and fact.quantity.value < limit


def _counts(fact: Fact) -> bool:
    """Whether a fact says what the question is about: the patient's or the infant's, whatever its presence."""
    return fact.subject in (Subject.PATIENT, Subject.INFANT)
