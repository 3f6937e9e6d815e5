"""The question: what is asked, by whom, and whether something cannot wait."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bedside.text.span import NOWHERE, Span


class Reader(StrEnum):
    """Who reads the answer. Patient and carer read the plain wording, the others the clinical one."""

    PATIENT = "patient"
    CARER = "carer"
    STUDENT = "student"
    NURSE = "nurse"
    CLINICIAN = "clinician"

    @property
    def plain(self) -> bool:
        """Whether this reader gets the plain wording."""
        return self in (Reader.PATIENT, Reader.CARER)


class Region(StrEnum):
    """Whose practice is shown. BOTH shows the two side by side, never mixed."""

    GB = "GB"
    US = "US"
    BOTH = "both"


class Intent(StrEnum):
    """What the person wants to know. Conditions name these with ``asked``."""

    MANAGE = "manage"
    INTERPRET = "interpret"
    DIAGNOSE = "diagnose"
    TEST = "test"
    TREAT = "treat"
    DOSE = "dose"
    STOP = "stop"
    MONITOR = "monitor"
    CAUSE = "cause"
    PREVENT = "prevent"
    SAFETY = "safety"
    COST = "cost"
    GENERAL = "general"


class DeclineReason(StrEnum):
    """Why a question is not answered. A decline is a result, with what would help and where to go."""

    NOT_COVERED = "not-covered"
    ANIMAL = "animal"
    CHILD = "child"
    OTHER_LANGUAGE = "other-language"
    NOT_A_QUESTION = "not-a-question"
    TOO_LITTLE = "too-little"
    IMPLAUSIBLE = "implausible"
    CONTRADICTORY = "contradictory"
    OTHERS_DOSE = "others-dose"
    OUT_OF_SCOPE = "out-of-scope"


@dataclass(frozen=True, slots=True)
class Emergency:
    """Emergency words in the text: which kind, the statement ids to show first, and where they stand.

    ``kind`` is an id of ``content/emergency.yaml``; ``turn`` the turn of the thread in whose text ``span`` lies.
    """

    kind: str
    statements: tuple[str, ...]
    text: str
    span: Span = NOWHERE
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """The question as understood. ``text`` is as asked, never rewritten.

    ``topics`` are the topic ids it is about ("vitamin-b12"), in order of weight; ``subjects`` what inside a topic it
    speaks of ("folate", "side_effects"), and ``gaps`` those of them on which the content has nothing. ``beside`` are
    topics that it speaks of in passing: of those only a red flag is heard. ``reader`` and
    ``region`` are as chosen by the caller. ``decline_text`` are the words that led to a decline.
    ``open_to_sources`` is true where published sources may be quoted: nothing speaks against an answer, except that no
    topic may cover the question. ``asked`` are all the words of this person's case, turn by turn; () where ``text`` is
    all there is.
    """

    text: str
    reader: Reader
    region: Region
    intents: tuple[Intent, ...] = ()
    topics: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    emergencies: tuple[Emergency, ...] = ()
    decline: DeclineReason | None = None
    decline_text: str = ""
    open_to_sources: bool = False
    asked: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
