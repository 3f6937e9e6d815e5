"""The proposal: another wording for a statement, why, and for which state of it; as the text that is kept beside the
trail, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bedside.errors import InputRefused
from bedside.evidence.passage import Passage
from bedside.evidence.statement import Statement
from bedside.review.wording import Level, Objection, Wording, worded, wording_of
from bedside.review.wording_checks import compared, formed, gated, sourced, unlike
from bedside.verification.terms import Terms

__all__ = ["Level", "Objection", "Proposal", "Wording", "objections", "worded", "wording_of"]

LONGEST_WHY = 4000
_FIELDS = ("base", "clinical", "plain", "why")
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed wording, the reason for it, and the fingerprint of the item it was written for."""

    wording: Wording
    why: str
    base: str

    def to_text(self) -> str:
        """The text that is kept: JSON with sorted names, so that equal proposals have one hash."""
        fields = {"base": self.base, "why": self.why, "clinical": self.wording.clinical, "plain": self.wording.plain}
        return json.dumps(fields, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_text(cls, text: str) -> Proposal:
        """The proposal of its text. Raises InputRefused for what is none, or not written as :meth:`to_text` does."""
        try:
            data: Any = json.loads(text)
        except (ValueError, RecursionError):
            raise _none() from None
        if not isinstance(data, dict) or sorted(data) != sorted(_FIELDS):
            raise _none()
        if not all(isinstance(data[name], str) for name in _FIELDS) or not _HASH.fullmatch(data["base"]):
            raise _none()
        made = cls(worded(data["clinical"], data["plain"]), data["why"], data["base"])
        if made.to_text() != text or not made.why.strip() or len(made.why) > LONGEST_WHY:
            raise _none()
        return made


def objections(
    statement: Statement,
    wording: Wording,
    terms: Terms,
    originals: Sequence[Passage] = (),
    *,
    earlier: Iterable[Wording] = (),
    glosses: Collection[tuple[str, str]] = (),
    house: Callable[[Statement], Iterable[str]] = lambda _: (),
) -> tuple[Objection, ...]:
    """Everything that speaks against a wording of *statement*; empty when it may be adopted.

    It must say what the present wording says: the same figures, units, comparators, cautions, negations, conditions,
    people and strength, on both levels. *originals* are the loaded passages of the sources the statement cites: a
    figure may come from there as well, and they must not say otherwise. *earlier* are wordings it is held against as
    the present one is (that which ships, so that a meaning cannot drift in small steps). *glosses* are known
    explanations, each the word before a bracket and what stands in the bracket: they may come and go. *house* gives the
    findings of the rules of the house on a statement.
    """
    found = list(formed(wording))
    if found:
        return tuple(found)
    present = wording_of(statement)
    proposed = replace(statement, clinical=wording.clinical, plain=wording.plain)
    found += unlike(wording, present)
    found += gated(proposed, terms)
    for before in dict.fromkeys((present, *earlier)):
        found += compared(wording, before, terms, originals, glosses)
    found += sourced(statement, proposed, terms, originals)
    had = set(house(statement))
    for text in house(proposed):
        if text not in had:
            level = Level.PLAIN if "plain" in text else Level.CLINICAL
            found.append(Objection(level, "house", f"{text[:1].upper()}{text[1:]}.", "See docs/content.md."))
    return tuple(dict.fromkeys(found))


def _none() -> InputRefused:
    return InputRefused("This is not the text of a proposed wording.", "Propose it again.")
