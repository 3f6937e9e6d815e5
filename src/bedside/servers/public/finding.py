"""Finding answer patterns: by the words in them, and by reading what was typed as a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from bedside.answer import Answer, AnswerKind
from bedside.article.article import SectionKey
from bedside.evidence.analysis import terms
from bedside.rendering.public.pattern_page import PatternEntry


@dataclass(frozen=True, slots=True)
class FoundPattern:
    """A pattern that was found, and why in a few words."""

    entry: PatternEntry
    why: str


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search of the patterns found. ``read_as`` are the patterns that an answer to these words follows;
    ``urgent`` the sentences to be read first when the words sound as if they could not wait."""

    read_as: tuple[PatternEntry, ...]
    found: tuple[FoundPattern, ...]
    urgent: tuple[str, ...]


class PatternSearch:
    """The patterns with the words they are found by."""

    def __init__(self, entries: Iterable[tuple[PatternEntry, str]]) -> None:
        """*entries* are pairs of a pattern and all text it is found by."""
        self._known = [(entry, frozenset(terms(text))) for entry, text in entries]
        self._frequency = Counter(term for _, words in self._known for term in words)

    def find(self, text: str, limit: int = 10) -> tuple[FoundPattern, ...]:
        """The patterns that share most with the words, rare words weighing more; the order of trial parts ties."""
        wanted = dict.fromkeys(term for term in terms(text) if self._frequency[term])
        scored = []
        for entry, words in self._known:
            shared = [term for term in wanted if term in words]
            score = sum(log(1 + len(self._known) / self._frequency[term]) for term in shared)
            if shared:
                scored.append(
                    (-score, entry.topic, entry.place, FoundPattern(entry, f"{len(shared)} of {len(wanted)}"))
                )
        return tuple(found for *_, found in sorted(scored, key=lambda each: each[:3])[:limit])


def read_as(answer: Answer, entries: Sequence[PatternEntry]) -> tuple[PatternEntry, ...]:
    """The patterns that an answer follows."""
    chosen = {(run.protocol.id, run.pattern.id) for run in answer.runs if run.pattern is not None}
    return tuple(entry for entry in entries if (entry.topic, entry.id) in chosen)


def urgent(answer: Answer) -> tuple[str, ...]:
    """What must be read first when a text sounds like an emergency, in the plain wording."""
    section = answer.article.section(SectionKey.RED_FLAGS)
    if answer.kind is not AnswerKind.EMERGENCY or section is None:
        return ()
    return tuple(sentence.plain for sentence in section.sentences)
