"""No two answers to the same facts contradict each other: pairs of answers compared by what their rules do.

Two answers are compared when the same facts were read for them (concept, presence, whose, when, course, number with
unit, result) and they are for the same region. They contradict each other when one of these holds:

``band``      a measure lies in one band here and in another there, or is classified otherwise
``red flag``  a red flag holds in one only
``silenced``  a rule advises something in one (effect recommend, strength do or consider, in force), and holds in the
              other but is silenced there by a rule that overrides it
``opposed``   a rule advises something in one, and in the other a rule is in force that says not to (strength do-not, or
              abstain), where one of the two overrides the other: the content itself says that they cannot both stand
``words``     two sentences shown deny each other by the checks that an article from elsewhere is put to; sections that
              set out a disagreement of sources are left out, as both sides are meant to stand there

What was asked may differ: an answer that says less, or declines, contradicts nothing by that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from bedside.answer import Answer
from bedside.article.article import Role, SectionKey
from bedside.evaluation.answers import Asks
from bedside.evaluation.answers_came import came_of
from bedside.evaluation.answers_questions import Item, Voice
from bedside.facts.fact import Fact
from bedside.facts.vocabulary import Vocabulary
from bedside.protocol.protocol import Effect, Rule
from bedside.protocol.strength import Strength
from bedside.protocol.truth import Truth
from bedside.verification.article_checks.contradictions import contradictions as denied
from bedside.verification.article_checks.finding import ReadArticle
from bedside.verification.document import document_of

_ASKED_OTHERWISE = {
    Voice.PATIENT: (
        "What should I do?",
        "What does this mean?",
        "Do I need treatment?",
        "Is it dangerous?",
        "Do I need more tests?",
        "Can it wait?",
    ),
    Voice.CLINICIAN: (
        "What next?",
        "Interpretation?",
        "Treat or not?",
        "Which tests?",
        "Can it wait?",
        "When to recheck?",
    ),
}
_ASKED = re.compile(r"[^.?!]*\?+")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two questions whose answers contradict each other: how, and what exactly."""

    one: Item
    other: Item
    how: str
    what: str


def asked_otherwise(items: Iterable[Item]) -> tuple[Item, ...]:
    """The facts of each question with other things asked of them; its own question sentences are left out."""
    return tuple(each for item in items for each in _otherwise(item))


def _otherwise(item: Item) -> Iterator[Item]:
    facts = _ASKED.sub("", item.ask).strip()
    if not facts:
        return
    facts = facts if facts[-1] in ".?!" else f"{facts}."
    for number, question in enumerate(_ASKED_OTHERWISE[item.voice], 1):
        yield replace(item, id=f"{item.id}/asked-{number}", ask=f"{facts} {question}")


@dataclass(frozen=True, slots=True)
class Compared:
    """How many answers were given, how many pairs of them had equal facts, and the contradictions found."""

    answers: int
    pairs: int
    found: tuple[Contradiction, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """What an answer holds of what is compared. ``advice`` and ``against`` are the rules in force that advise something
    or speak against something, by topic and id; ``silenced`` the rules that hold and are silenced, with what does."""

    item: Item
    places: Mapping[str, str]
    flags: frozenset[str]
    topics: frozenset[str]
    advice: Mapping[tuple[str, str], Rule]
    against: Mapping[tuple[str, str], Rule]
    silenced: Mapping[tuple[str, str], str]
    said: tuple[str, ...]


def compare(items: Sequence[Item], ask: Asks, vocabulary: Vocabulary) -> Compared:
    """Answer every question and compare each pair with equal facts and region."""
    groups: dict[tuple[object, ...], list[Given]] = {}
    for item in items:
        answer = ask(item)
        facts = frozenset(_key(fact) for fact in answer.facts.items)
        if facts:
            groups.setdefault((item.region, facts), []).append(given(item, answer))
    found: list[Contradiction] = []
    pairs = 0
    for members in groups.values():
        pairs += len(members) * (len(members) - 1) // 2
        found += (each for one, other in combinations(members, 2) for each in between(one, other))
        found += in_words(members, vocabulary)
    return Compared(len(items), pairs, tuple(found))


def given(item: Item, answer: Answer) -> Given:
    """What of an answer is compared with others."""
    firing = {(run.protocol.id, o.rule.id): o.rule for run in answer.runs for o in run.firing()}
    return Given(
        item=item,
        places=_places(answer),
        flags=frozenset(came_of(answer).red_flags),
        topics=frozenset({run.protocol.id for run in answer.runs} | {"words"}),
        advice={name: rule for name, rule in firing.items() if _advises(rule)},
        against={name: rule for name, rule in firing.items() if _speaks_against(rule)},
        silenced={
            (run.protocol.id, o.rule.id): o.overridden_by
            for run in answer.runs
            for o in run.outcomes
            if o.overridden_by and o.truth is Truth.TRUE
        },
        said=tuple(
            sentence.clinical
            for section in answer.article.sections
            for sentence in section.sentences
            if section.key is not SectionKey.DISAGREEMENTS and sentence.role is Role.CLAIM and not sentence.branch
        ),
    )


def between(here: Given, there: Given) -> Iterator[Contradiction]:
    """How two answers to the same facts contradict each other, but for their words."""
    found = (*_placed(here, there), *_flagged(here, there), *_advised(here, there), *_advised(there, here))
    return (Contradiction(here.item, there.item, how, what) for how, what in dict.fromkeys(found))


def _key(fact: Fact) -> tuple[object, ...]:
    number = fact.quantity and (fact.quantity.value, fact.quantity.upper, fact.quantity.unit, fact.quantity.comparator)
    read = (fact.course, fact.result, fact.assay, fact.order)
    return (fact.concept, fact.presence, fact.subject, fact.when, number, *read)


def _places(answer: Answer) -> dict[str, str]:
    """Where each measure lies, and how it is classified; what could not be said is left out."""
    bands = {
        f"{run.protocol.id}/{band.measure}@{band.jurisdiction}": band.band
        for run in answer.runs
        for band in run.bands
        if band.band
    }
    return bands | {f"{run.protocol.id}/{name} class": value for run in answer.runs for name, value in run.classes}


def _placed(here: Given, there: Given) -> Iterator[tuple[str, str]]:
    for measure in sorted(here.places.keys() & there.places.keys()):
        if here.places[measure] != there.places[measure]:
            yield "band", f"{measure}: {here.places[measure]} and {there.places[measure]}"


def _flagged(here: Given, there: Given) -> Iterator[tuple[str, str]]:
    """Red flags in one only; a topic that was not asked about says nothing there."""
    both = here.topics & there.topics
    for flag in sorted(here.flags ^ there.flags):
        if flag.partition("/")[0] in both:
            yield "red flag", flag


def _advised(here: Given, there: Given) -> Iterator[tuple[str, str]]:
    """What *here* advises that *there* is silenced or spoken against."""
    for (topic, name), rule in here.advice.items():
        if by := there.silenced.get((topic, name)):
            yield "silenced", f"{topic}/{name} by {by}"
        for (elsewhere, against), other in there.against.items():
            if elsewhere == topic and (against in rule.overrides or name in other.overrides):
                yield "opposed", f"{topic}/{name} and {against}"


def _advises(rule: Rule) -> bool:
    return rule.effect is Effect.RECOMMEND and rule.strength in (Strength.DO, Strength.CONSIDER)


def _speaks_against(rule: Rule) -> bool:
    return rule.effect is Effect.ABSTAIN or rule.strength is Strength.DO_NOT


def in_words(members: Sequence[Given], vocabulary: Vocabulary) -> Iterator[Contradiction]:
    """Sentences of the answers to one set of facts that deny each other, each pair of sentences once."""
    said: dict[str, Item] = {}
    for member in members:
        for sentence in member.said:
            said.setdefault(sentence, member.item)
    article = ReadArticle.of(document_of("\n\n".join(said)), vocabulary)
    for finding in denied(article):
        first, second = (_sayer(article.words(span), said) for span in finding.spans)
        yield Contradiction(first, second, "words", finding.message)


def _sayer(words: str, said: Mapping[str, Item]) -> Item:
    """The question in whose answer a sentence stands."""
    return next(item for line, item in said.items() if words.strip() in " ".join(line.split()))
