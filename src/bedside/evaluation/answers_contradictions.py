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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from bedside.answer import Answer
from bedside.article.article import Role, SectionKey
from bedside.evaluation.answers import Asks
from bedside.evaluation.answers_came import came_of
from bedside.evaluation.answers_questions import Item, Voice
from bedside.facts.fact import Fact
from bedside.facts.vocabulary import Vocabulary
from bedside.protocol.protocol import Effect, Protocol, Rule
from bedside.protocol.strength import Strength
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


def compare(items: Sequence[Item], ask: Asks, vocabulary: Vocabulary) -> Compared:
    """Answer every question and compare each pair with equal facts and region."""
    groups: dict[tuple[object, ...], list[tuple[Item, Answer]]] = {}
    for item in items:
        answer = ask(item)
        facts = frozenset(_key(fact) for fact in answer.facts.items)
        if facts:
            groups.setdefault((item.region, facts), []).append((item, answer))
    found: list[Contradiction] = []
    pairs = 0
    for members in groups.values():
        pairs += len(members) * (len(members) - 1) // 2
        found += (each for one, other in combinations(members, 2) for each in _between(one, other))
        found += _in_words(members, vocabulary)
    return Compared(len(items), pairs, tuple(found))


def _key(fact: Fact) -> tuple[object, ...]:
    number = fact.quantity and (fact.quantity.value, fact.quantity.upper, fact.quantity.unit, fact.quantity.comparator)
    return (
        fact.concept,
        fact.presence,
        fact.subject,
        fact.when,
        fact.course,
        number,
        fact.result,
        fact.assay,
        fact.order,
    )


def _between(one: tuple[Item, Answer], other: tuple[Item, Answer]) -> Iterator[Contradiction]:
    (first, here), (second, there) = one, other
    for how, what in (*_placed(here, there), *_flagged(here, there)):
        yield Contradiction(first, second, how, what)
    for how, what in (*_advised(here, there), *_advised(there, here)):
        yield Contradiction(first, second, how, what)


def _placed(here: Answer, there: Answer) -> Iterator[tuple[str, str]]:
    mine, other = _places(here), _places(there)
    for measure in sorted(mine.keys() & other.keys()):
        if mine[measure] != other[measure]:
            yield "band", f"{measure}: {mine[measure]} and {other[measure]}"


def _places(answer: Answer) -> dict[str, str]:
    """Where each measure lies, and how it is classified; what could not be said is left out."""
    bands = {
        f"{run.protocol.id}/{band.measure}@{band.jurisdiction}": band.band
        for run in answer.runs
        for band in run.bands
        if band.band
    }
    return bands | {f"{run.protocol.id}/{name} class": value for run in answer.runs for name, value in run.classes}


def _flagged(here: Answer, there: Answer) -> Iterator[tuple[str, str]]:
    one_only = set(came_of(here).red_flags) ^ set(came_of(there).red_flags)
    silent = {run.protocol.id for run in here.runs} ^ {run.protocol.id for run in there.runs}
    for flag in sorted(one_only):
        if flag.partition("/")[0] not in silent:  # a topic that was not asked about says nothing there
            yield "red flag", flag


def _advised(here: Answer, there: Answer) -> Iterator[tuple[str, str]]:
    """What *here* advises that *there* is silenced or spoken against."""
    against = {
        (run.protocol.id, o.rule.id): o.rule for run in there.runs for o in run.firing() if _speaks_against(o.rule)
    }
    silenced = {
        (run.protocol.id, o.rule.id): o.overridden_by for run in there.runs for o in run.outcomes if o.overridden_by
    }
    for protocol, rule in _advice(here):
        if by := silenced.get((protocol.id, rule.id)):
            yield "silenced", f"{protocol.id}/{rule.id} by {by}"
        for (topic, name), other in against.items():
            if topic == protocol.id and (name in rule.overrides or rule.id in other.overrides):
                yield "opposed", f"{topic}/{rule.id} and {name}"


def _advice(answer: Answer) -> Iterator[tuple[Protocol, Rule]]:
    for run in answer.runs:
        for outcome in run.firing():
            if outcome.rule.effect is Effect.RECOMMEND and outcome.rule.strength in (Strength.DO, Strength.CONSIDER):
                yield run.protocol, outcome.rule


def _speaks_against(rule: Rule) -> bool:
    return rule.effect is Effect.ABSTAIN or rule.strength is Strength.DO_NOT


def _in_words(members: Sequence[tuple[Item, Answer]], vocabulary: Vocabulary) -> Iterator[Contradiction]:
    """Sentences of the answers to one set of facts that deny each other, each pair of sentences once."""
    said: dict[str, Item] = {}
    for item, answer in members:
        for section in answer.article.sections:
            if section.key is not SectionKey.DISAGREEMENTS:
                for sentence in section.sentences:
                    if sentence.role is Role.CLAIM and not sentence.branch:
                        said.setdefault(sentence.clinical, item)
    text = "\n\n".join(said)
    article = ReadArticle.of(document_of(text), vocabulary)
    for finding in denied(article):
        first, second = (_sayer(article.words(span), said) for span in finding.spans)
        yield Contradiction(first, second, "words", finding.message)


def _sayer(words: str, said: dict[str, Item]) -> Item:
    """The question in whose answer a sentence stands."""
    return next(
        (item for line, item in said.items() if words.strip() in " ".join(line.split())), next(iter(said.values()))
    )
