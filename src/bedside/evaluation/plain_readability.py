"""How hard the plain wordings are to read, by several measures, by topic.

Sentences, words and syllables are counted as :mod:`bedside.rendering.readability` counts them: syllables by groups of
vowels, less a silent "e" at the end, which is a little off for medical words; a number is a word of one syllable.

- Flesch-Kincaid grade: 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid and others, 1975).
- SMOG: 1.043 square root of (words of three syllables or more, for 30 sentences) + 3.1291 (McLaughlin, 1969).
- Coleman-Liau: 0.0588 letters for 100 words - 0.296 sentences for 100 words - 15.8 (Coleman and Liau, 1975).

A grade is a school year of the United States: grade 7 is about 12 years of age. SMOG and Coleman-Liau are made for
longer texts: they are given for a topic's wordings together, Flesch-Kincaid also for each by itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import sqrt
from statistics import correlation, median

from bedside.ingest.compiled import CompiledContent
from bedside.rendering.readability import readability, syllables

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+|\n+")
_LONG_WORD = 3  # syllables
LONG_SENTENCE = 25
"""Words of a sentence that the rules of wording never allow to be passed."""
HARDEST = 10


@dataclass(frozen=True, slots=True)
class Wording:
    """One plain wording: its ``id`` (a statement's, or ``topic/ask/...``), its topic and its text."""

    id: str
    topic: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How hard some wordings are. ``grade_median`` is the median of their Flesch-Kincaid grades one by one; ``grade``,
    ``smog`` and ``coleman_liau`` are of all of them as one text. Shares are of running words; ``rare`` is None where no
    common words were given."""

    wordings: int
    sentences: int
    words: int
    sentence_length: float
    sentence_length_median: float
    longest: int
    over_long: int
    grade_median: float
    grade: float
    smog: float
    coleman_liau: float
    long_words: float
    rare: float | None


def wordings(content: CompiledContent) -> Iterator[Wording]:
    """Every plain wording of the content: statements, questions asked back, titles of answers, scopes."""
    for entry in content.topics():
        for statement in content.statements(entry.id).values():
            yield Wording(statement.id, entry.id, _filled(statement.plain))
        if entry.computable:
            protocol = content.protocol_as_shipped(entry.id)
            yield Wording(f"{entry.id}/scope", entry.id, protocol.scope_wording.plain)
            for ask in protocol.asks:
                yield Wording(f"{entry.id}/ask/{ask.id}", entry.id, ask.wording.plain)
            for pattern in protocol.patterns:
                yield Wording(f"{entry.id}/pattern/{pattern.id}", entry.id, pattern.title.plain)


def _filled(text: str) -> str:
    return text.replace("{you}", "you")


def reading(texts: Sequence[str], common: Collection[str] | None = None) -> Reading:
    """How hard *texts* are; *common* are the words that are not rare, in small letters."""
    each = [readability(text) for text in texts]
    lengths = [length for text in texts for length in _lengths(text)]
    words = [word for text in texts for word in _WORD.findall(text)]
    running, sentences = sum(one.words for one in each), len(lengths)
    spoken = sum(one.syllables for one in each)
    long_words = sum(syllables(word) >= _LONG_WORD for word in words)
    letters = sum(len(re.findall(r"\w", text)) for text in texts)
    return Reading(
        wordings=len(texts),
        sentences=sentences,
        words=running,
        sentence_length=running / sentences,
        sentence_length_median=median(lengths),
        longest=max(lengths),
        over_long=sum(length > LONG_SENTENCE for length in lengths),
        grade_median=float(median(one.grade for one in each)),
        grade=0.39 * running / sentences + 11.8 * spoken / running - 15.59,
        smog=smog(long_words, sentences),
        coleman_liau=5.88 * letters / running - 29.6 * sentences / running - 15.8,
        long_words=long_words / running,
        rare=None if common is None else len(list(_rare(words, common))) / running,
    )


def smog(long_words: int, sentences: int) -> float:
    """The SMOG grade of a text with so many words of three syllables or more in so many sentences."""
    return 1.043 * sqrt(long_words * 30 / sentences) + 3.1291


def _lengths(text: str) -> list[int]:
    return [one.words for part in _SENTENCE_END.split(text) if (one := readability(part)).words]


def _rare(words: Iterable[str], common: Collection[str]) -> Iterator[str]:
    return (word for word in words if _bare(word) not in common)


def _bare(word: str) -> str:
    small = word.lower().replace("’", "'")
    return small.removesuffix("'s")


def rare_words(texts: Iterable[str], common: Collection[str]) -> tuple[tuple[str, int], ...]:
    """The rare words of *texts* with their counts, the most frequent first."""
    counted: dict[str, int] = {}
    for text in texts:
        for word in _rare(_WORD.findall(text), common):
            counted[_bare(word)] = counted.get(_bare(word), 0) + 1
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def hardest(every: Iterable[Wording], count: int = HARDEST) -> tuple[tuple[Wording, float], ...]:
    """The wordings of the highest Flesch-Kincaid grade, the hardest first, of those that are whole sentences."""
    graded = ((each, float(readability(each.text).grade)) for each in every if each.text.rstrip().endswith((".", "?")))
    return tuple(sorted(graded, key=lambda pair: (-pair[1], pair[0].id))[:count])


def by_topic(every: Iterable[Wording]) -> dict[str, tuple[Wording, ...]]:
    """The wordings of each topic, in order."""
    topics: dict[str, list[Wording]] = {}
    for each in every:
        topics.setdefault(each.topic, []).append(each)
    return {topic: tuple(members) for topic, members in topics.items()}


def agreement(rated: Sequence[tuple[str, float]]) -> float:
    """Spearman's rank correlation of the Flesch-Kincaid grade with how hard people found each text."""
    return correlation(
        _ranks([float(readability(text).grade) for text, _ in rated]), _ranks([rating for _, rating in rated])
    )


def _ranks(values: Sequence[float]) -> list[float]:
    """The rank of each value; equal ones share the mean of their ranks."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    for _, run in groupby(enumerate(order), key=lambda pair: values[pair[1]]):
        places = list(run)
        mean = sum(place for place, _ in places) / len(places)
        for _, at in places:
            ranks[at] = mean
    return ranks
