"""Words with the breaks before them: what patterns of emergency, intent and scope are matched on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from bedside.text import words as text_words
from bedside.text.span import Span

_SENTENCE_MARKS = frozenset(".!?;…。？！")
_COMMA_MARKS = frozenset(",:()[]|/—*")
_LETTERED = frozenset({"vitamin", "vit", "hepatitis", "hep", "type", "grade", "group", "plan", "option"})
_SPECIES = 3  # letters of the shortest name behind a genus


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
        elif not _is_genus(text, tokens, index):
            pending = max(pending, _mark(text, token, index and tokens[index - 1].norm.isdigit()))
    return tuple(found)


def span_of(cut: tuple[Word, ...], first: int, last: int) -> Span:
    """The characters from the start of word *first* to the end of word *last*, both included."""
    return Span(cut[first].start, cut[last].end)


def _white_space(between: str) -> Break:
    """A line end parts; an empty line parts as a full stop does."""
    lines = between.count("\n")
    return Break.NONE if lines == 0 else Break.LINE if lines == 1 else Break.SENTENCE


def _is_genus(text: str, tokens: Sequence[text_words.Word], index: int) -> bool:
    """Whether a full stop belongs to the one letter of a germ's genus ("C. diff"), not of a vitamin ("vitamin C.")."""
    if tokens[index].norm != "." or not 0 < index < len(tokens) - 1:
        return False
    letter, species = tokens[index - 1], tokens[index + 1]
    alone = len(letter.norm) == 1 and letter.norm.isalpha() and letter.end == tokens[index].start
    if not alone or (index > 1 and (tokens[index - 2].end == letter.start or tokens[index - 2].norm in _LETTERED)):
        return False
    return len(species.norm) >= _SPECIES and text[species.start].islower()


def _mark(text: str, token: text_words.Word, after_digits: bool | int) -> Break:
    """How strongly a punctuation mark parts the words around it."""
    following = text[token.end : token.end + 1]
    if token.norm == "." and after_digits and following.isdigit():
        return Break.NONE
    if token.norm in _SENTENCE_MARKS:
        return Break.SENTENCE
    spaced_dash = token.norm == "-" and (not following or following.isspace())
    return Break.COMMA if token.norm in _COMMA_MARKS or spaced_dash else Break.NONE
