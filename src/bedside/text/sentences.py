"""Sentences and clauses of clinical free text, as spans.

The rules are few and linear in the length of the text: a full stop ends a sentence unless it belongs to an
abbreviation or a number, a line break does unless it merely wraps a long line.
"""

from __future__ import annotations

import re

from bedside.text.folding import fold
from bedside.text.span import Span

# Words after which a full stop does not end the sentence (Latin, titles, dosage).
_ABBREVIATIONS = frozenset(
    [
        "e.g",
        "i.e",
        "eg",
        "ie",
        "dr",
        "mr",
        "mrs",
        "ms",
        "prof",
        "st",
        "vs",
        "approx",
        "ca",
        "vit",
        "tab",
        "tabs",
        "cap",
        "caps",
        "inj",
        "max",
        "min",
        "nr",
        "fig",
        "ref",
        "refs",
        "cf",
        "al",
        "o.d",
        "b.d",
        "t.d.s",
        "q.d",
        "i.m",
        "s.c",
        "i.v",
        "p.o",
        "a.m",
        "p.m",
        "u.s",
        "u.k",
        "dept",
        "yrs",
        "yr",
        "mos",
        "wks",
        "wk",
        "hr",
        "hrs",
    ]
)
_STOP = re.compile(r"[.!?]+[\"')\]]*(?=\s|$)|\n")
_LAST_WORD = re.compile(r"[\w.]+$")
_BREAK = re.compile(
    r"[;\n\u2014()]|\s-\s|\s--\s|\s\|\s"
    r"|,?\s\b(?:but|however|although|though|whereas|yet|except|(?<!a )while|whilst|because)\b"
    r"|,\s(?=(?:and |so |then |now )?(?:i|he|she|they|we|it|her|his|my)\b)"
)
_LIST_ITEMS = 100
_LONGEST = 1500  # characters; what runs on without a stop is cut, so that no later step looks back without end
_WRAPPED_LINE = 60  # a line this long that goes on in lower case is a wrapped sentence, not a list


def _ends_here(text: str, folded: str, start: int, match: re.Match[str]) -> bool:
    if match.group() == "\n":
        following = text[match.end() : match.end() + 1]
        line_start = max(start, text.rfind("\n", start, match.start()) + 1)
        return not (following.islower() and match.start() - line_start >= _WRAPPED_LINE)
    if match.group() != ".":
        return True
    # Looking back a few characters only keeps the whole scan linear.
    before = _LAST_WORD.search(folded, max(start, match.start() - 12), match.start())
    word = before.group() if before else ""
    if word in _ABBREVIATIONS or is_genus(text, folded, match.start()):
        return False
    if word == "no":
        return not folded[match.end() : match.end() + 2].strip().isdigit()
    # "1." at the head of a list item belongs to the item.
    return not (word.isdigit() and before is not None and before.start() == start and int(word) < _LIST_ITEMS)


# What has a letter behind it that is no genus: "vitamin C. should I".
_LETTERED = frozenset({"vitamin", "vit", "hepatitis", "hep", "type", "grade", "group", "plan", "option"})


def is_genus(text: str, folded: str, stop: int) -> bool:
    """Whether the stop at *stop* belongs to the one letter of a germ's genus ("H. pylori")."""
    letter, before = stop - 1, stop - 2
    alone = letter >= 0 and folded[letter].isalpha() and (before < 0 or text[before] in " (\n")
    after_number = before > 0 and text[before - 1].isdigit()
    lettered = folded[: max(letter, 0)].rstrip().rpartition(" ")[2] in _LETTERED
    return alone and not after_number and not lettered and text[stop + 2 : stop + 3].islower()


def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of *text* in order, without the white space around them."""
    folded = fold(text)
    found: list[Span] = []
    start = 0
    for match in _STOP.finditer(folded):
        while start < match.start() and text[start].isspace():
            start += 1
        if _ends_here(text, folded, start, match):
            _add(found, text, start, match.end())
            start = match.end()
    _add(found, text, start, len(text))
    return tuple(found)


def clauses(text: str, span: Span) -> tuple[Span, ...]:
    """Return the clauses of the sentence *span* of *text*: parts between semicolons, dashes, brackets, "but" and
    the like, and before a new subject after a comma.
    """
    # Folding the slice alone keeps a walk over all sentences linear.
    folded = fold(text[span.start : span.end])
    found: list[Span] = []
    start = 0
    for match in _BREAK.finditer(folded):
        if match.start() > start:
            _add(found, text, span.start + start, span.start + match.start())
        # A conjunction opens the clause that follows; a mark belongs to neither.
        start = match.start() if match.group().strip(" ,").isalpha() else match.end()
    _add(found, text, span.start + start, span.end)
    return tuple(found)


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        found.append(Span(start, cut))
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        found.append(Span(start, end))
