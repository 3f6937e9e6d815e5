"""The word budget: what is folded so that the first screen and the whole article stay readable."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

from bedside.article.article import FIRST_SCREEN, Section, SectionKey, Sentence
from bedside.protocol.strength import Jurisdiction, Strength
from bedside.question.question import Reader

FIRST_SCREEN_WORDS = 180
PLAIN_WORDS = 900
CLINICAL_WORDS = 1200  # for each region

_NEVER = frozenset({SectionKey.RED_FLAGS, SectionKey.LEAD})
# What gives way first when the whole article is too long, and how many sentences of a section stay to the last; the
# first screen is cut by its own budget.
_GIVES_WAY = (
    (SectionKey.NEAREST, 1),
    (SectionKey.LITERATURE, 3),
    (SectionKey.PITFALLS, 1),
    (SectionKey.DISAGREEMENTS, 2),
    (SectionKey.SPECIAL, 2),
    (SectionKey.CAUSES, 2),
    (SectionKey.CERTAINTY, 1),
    (SectionKey.FOLLOW_UP, 2),
    (SectionKey.TREATMENT, 4),
    (SectionKey.TESTS, 3),
    (SectionKey.UNKNOWN, 4),
    (SectionKey.FACTS, 4),
)


def fit(sections: tuple[Section, ...], reader: Reader, cautions: Mapping[str, tuple[str, ...]]) -> tuple[Section, ...]:
    """Fold sentences until the first screen and the article are within budget.

    Red flags and the lead are never folded, nor is a caution (``cautions``: its id, and the ids it guards) while
    advice it guards is shown; with the last of that advice it is folded, too. Open branches give way before advice
    that holds, later sentences before earlier ones; the reason (Why) keeps one sentence as long as anything else of
    the first screen can give way. A student's Why is never folded.
    """
    kept = _NEVER | {SectionKey.WHY} if reader is Reader.STUDENT else _NEVER
    fixed = frozenset(s.id for section in sections if section.key in kept for s in section.sentences) | cautions.keys()
    folded = {s.id for section in sections for s in section.sentences if s.folded and s.id not in fixed}

    def first_screen_too_long() -> bool:
        return _words_of(sections, FIRST_SCREEN, reader, folded) > FIRST_SCREEN_WORDS

    def article_too_long() -> bool:
        return _longest_region(sections, reader, folded) > (PLAIN_WORDS if reader.plain else CLINICAL_WORDS)

    for key, keep in ((SectionKey.WHY, 1), (SectionKey.DO_NOW, 1), (SectionKey.WHY, 0), (SectionKey.DO_NOW, 0)):
        _fold(_of(sections, key), folded, fixed, keep, first_screen_too_long)
    for least in (True, False):
        for key, keep in _GIVES_WAY:
            _fold(_of(sections, key), folded, fixed, keep if least else 0, article_too_long)
    present = {s.id for section in sections for s in section.sentences}
    for caution, guarded in cautions.items():
        if (here := present.intersection(guarded)) and here <= folded:
            folded.add(caution)
    return tuple(
        replace(section, sentences=tuple(_marked(s, folded=s.id in folded) for s in section.sentences))
        for section in sections
    )


def _marked(sentence: Sentence, *, folded: bool) -> Sentence:
    return sentence if sentence.folded is folded else replace(sentence, folded=folded)


@lru_cache(maxsize=8192)
def words(text: str) -> int:
    """The number of words: runs of characters between spaces."""
    return len(text.split())


def _fold(
    candidates: list[Sentence],
    folded: set[str],
    fixed: frozenset[str],
    keep: int,
    too_long: Callable[[], bool],
) -> None:
    """Fold candidates while the text is too long, but leave *keep* of them."""
    by_weight = sorted(
        enumerate(candidates), key=lambda item: (not item[1].branch, item[1].strength is Strength.DO_NOT, -item[0])
    )
    for _, sentence in by_weight:
        together = {s.id for s in candidates if s.group and s.group == sentence.group} | {sentence.id}
        left = sum(s.id not in folded for s in candidates)
        if not too_long() or left <= keep:
            return
        if not together & fixed:
            folded |= together


def _of(sections: tuple[Section, ...], key: SectionKey) -> list[Sentence]:
    return [s for section in sections if section.key is key for s in section.sentences]


def _words_of(sections: tuple[Section, ...], keys: tuple[SectionKey, ...], reader: Reader, folded: set[str]) -> int:
    return sum(words(s.text_for(reader)) for key in keys for s in _of(sections, key) if s.id not in folded)


def _longest_region(sections: tuple[Section, ...], reader: Reader, folded: set[str]) -> int:
    """The words one region's reader meets: its own sentences and the neutral ones."""
    neutral = gb = us = 0
    for section in sections:
        for sentence in section.sentences:
            if sentence.id in folded:
                continue
            count = words(sentence.text_for(reader))
            if sentence.jurisdiction is Jurisdiction.US:
                us += count
            elif sentence.jurisdiction is Jurisdiction.INT:
                neutral += count
            else:
                gb += count
    return neutral + max(gb, us)
