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
_FAINT = "topic-faint "
_NOT_FAINT = "topic-not-faint "


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: concepts, and values above or below a limit, that make a question one about it; signs and risks that
    do so together. A limit is in the usual unit of its concept. The ``faint`` ones count only where nothing speaks of
    another topic: an illness or a medicine that is told beside many questions.
    """

    id: str
    concepts: frozenset[str]
    signs: frozenset[str]
    risks: frozenset[str]
    above: Mapping[str, Decimal]
    below: Mapping[str, Decimal] = field(default_factory=dict)
    faint: frozenset[str] = frozenset()
    faint_signs: frozenset[str] = frozenset()
    faint_risks: frozenset[str] = frozenset()
    faint_below: Mapping[str, Decimal] = field(default_factory=dict)

    @classmethod
    def from_mapping(cls, topic_id: str, data: Mapping[str, Any]) -> Topic:
        """Read one entry of ``topics`` of ``scope.yaml``."""
        above = {concept: Decimal(limit) for concept, limit in data["above"].items()}
        passing = data.get("faint", {})
        below, faint_below = (
            {concept: Decimal(limit) for concept, limit in each.get("below", {}).items()} for each in (data, passing)
        )
        named = ("concepts", "signs", "risks")
        faint = (frozenset(passing.get(key, ())) for key in named)
        return cls(topic_id, *(frozenset(data[key]) for key in named), above, below, *faint, faint_below)


def topic_patterns(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """The patterns of ``scope.yaml`` that name a topic, by label."""
    patterns = {_LABEL + name: topic["words"] for name, topic in data["topics"].items()}
    patterns |= {_UNLESS + name: topic["not_words"] for name, topic in data["topics"].items()}
    for name, topic in data["topics"].items():
        faint = topic.get("faint", {})
        patterns |= {
            label + name: faint[key] for label, key in ((_FAINT, "words"), (_NOT_FAINT, "not_words")) if key in faint
        }
    return patterns


def topics_of(wording: Wording, facts: Facts, topics: tuple[Topic, ...], *, faint: bool = True) -> tuple[str, ...]:
    """The ids of the topics the question is about: the one with most words and facts first, of two that have as many
    the one that is named first. With *faint*, a question on none of them is about those that it speaks of faintly."""
    weighed = [(_weight(wording, facts, t), _place(wording, facts, t), order, t.id) for order, t in enumerate(topics)]
    named = tuple(topic_id for weight, *_, topic_id in sorted(weighed, key=lambda w: (-w[0], w[1:])) if weight)
    return named or (faintly(wording, facts, topics) if faint else ())


def faintly(wording: Wording, facts: Facts, topics: tuple[Topic, ...]) -> tuple[str, ...]:
    """The ids of the topics that a question speaks of in passing, whatever else it is about."""
    return tuple(topic.id for topic in topics if _faintly(wording, facts, topic))


def _faintly(wording: Wording, facts: Facts, topic: Topic) -> bool:
    """Whether the text speaks of a topic in words that count where it speaks of no other."""
    if any(True for _ in wording.found(_NOT_FAINT + topic.id)):
        return False
    if any(True for _ in wording.found(_FAINT + topic.id, unless=_UNLESS + topic.id)):
        return True
    told = [fact for fact in facts.items if _counts(fact)]
    own = {fact.concept for fact in told}
    if (own & topic.faint_signs and own & topic.faint_risks) or any(_below(fact, topic.faint_below) for fact in told):
        return True
    return bool(own & topic.faint) and not any(True for _ in wording.found(_UNLESS + topic.id))


def _place(wording: Wording, facts: Facts, topic: Topic) -> int:
    """Where the text first speaks of a topic; its end when only other turns do."""
    named = (wording.span(hit).start for hit in wording.found(_LABEL + topic.id, unless=_UNLESS + topic.id))
    read = (fact.span.start for fact in facts.items if fact.concept in topic.concepts and fact.span != NOWHERE)
    return min((*named, *read), default=len(wording.text))


def _weight(wording: Wording, facts: Facts, topic: Topic) -> int:
    named = sum(1 for _ in wording.found(_LABEL + topic.id, unless=_UNLESS + topic.id))
    own = [fact for fact in facts.items if _counts(fact)]
    named += sum(fact.concept in topic.concepts or _beyond(fact, topic) for fact in own)
    if named:
        return named
    return int(any(f.concept in topic.signs for f in own) and any(f.concept in topic.risks for f in own))


def _beyond(fact: Fact, topic: Topic) -> bool:
    if fact.quantity is None:
        return False
    above = topic.above.get(fact.concept)
    return (above is not None and fact.quantity.value > above) or _below(fact, topic.below)


def _below(fact: Fact, limits: Mapping[str, Decimal]) -> bool:
    limit = limits.get(fact.concept)
    return limit is not None and fact.quantity is not None and fact.quantity.value < limit


def _counts(fact: Fact) -> bool:
    """Whether a fact says what the question is about: the patient's or the infant's, whatever its presence."""
    return fact.subject in (Subject.PATIENT, Subject.INFANT)
