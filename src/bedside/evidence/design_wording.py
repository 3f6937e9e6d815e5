"""Study design from wording: what a title or an abstract says of the work it reports.

Texts are read folded (:func:`bedside.text.folding.fold`), which keeps every offset, so that the reason quotes the words
as they are written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bedside.evidence import design_patterns as patterns
from bedside.evidence.design import Design
from bedside.text.folding import fold

_FEW = 8  # texts remembered: one document asks for the same ones several times over


@dataclass(frozen=True, slots=True)
class Reading:
    """A design and the reason for it in words."""

    design: Design
    reason: str


NOTHING = Reading(Design.UNKNOWN, "nothing says how it was done")


@dataclass(frozen=True, slots=True)
class _Text:
    """A text, its folded form, and what to call it in a reason."""

    name: str
    written: str
    folded: str

    def find(self, table: patterns.Table) -> Reading | None:
        """The first design of the table that is found, with the words it was found in."""
        for clue in table:
            if match := clue.find(self.folded):
                return self.reading(clue.design, match)
        return None

    def reading(self, design: Design, match: re.Match[str]) -> Reading:
        """The design, with the text's own words as the reason."""
        words = " ".join(self.written[match.start() : match.end()].split()).strip(" :,.;-[]()\"'")
        return Reading(design, f"{self.name} says '{words}'")


@lru_cache(maxsize=_FEW)
def _title(written: str) -> _Text:
    return _Text("title", written, fold(written))


@lru_cache(maxsize=_FEW)
def _abstract(written: str) -> _Text:
    return _Text("abstract", written, fold(written))


def notice_in_title(title: str) -> Reading | None:
    """A retraction notice, an expression of concern or an erratum, when the title begins like one."""
    return _title(title).find(patterns.NOTICES)


def comment_in_title(title: str) -> Reading | None:
    """A letter, editorial or comment, when the title begins like one."""
    return _title(title).find(patterns.LETTERS)


def protocol_in_title(title: str) -> Reading | None:
    """The plan of a study, when the title says so."""
    return _title(title).find(patterns.PROTOCOLS)


def protocol_in_abstract(abstract: str) -> Reading | None:
    """The plan of a study, when the abstract speaks of it in the future and gives no result."""
    text = _abstract(abstract)
    if "will" not in text.folded and "this protocol" not in text.folded:
        return None
    match = patterns.FUTURE.search(text.folded)
    if match is None or patterns.DONE.search(text.folded):
        return None
    return text.reading(Design.PROTOCOL, match)


def laboratory_in_title(title: str) -> Reading | None:
    """Work on animals, cells or tissue, when the title says so and names no people."""
    text = _title(title)
    reading = text.find(patterns.LABORATORY)
    return None if reading is None or patterns.PEOPLE.search(text.folded) else reading


def laboratory_in_abstract(title: str, abstract: str) -> Reading | None:
    """Work on animals, when the abstract says what was done to them and neither text names people."""
    text = _abstract(abstract)
    if not any(clue.may_match(text.folded) for clue in patterns.ANIMALS_TREATED):
        return None
    if patterns.PEOPLE.search(text.folded) or patterns.PEOPLE.search(_title(title).folded):
        return None
    return text.find(patterns.ANIMALS_TREATED)


@lru_cache(maxsize=_FEW)
def review_in_title(title: str) -> Reading | None:
    """A systematic or scoping review, when the title says so of the article itself."""
    text = _title(title)
    reading = text.find(patterns.REVIEWS)
    return None if reading is None or patterns.ON_METHOD.search(text.folded) else reading


@lru_cache(maxsize=_FEW)
def design_in_title(title: str) -> Reading | None:
    """The design a title names for its own study; a review of trials is a review."""
    return review_in_title(title) or _title(title).find(patterns.TITLES)


@lru_cache(maxsize=_FEW)
def design_in_abstract(abstract: str) -> Reading | None:
    """The design an abstract states for the work it reports."""
    return _abstract(abstract).find(patterns.ABSTRACTS)
