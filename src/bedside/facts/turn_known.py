"""What is known of one person while their case is told: the facts, the trail, and what is doubtful."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bedside.facts.case import Step, StepKind
from bedside.facts.fact import EDITED, Concern, ConcernKind, Course, Fact, Subject, When
from bedside.facts.merge import merged
from bedside.facts.vocabulary import Vocabulary

_TIME = "time_on_treatment"
DURATION, FREQUENCY = "_duration", "_frequency"


@dataclass(slots=True)
class Known:
    """The facts of one person so far, without those that follow from others (the class of a medicine)."""

    vocabulary: Vocabulary
    facts: list[Fact] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    doubts: list[tuple[int, Concern]] = field(default_factory=list)
    conflicts: dict[str, tuple[int, Concern]] = field(default_factory=dict)

    def step(self, turn: int, kind: StepKind, before: Fact | None, after: Fact | None, concept: str = "") -> None:
        """Add a step to the trail."""
        about = after or before
        self.steps.append(Step(turn, kind, concept or (about.concept if about else ""), before, after))

    def remove(self, fact: Fact) -> None:
        """Forget one fact."""
        self.facts = [each for each in self.facts if each is not fact]

    def own(self, concept: str, when: When = When.CURRENT, subject: Subject = Subject.PATIENT) -> list[Fact]:
        """The facts of a concept, of that time and person, oldest first."""
        return [f for f in self.facts if f.concept == concept and f.when is when and f.subject is subject]

    def replaced(self, turn: int, before: Fact, after: Fact) -> None:
        """Put one fact in the place of another."""
        self.remove(before)
        self.facts.append(after)
        self.step(turn, StepKind.REPLACED, before, after)
        self.settled(after.concept)

    def settled(self, concept: str) -> None:
        """What was contradictory about a concept is settled."""
        self.conflicts = {key: found for key, found in self.conflicts.items() if concept not in (key, found[1].concept)}


def without_derived(facts: Iterable[Fact], vocabulary: Vocabulary) -> list[Fact]:
    """The facts as told: without the classes of medicines and the time on treatment, which follow from them."""
    told = list(facts)
    return [fact for fact in told if not _derived(fact, told, vocabulary)]


def _derived(fact: Fact, told: list[Fact], vocabulary: Vocabulary) -> bool:
    if not fact.internal:
        return False
    concepts = vocabulary.lexicon.concepts
    if fact.concept == _TIME:
        return any(f.span == fact.span and f.concept.endswith(DURATION) and f is not fact for f in told)
    bare = fact.concept.removesuffix(DURATION)
    for other in told:
        named = other.concept.removesuffix(DURATION)
        if other is not fact and other.span == fact.span and named in concepts and bare in concepts[named].is_a:
            return True
    return False


def completed(facts: Iterable[Fact], vocabulary: Vocabulary) -> tuple[Fact, ...]:
    """The facts with those that follow from them, the turns one after the other. What was set by hand is not overruled
    by the class of a medicine."""
    told = list(facts)
    set_by_hand = {(f.concept, f.subject, f.when) for f in told if f.origin.source == EDITED}
    whole = [
        fact
        for fact in merged(told, vocabulary)
        if fact.origin.source == EDITED or (fact.concept, fact.subject, fact.when) not in set_by_hand
    ]
    return tuple(sorted(whole, key=lambda fact: fact.origin.turn))


def same(old: Fact, new: Fact, vocabulary: Vocabulary) -> bool:
    """Whether two facts say the same of one concept."""
    if (old.concept, old.presence, old.subject, old.when) != (new.concept, new.presence, new.subject, new.when):
        return False
    if old.assay != new.assay and new.assay:
        return False
    if (old.quantity is None) != (new.quantity is None) or old.result != new.result:
        return False
    if old.quantity is None or new.quantity is None:
        return old.course is new.course or new.course is Course.UNKNOWN
    if old.quantity.comparator is not new.quantity.comparator:
        return False
    if not new.quantity.unit and old.quantity.value == new.quantity.value:
        return old.quantity.upper == new.quantity.upper
    scaled = vocabulary.units.scale(new.quantity, old.quantity.unit) if old.quantity.unit else new.quantity
    if scaled is None or scaled.unit != old.quantity.unit:
        return False
    return (scaled.value, scaled.upper) == (old.quantity.value, old.quantity.upper)


def conflict(known: Known, old: Fact, new: Fact, turn: int) -> None:
    """Two sayings that cannot both hold: the one of before goes on counting, and it is asked."""
    known.step(turn, StepKind.CONFLICT, old, new)
    known.conflicts[new.concept] = (turn, Concern(ConcernKind.CONFLICT, old.concept, new.text, new.span))
