"""Spoiling the tie between a sentence and its source: citations moved or missing, sentences stitched together."""

from __future__ import annotations

import re
from random import Random

from bedside.evaluation.material import Origin, TrueSentence
from bedside.evaluation.nearness import Shelf, content_words, coverage
from bedside.evaluation.spoil_polarity import add_negation
from bedside.evaluation.spoiled import Spoiled
from bedside.evaluation.swapping import lower_first, opens_plainly
from bedside.text.sentences import sentences

_FOREIGN = 0.4  # of the content words: a passage that covers no more of a sentence does not speak of the same
_SHORTEST, _LONGEST = 40, 190  # characters, so that two sentences joined stay readable
_NEW_WORDS = 4
_NEAR_MOST = {Origin.STATEMENT: 0.5, Origin.ABSTRACT: 0.6}
_HALVES = re.compile(r"^(?P<subject>[A-Z].{7,90}?) (?P<verb>was|were|is|are|had|has|have|may|can)(?P<rest> .{20,})$")
_NO_SUBJECT = re.compile(
    r"^(?:It|They|There|This|These|That|Those|We|Our|Both|Neither|All|None|No|However|Moreover|In |At |After|During"
    r"|With|When|If|For|Among"
    r"|He|She|Significant|Further|Additional|Other|Side|Adverse|Differences|Improvements?|Mean age|Although|While"
    r"|Since|Because|Where|Whereas|Once|Of |Per |Post|On |By|As |The (?:study|results?|trial|findings?|data"
    r"|authors)\b|Results|Thus|Therefore|Finally|Furthermore|Overall|Similarly|Conversely|Also|Our|Their|To "
    r"|Conclusion|From|Before)\b"
)
_BACKWARD = re.compile(
    r"\b(?:both groups|these|this|those|respectively|than|also|either|two groups|such|it|they|their)\b", re.IGNORECASE
)


_ALIKE = re.compile(r"similar|comparable|tolerated|\bsame\b|no (?:significant )?difference|safe\b", re.IGNORECASE)


def cite_near(true: TrueSentence, _random: Random, shelf: Shelf) -> Spoiled | None:
    """The citation names a passage on a near topic that does not say it; the right passage is there, not cited."""
    other = shelf.near(true.place, true.sentence, _NEAR_MOST[true.origin])
    return Spoiled(true.sentence, (true.passage, shelf.passages[other]), (1,)) if other else None


def cite_far(true: TrueSentence, random: Random, shelf: Shelf) -> Spoiled | None:
    """The citation names a passage about something else; the right passage is there, not cited."""
    other = shelf.far(true.place, true.sentence, random)
    return Spoiled(true.sentence, (true.passage, shelf.passages[other]), (1,)) if other else None


def cite_nothing(true: TrueSentence, _random: Random, _shelf: Shelf) -> Spoiled | None:
    """No passage is cited; the right one is there, so that only the missing citation is wrong."""
    return Spoiled(true.sentence, (true.passage,), ())


def cite_unknown(true: TrueSentence, random: Random, _shelf: Shelf) -> Spoiled | None:
    """The citation names a passage that does not exist."""
    return Spoiled(true.sentence, (true.passage,), (random.choice((1, 2, 7)),))


def stitch_within(true: TrueSentence, _random: Random, _shelf: Shelf) -> Spoiled | None:
    """The subject of one sentence gets what another sentence of the same passage says of something else."""
    joined = _stitched(true.sentence, true.neighbour)
    return Spoiled(joined, (true.passage,), (0,)) if joined and joined not in true.passage else None


def stitch_across(true: TrueSentence, _random: Random, shelf: Shelf) -> Spoiled | None:
    """The subject of one sentence gets what another passage says of something else; both passages are cited."""
    other = shelf.near(true.place, true.sentence, _FOREIGN)
    if other is None:
        return None
    passage = shelf.passages[other]
    for part in parts_of(passage)[-3:]:
        joined = _stitched(true.sentence, part)
        if joined and coverage(joined, passage) < 0.9 and coverage(joined, true.passage) < 0.9:  # noqa: PLR2004 - a share
            return Spoiled(joined, (true.passage, passage), (0, 1))
    return None


def contradict_by_other(true: TrueSentence, random: Random, _shelf: Shelf) -> Spoiled | None:
    """A second cited passage denies the sentence: support must not be tested before contradiction."""
    denied = add_negation(true.sentence, true.passage, random)
    return Spoiled(true.sentence, (true.passage, denied), (0, 1)) if denied else None


def join_foreign(true: TrueSentence, random: Random, shelf: Shelf) -> Spoiled | None:
    """A true sentence of another passage is joined on with "and", under the citation of the first alone."""
    other = shelf.near(true.place, true.sentence, _FOREIGN) or shelf.far(true.place, true.sentence, random)
    if other is None or len(true.sentence) > _LONGEST:
        return None
    parts = [
        part
        for part in parts_of(shelf.passages[other])
        if _SHORTEST < len(part) < _LONGEST
        and part.endswith(".")
        and opens_plainly(part)
        and not _NO_SUBJECT.match(part)
        and coverage(part, true.passage) < _FOREIGN
    ]
    if not parts:
        return None
    return Spoiled(f"{true.sentence[:-1]}, and {lower_first(random.choice(parts))}", (true.passage,), (0,))


def parts_of(passage: str) -> list[str]:
    """The sentences of a passage."""
    return [span.of(passage) for span in sentences(passage)]


def _stitched(first: str, second: str) -> str | None:
    one, two = _HALVES.match(first), _HALVES.match(second)
    if one is None or two is None or one["verb"] != two["verb"]:
        return None
    if (
        _ALIKE.search(two["rest"])
        or _NO_SUBJECT.match(first)
        or _NO_SUBJECT.match(second)
        or _BACKWARD.search(two["rest"])
        or "," in one["subject"] + two["subject"]
    ):
        return None
    shared = content_words(one["subject"]) & content_words(two["subject"])
    distinct = content_words(two["rest"]) - content_words(one["rest"])
    if (
        shared
        or len(distinct) < _NEW_WORDS
        or not two["rest"].strip()[0].isalpha()
        or two["rest"].startswith(" by ")
        or one["subject"].count("(") != one["subject"].count(")")
    ):
        return None
    return f"{one['subject']} {two['verb']}{two['rest']}"
