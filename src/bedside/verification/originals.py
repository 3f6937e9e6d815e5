"""Originals: a statement held against the text of the source it cites, where the owner has loaded it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bedside.evidence.passage import Passage
from bedside.evidence.statement import Statement
from bedside.verification.judging import Overall, judge_all
from bedside.verification.terms import Terms
from bedside.verification.verdict import Verdict


class Standing(StrEnum):
    """What an original says of a statement of ours."""

    CHECKED = "checked against the source text"
    OTHERWISE = "the source text says otherwise"
    NOT_FOUND = "not found in the source text"
    NOT_LOADED = "the source text is not loaded"


@dataclass(frozen=True, slots=True)
class Held:
    """A statement and what one source it cites says: ``passage`` is where, "" for nowhere."""

    statement: str
    source: str
    standing: Standing
    passage: str = ""
    locator: str = ""
    reason: str = ""

    @property
    def passage_checked(self) -> str:
        """The id of the passage that bears the statement out, "" where none does."""
        return self.passage if self.standing is Standing.CHECKED else ""


_STANDINGS = {
    Verdict.SUPPORTED: Standing.CHECKED,
    Verdict.QUALIFIED: Standing.CHECKED,
    Verdict.CONTRADICTED: Standing.OTHERWISE,
    Verdict.WRONG_FIGURE: Standing.OTHERWISE,
    Verdict.OVERSTATED: Standing.OTHERWISE,
}


def hold(statement: Statement, source: str, passages: Sequence[Passage], terms: Terms) -> Held:
    """What the passages of one cited source say of a statement's clinical wording. No passages: it is not loaded."""
    if not passages:
        return Held(statement.id, source, Standing.NOT_LOADED)
    overall = _best(statement, passages, terms)
    standing = _STANDINGS.get(overall.verdict, Standing.NOT_FOUND)
    if standing is Standing.NOT_FOUND:
        return Held(statement.id, source, standing, reason=overall.reason)
    locator = next((passage.locator for passage in passages if passage.id == overall.against), "")
    return Held(statement.id, source, standing, overall.against, locator, overall.reason)


def hold_all(
    statements: Iterable[Statement], originals: Mapping[str, Sequence[Passage]], terms: Terms
) -> Iterator[Held]:
    """What *originals*, passages by source, say of every statement, for each of those sources that it cites."""
    for statement in statements:
        for key in dict.fromkeys(citation.source for citation in statement.citations):
            if key in originals:
                yield hold(statement, key, originals[key], terms)


def _best(statement: Statement, passages: Sequence[Passage], terms: Terms) -> Overall:
    return judge_all(statement.clinical, [(passage.id, passage.text) for passage in passages], terms)
