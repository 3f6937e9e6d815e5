"""What things are called in an article: concepts and bands, in the clinical and the plain wording."""

from __future__ import annotations

from bedside.article.frame import Frames
from bedside.facts.fact import Fact, Subject, When
from bedside.facts.vocabulary import Vocabulary


class Names:
    """Looks names up in the frames (``name-CONCEPT``); a concept without one is called by its id with spaces."""

    def __init__(self, vocabulary: Vocabulary, frames: Frames) -> None:
        self._vocabulary = vocabulary
        self._frames = frames

    def clinical(self, concept: str) -> str:
        """The clinical name of a concept."""
        return self._name(concept, plain=False)

    def plain(self, concept: str) -> str:
        """The everyday name of a concept."""
        return self._name(concept, plain=True)

    def internal(self, concept: str) -> bool:
        """Whether the concept is bedside's own and never said back."""
        return self._vocabulary.lexicon.internal(concept)

    def band_clinical(self, measure: str, band: str) -> str:
        """The clinical name of a band."""
        return self._frames[f"band-{measure}-{band}"].clinical

    def band_plain(self, measure: str, band: str) -> str:
        """The everyday name of a band."""
        return self._frames[f"band-{measure}-{band}"].plain

    def time_label(self, fact: Fact) -> str:
        """Whose and of which time a fact is, in brackets, where it is not the patient's own and current."""
        whose = "" if fact.subject is Subject.PATIENT else fact.subject.value
        when = "" if fact.when is When.CURRENT else fact.when.value
        when = fact.origin.source if fact.supposed else when
        said = ", ".join(filter(None, (whose, when)))
        return f" ({said})" if said else ""

    def _name(self, concept: str, *, plain: bool) -> str:
        frame = self._frames.find(f"name-{concept}")
        if frame is None:
            return concept.replace("_", " ")
        return frame.plain if plain else frame.clinical
