"""Look-up: what published sources say to a question, in their own words, the best-supported first.

A source is used for what it says of this question, so each must carry the question by itself: its *support* is the
share of the question's weight that stands in its quote (in a longer question half of it may stand elsewhere in the same
record). Below a threshold the find is *thin*: nothing is answered, and the nearest passages are only shown as such.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bedside.evidence.analysis import terms
from bedside.evidence.asked import Asked, asked_for, terms_wanted
from bedside.evidence.candidate import Candidate, Filters, Statistics
from bedside.evidence.design import Design
from bedside.evidence.disagreement import Disagreement, disagreement_in
from bedside.evidence.gather import SetAside
from bedside.evidence.hierarchy import rank_of
from bedside.evidence.hit import Hit
from bedside.evidence.library import SearchableLibrary
from bedside.evidence.passage import Passage
from bedside.evidence.query import SearchQuery, Synonyms, build_query
from bedside.evidence.quote import MayQuote, Quote, any_licence, best_quote
from bedside.evidence.ranking import Preferences, rank
from bedside.evidence.source import Source, SourceKind, SourceStatus
from bedside.evidence.statement import Statement

ENOUGH: Final = 0.7
"""The support from which a question is answered. Tuned so that questions that PubMed abstracts answer are answered, and
questions of everyday life are not."""
BESIDE: Final = 0.85
"""The share of the best support that a further source must have, once the best has enough."""
NEAR: Final = 0.3
"""The share of the best score below which a source is no longer among the best."""
FEW: Final = 2
"""With so few terms, each of them must be in the quote itself."""
SHORT: Final = 3
"""Up to so many terms, support is counted in the quote alone, and more of it is asked for."""
ENOUGH_SHORT: Final = 0.85
"""The support from which a question of SHORT terms is answered."""
PILLAR: Final = 0.14
"""The share from which a term carries the question: a source that never says it, in quote or title, speaks of something
else. In a question of SHORT terms the title must say the heaviest: such words stand in many a sentence by the way."""
COMMON: Final = 0.03
"""A question of one term is answered only when that term is in at most this share of the library."""
NEAREST: Final = 3
"""The most passages shown as the nearest when support is thin."""

_CANDIDATES = 150
_RANKED = 25
_STANDS = frozenset({SourceStatus.CURRENT, SourceStatus.DUE})
_NEVER_QUOTED = frozenset(design.value for design in Design if design.is_about_another or design is Design.PROTOCOL)


@dataclass(frozen=True, slots=True)
class Found:
    """What a look-up found.

    ``quotes`` are in the order of display, or, when ``thin``, the nearest by relevance. ``statements`` are ours that a
    search found. ``hits`` are what all of these came from, by relevance, with the reasons. ``support`` is the highest
    of a source, from 0 to 1. ``set_aside`` names the retracted sources that would have been used.
    """

    quotes: tuple[Quote, ...] = ()
    statements: tuple[Statement, ...] = ()
    hits: tuple[Hit, ...] = ()
    thin: bool = True
    support: float = 0.0
    set_aside: tuple[SetAside, ...] = ()
    disagreement: Disagreement | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)
    passages: Mapping[str, Passage] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Item:
    """A source that may be used: one quote of it with its passage, or one statement of ours, and its support."""

    hit: Hit
    source: Source
    support: float
    retracted: bool
    quote: Quote | None = None
    passage: Passage | None = None
    statement: Statement | None = None


@dataclass(frozen=True, slots=True)
class _Search:
    """One question put to one library."""

    library: SearchableLibrary
    query: SearchQuery
    statistics: Statistics
    asked: Asked
    preferences: Preferences
    may_quote: MayQuote
    retracted: frozenset[str]
    """The ids of candidates that the index knows to be retracted; the library may know of more."""

    def items(self, candidates: Sequence[Candidate]) -> tuple[_Item, ...]:
        """What may be used of the best candidates, by relevance."""
        hits = rank(self.query, candidates, self.statistics, self.preferences, _RANKED)
        return tuple(item for hit in hits if (item := self._item(hit)) is not None)

    def _item(self, hit: Hit) -> _Item | None:
        candidate = hit.candidate
        statement = self.library.statement(candidate.id)
        source = self.library.source(candidate.source)
        if source is None or source.design in _NEVER_QUOTED:
            return None
        retracted = candidate.id in self.retracted or source.status is SourceStatus.RETRACTED
        if statement is not None:
            found = frozenset(terms(f"{statement.clinical}\n{statement.heading}"))
            return _Item(hit, source, sum(self.asked.held_by(found).values()), retracted, statement=statement)
        passages = {passage.id: passage for passage in self._passages(candidate)}
        quote = best_quote(passages.values(), self.asked, self.may_quote)
        if quote is None:
            return None
        support = self._support(quote, candidate) if self._on_the_subject(quote, candidate) else 0.0
        return _Item(hit, source, support, retracted, quote, passages[quote.passage])

    def _on_the_subject(self, quote: Quote, candidate: Candidate) -> bool:
        """Whether the source says every term that carries the question where it counts."""
        shares, titled = self.asked.shares, frozenset(terms(f"{candidate.title}\n{candidate.heading}"))
        if candidate.title and len(shares) <= SHORT and not self.asked.held_by(titled).keys() & _heaviest(shares):
            return False
        said = self.asked.held_by(titled | frozenset(terms(quote.text)))
        return all(term in said for term, share in shares.items() if share >= PILLAR)

    def _passages(self, candidate: Candidate) -> Iterator[Passage]:
        """The passages a quote is taken from: the whole abstract; of a full text the one found, and its abstract."""
        for passage in self.library.passages_of(candidate.source):
            if candidate.position < 0 or passage.id == candidate.id or passage.heading.startswith("Abstract"):
                yield passage

    def _support(self, quote: Quote, candidate: Candidate) -> float:
        if len(self.asked.shares) <= SHORT:
            return quote.support
        words = "\n".join((candidate.title, candidate.heading, candidate.text, *candidate.mesh, quote.text))
        return (quote.support + sum(self.asked.held_by(frozenset(terms(words))).values())) / 2


def _heaviest(shares: Mapping[str, float]) -> set[str]:
    """The term that carries a question most; of equals, all."""
    most = max(shares.values())
    return {term for term, share in shares.items() if share >= 0.99 * most}


def look_up(
    question: str,
    library: SearchableLibrary,
    synonyms: Synonyms | None = None,
    preferences: Preferences | None = None,
    limit: int = 6,
    *,
    may_quote: MayQuote = any_licence,
    weighs: Callable[[SourceKind], int] = rank_of,
) -> Found:
    """What the library says to *question*: at most *limit* sources, one quote of each.

    Best first means: what stands before what is superseded or in doubt, then the hierarchy of evidence, then the newer,
    then relevance. A retracted source is never used. ``may_quote`` gives the most words quoted under a licence,
    ``weighs`` the place of a kind of source in the hierarchy.
    """
    query = build_query(question, synonyms)
    if not query.terms:
        return Found()
    statistics = library.statistics(terms_wanted(query))
    asked = asked_for(query, statistics)
    candidates = library.candidates(query, Filters(), _CANDIDATES)
    retracted = frozenset(each.id for each in candidates if each.status is SourceStatus.RETRACTED)
    search = _Search(library, query, statistics, asked, preferences or Preferences(), may_quote, retracted)
    # As if all of them stood: what then would have been used and is retracted, is told.
    every = search.items(
        [replace(each, status=SourceStatus.CURRENT) if each.id in retracted else each for each in candidates]
    )
    gone = {item.source.key for item in every if item.retracted}
    standing = [each for each in candidates if each.id not in retracted and each.source not in gone]
    items = every if len(standing) == len(candidates) else search.items(standing)
    enough = _enough(asked, statistics)
    set_aside = tuple(_retracted(every, enough, limit))
    used = _used([item for item in items if not item.retracted], enough, limit)
    if used:
        return _found(sorted(used, key=lambda item: _order(item, weighs)), search, set_aside, items, thin=False)
    nearest = [item for item in items if item.quote is not None and not item.retracted][:NEAREST]
    return _found(nearest, search, set_aside, items, thin=True)


def _enough(asked: Asked, statistics: Statistics) -> Callable[[float], bool]:
    """Whether a support is enough to answer this question."""
    words = asked.shares.keys()
    least = 0.99 if len(words) <= FEW else ENOUGH_SHORT if len(words) <= SHORT else ENOUGH
    commonest = max((statistics.frequencies.get(word, 0) for word in words), default=0)
    telling = len(words) > 1 or commonest <= max(NEAREST, COMMON * statistics.size)
    return lambda support: telling and support >= least


def _used(items: Sequence[_Item], enough: Callable[[float], bool], limit: int) -> list[_Item]:
    """The items that answer, by relevance; none when not one of them has enough support."""
    if not any(enough(item.support) for item in items):
        return []
    best = max(item.hit.score for item in items)
    least = BESIDE * max(item.support for item in items)
    used: list[_Item] = []
    said: set[str] = set()
    for item in items:
        words = item.quote.text if item.quote is not None else item.hit.candidate.id
        if item.support >= least and item.hit.score >= NEAR * best and words not in said:
            said.add(words)
            used.append(item)
    return used[:limit]


def _retracted(items: Sequence[_Item], enough: Callable[[float], bool], limit: int) -> Iterator[SetAside]:
    """The retracted sources that would have been used had they stood."""
    for item in _used(items, enough, limit):
        if item.retracted:
            year = f" ({item.source.year})" if item.source.year else ""
            reason = f"retracted, so not used; it would have been quoted: {item.source.title.rstrip('.')}{year}"
            yield SetAside(item.source.key, reason)


def _order(item: _Item, weighs: Callable[[SourceKind], int]) -> tuple[bool, int, int, int, str]:
    """The order of display: standing, kind of evidence, newer, relevance."""
    candidate = item.hit.candidate
    return (
        item.source.status not in _STANDS,
        weighs(item.source.kind),
        -candidate.year,
        item.hit.rank,
        candidate.id,
    )


def _cautions(statements: Sequence[Statement], library: SearchableLibrary) -> Iterator[Statement]:
    """The statements of ours that guard one of these: advice is never shown without them."""
    used = {statement.id for statement in statements}
    if used:
        for caution in library.statements():
            if caution.id not in used and used.intersection(caution.guards):
                yield caution


def _found(
    shown: Sequence[_Item], search: _Search, set_aside: tuple[SetAside, ...], items: Sequence[_Item], *, thin: bool
) -> Found:
    """The find, with everything that is needed to show it and to check it."""
    quotes = tuple(item.quote for item in shown if item.quote is not None)
    statements = [item.statement for item in shown if item.statement is not None]
    statements += _cautions(statements, search.library)
    standing = (item.quote for item in shown if item.quote is not None and item.source.status in _STANDS)
    cited = (search.library.source(citation.source) for each in statements for citation in each.citations)
    sources = [*(item.source for item in shown), *(source for source in cited if source is not None)]
    return Found(
        quotes=quotes,
        statements=tuple(statements),
        hits=tuple(sorted((item.hit for item in shown), key=lambda hit: hit.rank)),
        thin=thin,
        support=max((item.support for item in items), default=0.0),
        set_aside=set_aside,
        disagreement=None if thin else disagreement_in(standing, search.asked),
        sources={source.key: source for source in sources},
        passages={item.passage.id: item.passage for item in shown if item.passage is not None},
    )
