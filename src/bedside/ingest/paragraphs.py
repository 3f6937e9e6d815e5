"""What the readers of documents share: text made regular, recommendation numbers, and passages gathered in order."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from bedside.evidence.passage import Passage
from bedside.evidence.record import make_passage
from bedside.text.sentences import sentences

LONGEST = 5000
"""Characters; a longer paragraph becomes several passages, each of whole sentences."""

LINE = "\x1e"
"""Stands for a line end that is meant (between list items), while other white space is still being made regular."""

_SPACE = re.compile(r"[^\S\x1e]+")
_LINES = re.compile(r"[ \x1e]*\x1e[ \x1e]*")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphen, zero-width space, word joiner, byte-order mark
_NAMED = re.compile(
    r"(?P<name>recommendation|rec|statement)\.?\s{0,3}(?P<number>\d{1,3}(?:\.\d{1,3}){0,4}[a-z]?)\b", re.IGNORECASE
)
# "1.3.5 ..." is a number of a recommendation; "1.3 Offer" too, while "1.3 mg" and "2.5 times" are quantities.
_NUMBERED = re.compile(
    r"(?P<number>\d{1,3}(?:\.\d{1,3}){2,4}|\d{1,3}\.\d{1,3}(?=[.):]?\s+[^\W\d_a-z][a-z]))[.):]?(?:\s|$)"
)


def tidy(text: str) -> str:
    """*text* in Unicode form C, without invisible characters, every run of white space one space.

    Where :data:`LINE` stands, one line end is kept.
    """
    plain = _SPACE.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    return _LINES.sub("\n", plain).strip(" \n")


def recommendation_number(text: str) -> str:
    """The number that a paragraph starts with, as a locator ("1.3.5", "Recommendation 4"), or ""."""
    if named := _NAMED.match(text):
        word = "Recommendation" if named["name"].lower() != "statement" else "Statement"
        return f"{word} {named['number']}"
    numbered = _NUMBERED.match(text)
    return numbered["number"] if numbered else ""


def pieces(text: str) -> tuple[str, ...]:
    """*text* itself, or where it is longer than LONGEST, stretches of whole sentences that together hold all of it."""
    if len(text) <= LONGEST:
        return (text,)
    found: list[str] = []
    start = end = 0
    for span in sentences(text):
        if span.end - start > LONGEST and end > start:
            found.append(text[start:end])
            start = span.start
        end = span.end
    return (*found, text[start:end])


@dataclass(slots=True)
class Gathering:
    """The passages of one document, in reading order.

    ``shortest`` is the least number of characters a passage has; what is shorter is left out.
    """

    source: str
    licence: str
    shortest: int = 1
    language: str = ""
    passages: list[Passage] = field(default_factory=list)
    _ids: set[str] = field(default_factory=set)
    _counts: dict[str, int] = field(default_factory=dict)

    def count(self, what: str) -> int:
        """The next number of *what* ("Results, paragraph"), from 1."""
        self._counts[what] = self._counts.get(what, 0) + 1
        return self._counts[what]

    def add(self, locator: str, text: str, heading: str = "", language: str | None = None) -> None:
        """Add one tidy text. The same words at the same place a second time are left out."""
        if len(text) < self.shortest or not any(map(str.isalnum, text)):
            return
        parts = pieces(text)
        for number, part in enumerate(parts, 1):
            passage = make_passage(
                self.source,
                f"{locator} (part {number})" if len(parts) > 1 else locator,
                part,
                heading=heading,
                licence=self.licence,
                position=len(self.passages),
                language=self.language if language is None else language,
            )
            if passage.id not in self._ids:
                self._ids.add(passage.id)
                self.passages.append(passage)
