"""Scope: which topics a question is about, from its words and from the facts read in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bedside.facts.fact import Fact, Facts, Kind, Presence, Subject
from bedside.question.wording import Wording
from bedside.text.span import NOWHERE

_LABEL = "topic "
_UNLESS = "topic-unless "
_JUDGED = "value-judged"
_ELSEWHERE = "value-judged-elsewhere"
_ANOTHER = "topic-another "
_SETTLED = "topic-settled "
_FAINT = "topic-faint "
_NOT_FAINT = "topic-not-faint "


@dataclass(frozen=True, slots=True)
class Marks:
    """What speaks of a topic besides words: concepts, and values above or below a limit, in the usual unit of their
    concept; signs and risks do so together."""

    concepts: frozenset[str]
    signs: frozenset[str]
    risks: frozenset[str]
    above: Mapping[str, Decimal]
    below: Mapping[str, Decimal]

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> Marks:
        """Read an entry of ``scope.yaml``; what it does not name is none."""
        above, below = (
            {name: Decimal(limit) for name, limit in data.get(key, {}).items()} for key in ("above", "below")
        )
        concepts, signs, risks = (frozenset(data.get(key, ())) for key in ("concepts", "signs", "risks"))
        return cls(concepts, signs, risks, above, below)

    def of(self, fact: Fact) -> bool:
        """Whether a fact speaks of the topic by itself."""
        return fact.concept in self.concepts or self.beyond(fact)

    def beyond(self, fact: Fact) -> bool:
        """Whether its value lies beyond a limit."""
        above, below = self.above.get(fact.concept), self.below.get(fact.concept)
        value = fact.quantity.value if fact.quantity is not None else None
        return value is not None and ((above is not None and value > above) or (below is not None and value < below))

    def together(self, facts: Iterable[Fact]) -> bool:
        """Whether a sign stands with a risk."""
        told = {fact.concept for fact in facts}
        return bool(told & self.signs and told & self.risks)


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. What is ``faint`` counts only where nothing speaks of another topic: an illness or a medicine that is
    told beside many questions. Whether a value of what is ``measured`` is all right is a question on the topic."""

    id: str
    named: Marks
    faint: Marks
    measured: frozenset[str] = frozenset()

    @classmethod
    def from_mapping(cls, topic_id: str, data: Mapping[str, Any]) -> Topic:
        """Read one entry of ``topics`` of ``scope.yaml``."""
        measured = frozenset(data.get("measured", ()))
        return cls(topic_id, Marks.from_mapping(data), Marks.from_mapping(data.get("faint", {})), measured)


def topic_patterns(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """The patterns of ``scope.yaml`` that name a topic, by label."""
    patterns = {_LABEL + name: topic["words"] for name, topic in data["topics"].items()}
    patterns |= {_JUDGED: data["judged"], _ELSEWHERE: data["judged_elsewhere"]}
    patterns |= {_UNLESS + name: topic["not_words"] for name, topic in data["topics"].items()}
    for label, key in ((_ANOTHER, "another"), (_SETTLED, "settled")):
        patterns |= {label + name: topic[key] for name, topic in data["topics"].items() if key in topic}
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
    return named or (faintly(wording, facts, topics) or _measured(wording, facts, topics) if faint else ())


def told_only(wording: Wording, facts: Facts, topics: tuple[Topic, ...]) -> frozenset[str]:
    """The ids of the topics whose test is told as right while something else is asked: "B12 normal, how much
    magnesium?". Nothing of such a topic is answered; its red flags are heard."""
    return frozenset(topic.id for topic in topics if _told_only(wording, facts, topic))


def _told_only(wording: Wording, facts: Facts, topic: Topic) -> bool:
    if not wording.first(_ANOTHER + topic.id):
        return False
    own = [fact for fact in facts.items if _counts(fact)]
    limits = topic.named.above.keys() | topic.named.below.keys()
    measured = any(fact.concept in limits and fact.quantity is not None for fact in own)
    return not any(map(topic.named.beyond, own)) and (measured or bool(wording.first(_SETTLED + topic.id)))


def faintly(wording: Wording, facts: Facts, topics: tuple[Topic, ...], beside: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The ids of the topics that a question speaks of in passing, *beside* those that it is about."""
    return tuple(topic.id for topic in topics if topic.id not in beside and _faintly(wording, facts, topic))


def _measured(wording: Wording, facts: Facts, topics: tuple[Topic, ...]) -> tuple[str, ...]:
    """The topic whose test is the only one measured, where the text asks whether a value is right: "128/79. ok?"."""
    told = {f.concept for f in facts.items if f.kind is Kind.LAB and f.quantity and f.subject is Subject.PATIENT}
    asked = bool(wording.first(_JUDGED)) and not wording.first(_ELSEWHERE)
    return tuple(topic.id for topic in topics if told <= topic.measured) if told and asked else ()


def _faintly(wording: Wording, facts: Facts, topic: Topic) -> bool:
    """Whether the text speaks of a topic in words or facts that count where it speaks of no other."""
    if any(True for _ in wording.found(_NOT_FAINT + topic.id)):
        return False
    if any(True for _ in wording.found(_FAINT + topic.id, unless=_UNLESS + topic.id)):
        return True
    own = [fact for fact in facts.items if _counts(fact)]
    if topic.faint.together(own):
        return True
    return any(map(topic.faint.of, own)) and not any(True for _ in wording.found(_UNLESS + topic.id))


def _place(wording: Wording, facts: Facts, topic: Topic) -> int:
    """Where the text first speaks of a topic; its end when only other turns do."""
    named = (wording.span(hit).start for hit in wording.found(_LABEL + topic.id, unless=_UNLESS + topic.id))
    read = (fact.span.start for fact in facts.items if fact.concept in topic.named.concepts and fact.span != NOWHERE)
    return min((*named, *read), default=len(wording.text))


def _weight(wording: Wording, facts: Facts, topic: Topic) -> int:
    named = sum(1 for _ in wording.found(_LABEL + topic.id, unless=_UNLESS + topic.id))
    barred = [wording.span(hit) for hit in wording.hits.get(_UNLESS + topic.id, ())]
    own = [fact for fact in facts.items if _counts(fact)]
    telling = [fact for fact in own if not (_barrable(fact, topic) and any(map(fact.span.overlaps, barred)))]
    return named + sum(map(topic.named.of, telling)) or int(topic.named.together(own))


def _barrable(fact: Fact, topic: Topic) -> bool:
    """Whether a fact inside ``not_words`` says nothing of the topic: a value beyond a limit, and what is denied."""
    return topic.named.beyond(fact) or fact.presence is Presence.ABSENT


def _counts(fact: Fact) -> bool:
    """Whether a fact says what the question is about: the patient's or the infant's, whatever its presence."""
    return fact.subject in (Subject.PATIENT, Subject.INFANT)
