"""Understanding over several turns: what is asked now, and what cannot wait, of everything this person was told of.

What is asked, and about what, is that of the last turn where its words say so, else of the turns before. Emergency
words of any turn count until a fact says that they were wrong; declines are judged on the whole case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bedside.facts.case import Case, StepKind, Told
from bedside.facts.fact import Facts, Presence, When
from bedside.facts.turn_words import taken_back
from bedside.question.declines import Asked, closed, decline_of, other_language
from bedside.question.emergency import find_emergencies
from bedside.question.intents import stated_intents
from bedside.question.prompt import set_aside
from bedside.question.question import DeclineReason, Emergency, Intent, Question, Reader, Region
from bedside.question.scope import faintly, topics_of
from bedside.question.subjects import gaps_of, subjects_of
from bedside.question.terms import QuestionTerms
from bedside.question.understand import PROTECTING, of_people, unstated
from bedside.question.wording import Wording

_NOTHING = Facts()
_OF_ANY_CASE = ("pregnan", "breastfe")
"""What may be elsewhere in a question by itself, and belongs to a case that is told: "I may be pregnant"."""
_OF_THE_WRITER = frozenset({"suicide"})


@dataclass(frozen=True, slots=True)
class _Heard:
    """The words of one turn, read for what they ask."""

    turn: int
    wording: Wording
    intents: tuple[Intent, ...]
    subjects: tuple[str, ...]
    topics: tuple[str, ...]


def understand_turns(
    told: Sequence[Told], case: Case, terms: QuestionTerms, reader: Reader, region: Region
) -> Question:
    """The question of the last turn, in the light of those before it. Pure: the same turns give the same question.

    ``text`` is that of the last turn; of the first turn of this person where the last has no words.
    """
    spoken = [(turn, said.text) for turn, said in enumerate(told) if said.text.strip()]
    asked = tuple(text for turn, text in spoken if turn >= case.first)
    heard = [_heard(turn, text, terms) for turn, text in spoken]
    own = [each for each in heard if each.turn >= case.first]
    intents = _latest(each.intents for each in heard)
    whole = Wording.of(set_aside("\n\n".join(asked), terms.prompts)[0], terms.book)
    topics = _topics(own, heard, whole, case, terms)
    aside = next((words for text in asked if (words := set_aside(text, terms.prompts)[1])), "")
    emergencies = _emergencies(told, case, terms)
    judged = Asked(whole, case.facts, intents, topics, reader, terms.declines, aside)
    last = own[-1] if own and own[-1].turn == len(told) - 1 else None
    reason, words = _decline(judged, last, case, len(told) - 1)
    if emergencies and reason not in PROTECTING:
        reason, words = None, ""
    subjects = _subjects(own, terms)
    return Question(
        text=told[-1].text if told and told[-1].text.strip() else next(iter(asked), ""),
        reader=reader,
        region=region,
        intents=intents or unstated(case.facts),
        topics=topics,
        subjects=subjects,
        gaps=gaps_of(subjects, topics, terms.gaps),
        emergencies=emergencies,
        decline=reason,
        decline_text=words,
        open_to_sources=not emergencies and reason in (None, DeclineReason.NOT_COVERED) and not closed(judged),
        asked=asked,
        beside=faintly(whole, case.facts, terms.topics, topics),
    )


def _heard(turn: int, text: str, terms: QuestionTerms) -> _Heard:
    wording = Wording.of(set_aside(text, terms.prompts)[0], terms.book)
    return _Heard(
        turn,
        wording,
        stated_intents(wording, terms.intents),
        subjects_of(wording, terms.subjects),
        topics_of(wording, _NOTHING, terms.topics, faint=False),
    )


def _latest(said: Iterable[tuple[Intent, ...]]) -> tuple[Intent, ...]:
    """The intents of the last turn that states some; those of another person's turns carry over."""
    return next((intents for intents in reversed(list(said)) if intents), ())


def _topics(
    own: list[_Heard], heard: list[_Heard], whole: Wording, case: Case, terms: QuestionTerms
) -> tuple[str, ...]:
    """The topics of the case, those that the last turn names first; of another person's turns where it names none."""
    named = topics_of(whole, case.facts, terms.topics)
    last = own[-1].topics if own else ()
    ranked = (*last, *(topic for topic in named if topic not in last))
    if ranked:
        return ranked
    return next((each.topics for each in reversed(heard) if each.topics), ())


def _subjects(own: list[_Heard], terms: QuestionTerms) -> tuple[str, ...]:
    """What inside a topic is spoken of: in the last turn where that asks something, else in all of this person's."""
    if own and (own[-1].intents or own[-1].subjects):
        return own[-1].subjects
    said = {subject for each in own for subject in each.subjects}
    return tuple(name for name in terms.subjects if name in said)


def _decline(judged: Asked, last: _Heard | None, case: Case, turn: int) -> tuple[DeclineReason | None, str]:
    """Why the case is not answered, or None. Words of the last turn in another language, or about something else
    altogether, are declined for themselves: an answer to the turns before would be none to them."""
    if last is not None:
        foreign = other_language(replace(judged, wording=last.wording))
        if foreign:
            return DeclineReason.OTHER_LANGUAGE, foreign
        stated = any(step.turn == turn for step in case.trail)
        elsewhere = "" if stated or last.topics or last.subjects else last.wording.first("elsewhere")
        if elsewhere and not elsewhere.lower().startswith(_OF_ANY_CASE):
            return DeclineReason.NOT_COVERED, elsewhere
    return decline_of(judged) or (None, "")


def _emergencies(told: Sequence[Told], case: Case, terms: QuestionTerms) -> tuple[Emergency, ...]:
    """The emergencies of every turn of this person, one a category, the most urgent first.

    Whoever speaks of ending their life is the one who writes: that counts whoever is asked about next.
    """
    found: dict[str, Emergency] = {}
    theirs = {fact.origin.turn for fact in case.facts.items}
    for turn, said in enumerate(told):
        if not said.text.strip():
            continue
        clinical = set_aside(said.text, terms.prompts)[0]
        wording = Wording.of(clinical, terms.book)
        for emergency in of_people(find_emergencies(clinical, terms.emergencies, terms.context), wording):
            here = replace(emergency, turn=turn)
            of_this_case = turn >= case.first or turn in theirs or here.kind in _OF_THE_WRITER
            if of_this_case and not _unsaid(here, case) and not _only_taken_back(here, said.text, case):
                found.setdefault(here.kind, here)
    ranks = terms.emergencies.categories
    return tuple(
        sorted(found.values(), key=lambda emergency: (ranks[emergency.kind].rank, list(ranks).index(emergency.kind)))
    )


def _unsaid(emergency: Emergency, case: Case) -> bool:
    """Whether the fact that the words stand for was taken back, or corrected to be absent.

    That it is over now does not undo it: a pain that has gone may be an emergency still.
    """
    for step in case.trail:
        before, after = step.before, step.after
        if before is None or before.origin.turn != emergency.turn or not before.span.overlaps(emergency.span):
            continue
        if step.kind is StepKind.TAKEN_BACK:
            return True
        absent = after is not None and after.presence is Presence.ABSENT and after.when is When.CURRENT
        if step.kind is StepKind.REPLACED and absent:
            return True
    return False


def _only_taken_back(emergency: Emergency, text: str, case: Case) -> bool:
    """Whether the words only name what they take back: "forget the chest pain, that was years ago"."""
    places = taken_back(text)
    withdrawn = any(step.kind is StepKind.TAKEN_BACK and step.turn == emergency.turn for step in case.trail)
    return withdrawn and any(place.start <= emergency.span.start < place.end for place in places)
