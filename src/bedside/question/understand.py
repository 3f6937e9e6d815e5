"""Understand: what is asked, about what, whether it cannot wait, and whether it is answered at all."""

from __future__ import annotations

from bedside.facts.fact import Facts, Kind, Subject
from bedside.question.declines import Asked, animal_words, closed, decline_of
from bedside.question.emergency import find_emergencies
from bedside.question.intents import stated_intents
from bedside.question.prompt import set_aside
from bedside.question.question import DeclineReason, Emergency, Intent, Question, Reader, Region
from bedside.question.scope import faintly, told_only, topics_of
from bedside.question.subjects import gaps_of, subjects_of
from bedside.question.terms import QuestionTerms
from bedside.question.wording import Wording
from bedside.text.span import NOWHERE, Span

PROTECTING = frozenset(
    {
        DeclineReason.ANIMAL,
        DeclineReason.CHILD,
        DeclineReason.IMPLAUSIBLE,
        DeclineReason.CONTRADICTORY,
        DeclineReason.OTHERS_DOSE,
    }
)
_FIRST_PERSON = frozenset({"i", "i'm", "im", "ive", "me", "myself", "husband", "wife", "he", "she"})


def understand(text: str, facts: Facts, terms: QuestionTerms, reader: Reader, region: Region) -> Question:
    """The question in *text*, whose facts have been read. Pure: the same input gives the same question.

    An emergency comes before every decline: with one, only the declines that protect a person from advice not made
    for them are kept beside it. ``text`` is kept as asked.
    """
    clinical, aside = set_aside(text, terms.prompts)
    wording = Wording.of(clinical, terms.book)
    asking = wording.without(of_relatives(facts))
    intents = stated_intents(asking, terms.intents)
    passed = told_only(wording, facts, terms.topics)
    topics = topics_of(wording, facts, tuple(topic for topic in terms.topics if topic.id not in passed))
    emergencies = of_people(find_emergencies(text, terms.emergencies, terms.context), wording)
    asked = Asked(wording, facts, intents, topics, reader, terms.declines, aside)
    reason, words = decline_of(asked) or (None, "")
    if emergencies and reason not in PROTECTING:
        reason, words = None, ""
    subjects = subjects_of(asking, terms.subjects)
    return Question(
        text=text,
        reader=reader,
        region=region,
        intents=intents or unstated(facts),
        topics=topics,
        subjects=subjects,
        gaps=gaps_of(subjects, topics, terms.gaps),
        emergencies=emergencies,
        decline=reason,
        decline_text=words,
        open_to_sources=not emergencies and reason in (None, DeclineReason.NOT_COVERED) and not closed(asked),
        beside=tuple(dict.fromkeys((*faintly(wording, facts, terms.topics, topics), *sorted(passed)))),
    )


def of_relatives(facts: Facts) -> tuple[Span, ...]:
    """Where a relative's own facts stand: "my nan had too much vitamin D" asks nothing."""
    return tuple(fact.span for fact in facts.items if fact.subject is Subject.RELATIVE and fact.span != NOWHERE)


def unstated(facts: Facts) -> tuple[Intent, ...]:
    """What is asked when no words say it: what to do about what was told, or, where nothing was, in general."""
    told = any(fact.kind is not Kind.DEMOGRAPHIC for fact in facts.items)
    return (Intent.MANAGE,) if told else (Intent.GENERAL,)


def of_people(emergencies: tuple[Emergency, ...], wording: Wording) -> tuple[Emergency, ...]:
    """The emergencies without those of an animal: an ambulance is no help to a cat."""
    if not emergencies or not animal_words(wording):
        return emergencies
    return emergencies if any(word.form in _FIRST_PERSON for word in wording.cut) else ()
