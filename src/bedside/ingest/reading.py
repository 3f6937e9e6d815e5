"""One reading of the content: typed access to marked YAML, every problem found, every reference to be resolved.

A reader never stops at the first problem: it notes it, takes a harmless value and goes on, so that an author sees
everything at once. Nothing that was read so is ever used, because :meth:`Reading.finish` raises.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from bedside.errors import ContentError
from bedside.ingest.marked_yaml import Marked

Choice = TypeVar("Choice", bound=StrEnum)

_FEW = 16
_CLOSE = 0.7
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


class ContentRefused(ContentError):
    """Everything that is wrong with the content, together. ``problems`` are in file and line order."""

    def __init__(self, problems: Iterable[ContentError]) -> None:
        self.problems = tuple(sorted(set(problems), key=_place))
        count = len(self.problems)
        heading = f"{count} problem{'s' if count > 1 else ''} in the content"
        super().__init__(heading, "\n" + "\n".join(str(problem) for problem in self.problems))
        self.where = self.problems[0].where


def _place(problem: ContentError) -> tuple[str, int, str]:
    """Sort by file, then line as a number, then text."""
    file, _, line = problem.where.rpartition(":")
    return (file, int(line), problem.what) if line.isdigit() else (problem.where, 0, problem.what)


class Referent(StrEnum):
    """What a name in the content points to."""

    STATEMENT = "statement"
    SOURCE = "source"
    NAME = "fact, definition or measure"
    MEASURE = "measure"
    BAND = "band or class"
    PARAMETER = "parameter"
    UNIT = "unit"
    FACT = "fact"
    SUBJECT = "intent, topic or fact"
    RULE = "rule"
    ASK = "ask"
    PATTERN = "pattern"
    TERM = "glossary term"


@dataclass(frozen=True, slots=True)
class Reference:
    """A name used at ``where`` that must exist. ``topic`` is whose rules, measures and asks are meant."""

    referent: Referent
    name: str
    where: str
    topic: str = ""


class Reading:
    """What one compilation has found so far."""

    def __init__(self) -> None:
        self.problems: list[ContentError] = []
        self.references: list[Reference] = []

    def refuse(self, where: str, what: str, remedy: str = "") -> None:
        """Note a problem and go on."""
        self.problems.append(ContentError(where, what, remedy))

    def refer(self, referent: Referent, names: Iterable[str], where: str, topic: str = "") -> None:
        """Note names that must exist."""
        self.references.extend(Reference(referent, name, where, topic) for name in names)

    def finish(self) -> None:
        """Raise ContentRefused when anything was noted."""
        if self.problems:
            raise ContentRefused(self.problems)

    def fields(
        self, node: Marked, what: str, required: Collection[str], optional: Collection[str] = ()
    ) -> dict[str, Marked]:
        """The entries of a mapping whose keys are a closed set; an unknown key is refused with the nearest name."""
        if not isinstance(node.value, Mapping):
            self.refuse(node.where, f"{what} must be a mapping of keys to values.")
            return {}
        allowed = [*required, *optional]
        for key, item in node.value.items():
            if key not in allowed:
                self.refuse(item.where, f"{what} has no key {key!r}.", nearest(key, allowed))
        for key in required:
            if key not in node.value:
                self.refuse(node.where, f"{what} lacks {key!r}.", f"Add {key}: ...")
        return {key: item for key, item in node.value.items() if key in allowed}

    def entries(self, node: Marked | None, what: str) -> dict[str, Marked]:
        """The entries of a mapping with free keys; nothing for an absent one."""
        if node is None or node.value is None:
            return {}
        if isinstance(node.value, Mapping):
            return dict(node.value)
        self.refuse(node.where, f"{what} must be a mapping of names to values.")
        return {}

    def items(self, node: Marked | None, what: str) -> tuple[Marked, ...]:
        """The items of a list; nothing for an absent one."""
        if node is None or node.value is None:
            return ()
        if isinstance(node.value, tuple):
            return node.value
        self.refuse(node.where, f"{what} must be a list.")
        return ()

    def text(self, node: Marked | None, what: str, default: str = "") -> str:
        """A line of text; a whole number is taken as it was written."""
        if node is None:
            return default
        if isinstance(node.value, str) and node.value.strip():
            return " ".join(node.value.split())
        if isinstance(node.value, int) and not isinstance(node.value, bool):
            return str(node.value)
        self.refuse(node.where, f"{what} must be a text.")
        return default

    def texts(self, node: Marked | None, what: str) -> list[str]:
        """A list of texts."""
        return [self.text(item, f"an item of {what}") for item in self.items(node, what)]

    def flag(self, node: Marked | None, what: str) -> bool:
        """True or false; false for an absent one."""
        if node is None:
            return False
        if not isinstance(node.value, bool):
            self.refuse(node.where, f"{what} must be true or false.")
        return node.value is True

    def number(self, node: Marked | None, what: str) -> str | None:
        """A bare decimal number as the text that was written; None for an absent one."""
        if node is None:
            return None
        written = str(node.value)
        if isinstance(node.value, bool) or not _NUMBER.fullmatch(written):
            self.refuse(node.where, f"{what} must be a number, and {written!r} is not.")
            return "0"
        return written

    def choice(self, node: Marked | None, what: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        """A member of a closed set; an unknown word is refused with the nearest one."""
        fallback = default if default is not None else next(iter(kind))
        if node is None:
            return fallback
        return self.member(self.text(node, what), node.where, what, kind) or fallback

    def member(self, word: str, where: str, what: str, kind: type[Choice]) -> Choice | None:
        """The member of *kind* whose value is *word*, or None with a note."""
        allowed = [member.value for member in kind]
        if word in allowed:
            return kind(word)
        self.refuse(where, f"{what} cannot be {word!r}.", nearest(word, allowed))
        return None


def nearest(word: str, allowed: Iterable[str]) -> str:
    """A remedy that offers the closest allowed name, or lists the allowed ones when they are few."""
    names = sorted({name for name in allowed if name})
    close = difflib.get_close_matches(word, names, n=1, cutoff=_CLOSE)
    if close:
        return f"Did you mean {close[0]!r}?"
    return f"Allowed: {', '.join(names)}." if 0 < len(names) <= _FEW else ""
