"""The wording: the two texts of a statement, and what speaks against putting others in their place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from bedside.evidence.statement import Statement
from bedside.text.span import NOWHERE, Span

YOU = "{you}"
"""Where "you" is an object of the plain wording, so that a carer reads "them"."""


class Level(StrEnum):
    """The two reading levels of a statement."""

    CLINICAL = "clinical"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Wording:
    """A statement's clinical and plain wording. Make one with :func:`worded`."""

    clinical: str
    plain: str

    def of(self, level: Level) -> str:
        """The text of one level."""
        return self.clinical if level is Level.CLINICAL else self.plain


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a proposed wording is refused: in which of its texts and where, what is wrong, and what to do.

    ``span`` is a place in the text of ``level`` (``NOWHERE``: the text lacks something). ``check`` names the rule.
    """

    level: Level
    check: str
    what: str
    remedy: str
    span: Span = NOWHERE

    @property
    def line(self) -> str:
        """The objection in one line."""
        return f"{self.level.value} wording: {self.what} {self.remedy}".strip()


def worded(clinical: str, plain: str) -> Wording:
    """The wording as it is kept: composed letters, single spaces, none at the ends."""
    return Wording(_tidy(clinical), _tidy(plain))


def wording_of(statement: Statement) -> Wording:
    """The wording that a statement has."""
    return Wording(statement.clinical, statement.plain)


def read_as(text: str) -> str:
    """The text as it is compared, each character in its place."""
    return text.replace(YOU, " you ")


def _tidy(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", unicodedata.normalize("NFC", text)).strip()
