"""The article: sections of sentences, each in the clinical and the plain wording."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bedside.evidence.statement import Basis, Citation
from bedside.protocol.protocol import Wording
from bedside.protocol.strength import Jurisdiction, Level, Strength
from bedside.question.question import Reader
from bedside.text.span import NOWHERE, Span


class Role(StrEnum):
    """What a sentence is. Only a CLAIM says something clinical; another that carries citations only points at them."""

    CLAIM = "claim"  # a statement's wording, or a quotation; numbers come from the statement or passage
    PATIENT = "patient"  # about this patient; numbers come from facts and named conversions
    FRAME = "frame"  # holds the article together; no number of its own


class SectionKey(StrEnum):
    """The sections, in the order in which they are shown."""

    RED_FLAGS = "red_flags"
    LEAD = "lead"
    WHY = "why"
    HOLDS = "holds"
    FACTS = "facts"
    UNKNOWN = "unknown"
    DO_NOW = "do_now"
    TESTS = "tests"
    TREATMENT = "treatment"
    CAUSES = "causes"
    FOLLOW_UP = "follow_up"
    SPECIAL = "special"
    PITFALLS = "pitfalls"
    DISAGREEMENTS = "disagreements"
    CERTAINTY = "certainty"
    LITERATURE = "literature"
    NEAREST = "nearest"


FIRST_SCREEN = (SectionKey.RED_FLAGS, SectionKey.LEAD, SectionKey.WHY, SectionKey.DO_NOW)
"""What a reader sees first: at most 180 words together."""


@dataclass(frozen=True, slots=True)
class Birthplace:
    """Where a number of a patient sentence comes from: a fact, a conversion, a limit; with the number as printed."""

    printed: str
    origin: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence (or two short ones that stand or fall together).

    ``id`` is unique in the article: the statement id, or ``frame/<id>/<n>``. ``carer`` is the plain wording in the
    third person. ``rules`` are the rules that brought it in. ``branch`` marks advice that applies only in a case
    that is still undecided. ``folded`` is shown only on request (word budget). ``group`` keeps sentences together
    that are shown side by side (the two positions of a disagreement). ``template`` is a frame's text before its slots
    were filled.

    A quotation names its ``passage`` and, in ``quoted``, the place of its words there. Its wordings are a label and the
    words between quotation marks, the same in each; ``template`` has the labels.
    """

    id: str
    role: Role
    clinical: str
    plain: str
    carer: str
    statement: str = ""
    rules: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    basis: Basis | None = None
    jurisdiction: Jurisdiction = Jurisdiction.INT
    strength: Strength = Strength.INFORMATION
    level: Level | None = None
    unconfirmed: bool = False
    dose: bool = False
    branch: bool = False
    folded: bool = False
    group: str = ""
    births: tuple[Birthplace, ...] = ()
    template: str = ""
    passage: str = ""
    quoted: Span = NOWHERE

    def text_for(self, reader: Reader) -> str:
        """The wording this reader gets."""
        if reader is Reader.CARER:
            return self.carer
        return self.plain if reader.plain else self.clinical


@dataclass(frozen=True, slots=True)
class Section:
    """A section and its sentences, in order."""

    key: SectionKey
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A title, the sections that are not empty, and the closing lines (disclaimer, review status, date)."""

    title: Wording
    sections: tuple[Section, ...]
    closing: tuple[Sentence, ...]

    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of every section, in reading order, without the closing lines."""
        return tuple(sentence for section in self.sections for sentence in section.sentences)

    def section(self, key: SectionKey) -> Section | None:
        """The section of that key, or None when it is empty."""
        return next((section for section in self.sections if section.key is key), None)
