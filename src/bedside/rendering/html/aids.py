"""What a page needs besides the answer: names in words, units, the words of the checks, and originals to look up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bedside.article.naming import Names
from bedside.evidence.passage import Passage
from bedside.facts.vocabulary import Vocabulary
from bedside.question.question import Reader
from bedside.verification.terms import Terms

_HOW_OFTEN, _HOW_LONG = "_frequency", "_duration"


def no_original(_source: str) -> tuple[Passage, ...]:
    """The lookup of a library in which no original was loaded."""
    return ()


@dataclass(frozen=True, slots=True)
class Aids:
    """``originals`` gives the passages of a cited source where its owner loaded it, by source key. ``may_quote`` gives
    the most words that may be shown at once under a licence; None shows any length."""

    names: Names
    vocabulary: Vocabulary
    terms: Terms
    originals: Callable[[str], tuple[Passage, ...]] = no_original
    may_quote: Callable[[str], int] | None = None

    def name(self, concept: str, reader: Reader) -> str:
        """A concept in words; how often and how long a medicine is taken are said of the medicine."""
        for suffix, said in ((_HOW_OFTEN, "how often"), (_HOW_LONG, "how long")):
            if concept.endswith(suffix):
                return f"{self._name(concept.removesuffix(suffix), reader)}, {said}"
        return self._name(concept, reader)

    def units(self, concept: str) -> tuple[str, ...]:
        """The units a number of this concept may be given in, the usual one first; none where it has none."""
        if concept.endswith(_HOW_LONG) or concept == "time_on_treatment":
            return ("days", "weeks", "months", "years")
        if concept == "age_years":
            return ("years",)
        analyte = self.vocabulary.units.analytes.get(concept)
        if analyte is None:
            return ()
        first = analyte.usual_unit or analyte.unit
        return (first, *sorted(analyte.units - {first}))

    def _name(self, concept: str, reader: Reader) -> str:
        return self.names.plain(concept) if reader.plain else self.names.clinical(concept)
