"""Other names for what a question speaks of, from a vocabulary, as the query takes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bedside.evidence.analysis import terms
from bedside.evidence.query import OtherName
from bedside.evidence.synonyms import Synonyms

MOST = 6
"""Other names taken of one phrase: a heading with forty entry terms must not drown the question."""


class NamesIn:
    """The other names in one question. It is read as written, for an acronym is known by its capitals."""

    def __init__(self, question: str, synonyms: Synonyms) -> None:
        self._question = question
        self._synonyms = synonyms

    def found_in(self, words: Sequence[str]) -> Iterable[OtherName]:
        """The other names; *words*, the terms of the question, add nothing to the question itself."""
        del words
        written = self._question.split()
        found: dict[OtherName, None] = {}
        for start, end, others in self._synonyms.found_in(written):
            own = tuple(terms(" ".join(written[start:end])))
            for other in others[:MOST]:
                if (name := tuple(terms(other))) and name != own:
                    found[OtherName(own, name)] = None
        return tuple(found)
