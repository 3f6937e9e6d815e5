"""The originals of our sources, where the owner of this library has loaded them, and how much of them may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bedside.desk import Desk
from bedside.evidence.passage import Passage
from bedside.ingest.licences import QUOTATION, may_show


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A passage as far as its licence lets it be shown. ``cut`` says that words were left out; ``why`` is the licence's
    reason."""

    id: str
    anchor: str
    place: str
    text: str
    cut: bool
    licence: str
    why: str
    sha256: str


def original_of(desk: Desk, key: str) -> Sequence[Passage]:
    """The passages of a source: its own, or of the loaded document with the same PMID or DOI; none where it was not
    loaded."""
    if desk.stored is not None and key not in desk.content.sources():
        return desk.stored.passages_of(key)
    return desk.originals(key)


def shown_passage(passage: Passage) -> ShownPassage:
    """A passage, cut to a quotation where its licence does not let all of it be shown."""
    showing = may_show(passage.licence)
    text = passage.text if showing.verbatim else in_words(passage.text, showing.words)
    return ShownPassage(
        id=passage.id,
        anchor=f"p-{passage.id.rpartition('/')[2]}",
        place=", ".join(filter(None, (passage.heading, passage.locator))),
        text=text,
        cut=text != passage.text,
        licence=passage.licence or "not stated",
        why=showing.reason,
        sha256=passage.sha256,
    )


def in_words(text: str, most: int = QUOTATION) -> str:
    """At most so many words of a text."""
    words = text.split()
    return " ".join(words) if len(words) <= most else " ".join(words[:most]) + " …"
