"""Citation marks: the numbers by which a sentence points at a list of references, told apart from figures.

Five ways of writing them are known: "[1, 2]", raised figures, "(1, 2)" before a stop, a figure glued to a word
("deficiency1."), and a bare number after a stop ("deficiency. 1"). The last three are read only in a text that uses
them again and again, because each looks like an ordinary number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bedside.text.span import Span

_LIST = r"\d{1,3}(?:\s?[,;\u2010-\u2015-]\s?\d{1,3})*"
_BRACKETED = re.compile(rf"\[\^?({_LIST})\]")
_RAISED_FIGURES = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
_PLAIN_FIGURES = str.maketrans(_RAISED_FIGURES + "\u207b", "0123456789-")
_RAISED = re.compile(
    rf"(?<=[^\W\d_][^\W\d_]|[^\s][.,;:)\]\"\u201d%])[{_RAISED_FIGURES}]+(?:[,\u207b\u2013-][{_RAISED_FIGURES}]+)*"
)
_RAISED_UNITS = re.compile(r"(?:\b|/)(?:[cdkm\u00b5\u03bcnu]?m|in|ft)$", re.IGNORECASE)
_ROUND = re.compile(rf"(?<=[^\W_]|[.%)])\s?\(({_LIST})\)(?=\s*(?:[.,;:]|$))", re.MULTILINE)
_GLUED = re.compile(r"(?<=[a-z]{5})(\d{1,2}(?:,\d{1,2})*)(?=[.,;:)\s]|$)", re.MULTILINE)

# After a full stop, at the end of the line or before a capital: what shows that a text cites in bare numbers.
_BARE = re.compile(
    rf"(?<=[.!?:%)\]\"\u201d])[ \u00a0]({_LIST})(?=[ \t]*(?:$|\n)|[ \u00a0]+[A-Z\"\u201c(])", re.MULTILINE
)
_FULL_STOPS = ".!?"
_BARE_AT_END = re.compile(rf"(?<=[a-z)])[ \u00a0]({_LIST})(?=[ \t]*$)", re.MULTILINE)
_BARE_WITHIN = re.compile(
    r"(?<=[a-z)]),[ \u00a0](\d{1,2}(?:\s?,\s?\d{1,2})*)(?=[ \u00a0](?:the|a|an|and|but|or|your|our|their|its|"
    r"his|her|my|"
    r"this|that|these|those|it|they|we|you|he|she|which|while|whereas|although|though|as|so|there|with|by|if|when)\b)"
)
# A number after one of these is part of the name or measure before it ("type 2", "week 12", "aged 65").
_COUNTING = re.compile(
    r"\b(?:type|phase|grade|stage|step|day|week|month|year|table|figure|fig|box|section|chapter|part|page|"
    r"class|score|"
    r"level|aged?|over|under|than|about|of|to|or|and|from|by|at|least|most|vitamin|group|cohort|version|no|number|"
    r"recommendation|least|is|was|are|were|\w{1,3})\s*$",
    re.IGNORECASE,
)
_OFTEN = 2  # a way of writing that is used less often is taken for ordinary numbers
_WIDEST = 40  # "1-150" is a range of something else
_MOST = 300


@dataclass(frozen=True, slots=True)
class CitationMark:
    """The numbers that stand at one place, in order, and the place with the space before it."""

    numbers: tuple[int, ...]
    span: Span


def citation_marks(text: str, most: int = _MOST) -> tuple[CitationMark, ...]:
    """The citation marks of *text* in order; a number above *most* is not taken for one."""
    found = [*_marks(_BRACKETED.finditer(text), most)]
    found += _marks((match for match in _RAISED.finditer(text) if not _is_power(text, match)), most)
    if not found:
        for style in (_ROUND, _GLUED):
            others = [*_marks(style.finditer(text), most)]
            found += others if len(others) > _OFTEN else []
    found += _bare(text, most)
    return _apart(found)


def without_marks(text: str, marks: Iterable[CitationMark]) -> str:
    """*text* with spaces for its citation marks: as long as before, so that every place stays where it is."""
    letters = list(text)
    for mark in marks:
        letters[mark.span.start : mark.span.end] = " " * (mark.span.end - mark.span.start)
    return "".join(letters)


def _bare(text: str, most: int) -> list[CitationMark]:
    """Numbers after a stop; where a text has several of them, also those at the end of a line and before a clause."""
    matches = list(_BARE.finditer(text))
    if sum(text[match.start() - 1] in _FULL_STOPS for match in matches) < _OFTEN:
        return []
    matches += [match for match in _BARE_AT_END.finditer(text) if not _counts(text, match)]
    matches += list(_BARE_WITHIN.finditer(text))
    return [*_marks(matches, most)]


def _counts(text: str, match: re.Match[str]) -> bool:
    return _COUNTING.search(text, max(0, match.start() - 20), match.start()) is not None


def _is_power(text: str, match: re.Match[str]) -> bool:
    """Whether a raised figure belongs to a unit ("cm²")."""
    return _RAISED_UNITS.search(text, max(0, match.start() - 6), match.start()) is not None


def _marks(matches: Iterable[re.Match[str]], most: int) -> Iterator[CitationMark]:
    for match in matches:
        written = (match[1] if match.re.groups else match.group()).translate(_PLAIN_FIGURES)
        numbers = _numbers(written)
        if numbers and max(numbers) <= most:
            start, end = match.span()
            # A comma before the number belongs to the sentence.
            yield CitationMark(numbers, Span(start + (match.string[start] == ","), end))


def _numbers(written: str) -> tuple[int, ...]:
    """The numbers of a list ("1, 3-5" is 1, 3, 4, 5); nothing where it cannot be a list of references."""
    found: list[int] = []
    for part in re.split(r"[,;]", written):
        ends = [int(end) for end in re.split(r"[\u2010-\u2015-]", part) if end.strip()]
        if not ends or ends[0] == 0 or (len(ends) > 1 and not ends[0] < ends[-1] <= ends[0] + _WIDEST):
            return ()
        found.extend(range(ends[0], ends[-1] + 1))
    return tuple(found)


def _apart(found: list[CitationMark]) -> tuple[CitationMark, ...]:
    """The marks in order, none over another."""
    kept: list[CitationMark] = []
    for mark in sorted(found, key=lambda mark: (mark.span, mark.numbers)):
        if not kept or not mark.span.overlaps(kept[-1].span):
            kept.append(mark)
    return tuple(kept)
