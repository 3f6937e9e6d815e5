"""Upheld: statements that the text of every source they cite bears out become `verbatim`, each time anew."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass, replace
from functools import cached_property

from bedside.evidence.library import Library
from bedside.evidence.passage import Passage
from bedside.evidence.source import Source, SourceStatus
from bedside.evidence.statement import Basis, Statement
from bedside.verification.originals import Held, hold
from bedside.verification.terms import Terms


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where the original of one cited source was found to bear a statement out: an id, a key and a passage's id."""

    statement: str
    source: str
    passage: str


def places_of(held: Iterable[Held]) -> tuple[Place, ...]:
    """The places worth keeping of what the originals said, in order."""
    return tuple(sorted(Place(h.statement, h.source, h.passage_checked) for h in held if h.passage_checked))


class UpheldLibrary:
    """A library some of whose statements are `verbatim`: those that a passage of *every* source they cite bears out.

    ``places`` say where to look, and are believed in nothing else: a passage is read from the library that its owner
    loaded (``original`` gives the passage of a cited source, or None where that source's document has none of that id)
    and the statement is held against it once more. A statement of ours that rests on no document stays as it is, and so
    does one that cites a retracted source.
    """

    def __init__(
        self,
        library: Library,
        places: Iterable[Place],
        original: Callable[[str, str], Passage | None],
        terms: Callable[[], Terms],
    ) -> None:
        self._library = library
        self._places = tuple(sorted(places))
        self._original = original
        self._terms = terms
        self._upheld: dict[str, Statement] = {}

    @cached_property
    def release(self) -> str:
        """The name of the library beneath, and of the places: other places may give other answers."""
        named = repr([astuple(place) for place in self._places]).encode()
        return f"{self._library.release}+originals-{hashlib.sha256(named).hexdigest()[:16]}"

    def source(self, key: str) -> Source | None:
        """The source of that key, or None."""
        return self._library.source(key)

    def statement(self, statement_id: str) -> Statement | None:
        """The statement of that id, `verbatim` where its originals bear it out, or None."""
        if statement_id not in self._upheld:
            statement = self._library.statement(statement_id)
            if statement is None or statement_id not in self._kept:
                return statement
            self._upheld[statement_id] = self._held(statement)
        return self._upheld[statement_id]

    def passage(self, passage_id: str) -> Passage | None:
        """The passage of that id, or None."""
        return self._library.passage(passage_id)

    def sources(self) -> Iterable[Source]:
        """Every source, ordered by key."""
        return self._library.sources()

    def statements(self) -> Iterable[Statement]:
        """Every statement, ordered by id."""
        return filter(None, (self.statement(each.id) for each in self._library.statements()))

    @cached_property
    def _kept(self) -> dict[str, dict[str, str]]:
        kept: dict[str, dict[str, str]] = {}
        for place in self._places:
            kept.setdefault(place.statement, {})[place.source] = place.passage
        return kept

    def _held(self, statement: Statement) -> Statement:
        if statement.basis not in (Basis.READ, Basis.SECONDHAND) or not statement.citations:
            return statement
        passages = [self._borne_out(statement, citation.source) for citation in statement.citations]
        if not all(passages):
            return statement
        return replace(statement, basis=Basis.VERBATIM, passage=passages[0])

    def _borne_out(self, statement: Statement, key: str) -> str:
        """The id of the passage of a source that bears the statement out, "" for none."""
        source = self._library.source(key)
        if source is None or source.status is SourceStatus.RETRACTED:
            return ""
        passage = self._original(key, self._kept[statement.id].get(key, ""))
        if passage is None:
            return ""
        return hold(statement, key, (passage,), self._terms()).passage_checked
