"""Words with the breaks before them: what patterns of emergency, intent and scope are matched on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum

from bedside.text import words as text_words
from bedside.text.sentences import is_genus
from bedside.text.span import Span

_SENTENCE_MARKS = frozenset(".!?;…。？！")
_COMMA_MARKS = frozenset(",:()[]|/—*")
_SPECIES = re.compile(r"\s?(?:[a-z]{5}|diff\b)")  # in small letters, "a. b" parts


class Break(IntEnum):
    """What stands between a word and the word before it; the strongest of several."""

    NONE = 0
    COMMA = 1
    LINE = 2
    SENTENCE = 3


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its form (lower case, no apostrophe: "can't" is ``cant``), its offsets, the break before it."""

    form: str
    start: int
    end: int
    before: Break


def words(text: str) -> tuple[Word, ...]:
    """Cut *text* into words, in one pass. Hyphens part words ("year-old" is two); a decimal point is no break."""
    tokens = text_words.words(text)
    found: list[Word] = []
    pending, reached = Break.SENTENCE, 0
    for index, token in enumerate(tokens):
        pending = max(pending, _white_space(text[reached : token.start]))
        reached = token.end
        if not token.norm:  # an apostrophe on its own
            continue
        if not token.is_mark:
            found.append(Word(token.norm, token.start, token.end, pending))
            pending = Break.NONE
        else:
            pending = max(pending, _mark(text, token, index and tokens[index - 1].norm.isdigit()))
    return tuple(found)


# Words that name nothing: a question of these alone is about what was named before it.
_NAMELESS = frozenset(
    ["a", "about", "again", "am", "an", "and", "any", "are", "as", "at", "be", "best", "both", "can", "could", "day",
     "daily", "do", "does", "dose", "doses", "dosage", "double", "each", "effects", "else", "ever", "every", "for",
     "go", "going", "halve", "has", "have", "having", "highest", "how", "i", "if", "in", "increase", "instead", "is",
     "it", "its", "keep", "long", "lowest", "many", "maximum", "max", "may", "me", "might", "minimum", "missed",
     "more", "most", "much", "must", "my", "need", "now", "of", "off", "often", "ok", "okay", "on", "once", "one",
     "or", "out", "over", "per", "pause", "please", "raise", "reduce", "safe", "safely", "should", "side", "skip",
     "so", "start", "starting", "still", "stop", "stopping", "strength", "take", "taken", "taking", "that", "the",
     "them", "then", "there", "these", "they", "this", "to", "today", "together", "too", "twice", "usual", "want",
     "week", "what", "whats", "when", "which", "while", "why", "will", "with", "without", "would", "you"]
)  # fmt: skip

# ... and one of these, which want something to be of: "What should I do?" is about everything that was told.
_OF_SOMETHING = frozenset(
    ["dose", "doses", "dosage", "double", "halve", "highest", "increase", "keep", "lowest", "max", "maximum", "minimum",
     "missed", "much", "often", "raise", "reduce", "safe", "safely", "side", "skip", "start", "starting", "stop",
     "stopping", "strength", "take", "taken", "taking", "usual"]
)  # fmt: skip


def carried(cut: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words with a comma for the full stop before a sentence that names nothing: "I take metformin. What is the
    highest dose?" asks as "I take metformin, what is the highest dose?" does.
    """
    joined = list(cut)
    for at, word in enumerate(cut):
        if word.before is not Break.SENTENCE or not at:
            continue
        end = next((place for place in range(at + 1, len(cut)) if cut[place].before is Break.SENTENCE), len(cut))
        forms = {each.form for each in cut[at:end]}
        if forms <= _NAMELESS and forms & _OF_SOMETHING:
            joined[at] = replace(word, before=Break.COMMA)
    return tuple(joined)


def span_of(cut: tuple[Word, ...], first: int, last: int) -> Span:
    """The characters from the start of word *first* to the end of word *last*, both included."""
    return Span(cut[first].start, cut[last].end)


def _white_space(between: str) -> Break:
    """A line end parts; an empty line parts as a full stop does."""
    lines = between.count("\n")
    return Break.NONE if lines == 0 else Break.LINE if lines == 1 else Break.SENTENCE


def _mark(text: str, token: text_words.Word, after_digits: bool | int) -> Break:
    """How strongly a punctuation mark parts the words around it."""
    following = text[token.end : token.end + 1]
    if token.norm == "." and ((after_digits and following.isdigit()) or _of_a_genus(text, token.start)):
        return Break.NONE
    if token.norm in _SENTENCE_MARKS:
        return Break.SENTENCE
    spaced_dash = token.norm == "-" and (not following or following.isspace())
    return Break.COMMA if token.norm in _COMMA_MARKS or spaced_dash else Break.NONE


def _of_a_genus(text: str, stop: int) -> bool:
    """Whether the stop belongs to a germ's name: "H. pylori", and in small letters before a long word only."""
    return is_genus(text, text, stop) and (text[stop - 1].isupper() or bool(_SPECIES.match(text, stop + 1)))
