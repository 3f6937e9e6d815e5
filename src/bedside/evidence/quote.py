"""The quote: the sentence or two of a source that answer a question best, word for word and with their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bedside.evidence.analysis import terms
from bedside.evidence.asked import Asked
from bedside.evidence.passage import Passage
from bedside.text.sentences import sentences
from bedside.text.span import Span

LONGEST = 60
"""The most words of one quote, whatever the licence."""

SHORTEST = 5
"""Words; what is shorter is a label or a heading that strayed into the text."""

MayQuote = Callable[[str], int]
"""From the name of a licence to the most words that may be quoted under it; 0 where nothing may."""

_CONCLUDES = re.compile(r"conclu|interpretation|implication|recommendation|bottom line|key (?:point|message)|meaning")
_REPORTS = re.compile(r"result|finding|discussion")
_PREPARES = re.compile(
    r"background|introduction|objective|aim|purpose|method|design|setting|participant|patients|context"
)
_LABEL = re.compile(r"^(?P<label>[A-Z][A-Za-z /&,'-]{2,40}):\s")

_TO_STUDY = (
    "analy[sz]e|ascertain|assess|characteri[sz]e|clarify|compare|describe|determine|develop|establish|estimate|evaluate|"
    "examine|explore|find|identify|investigate|measure|quantify|report|review|study|test|understand|verify"
)
_WE_STUDIED = (
    "aim|aimed|assessed|compared|conducted|evaluated|examined|hypothesi[sz]ed|intend|investigated|performed|planned|"
    "randomi[sz]ed|searched|set out|sought|studied|tested|undertook|wanted|will"
)
_STUDY_DID = (
    "aim(?:s|ed)|assesse[sd]|compare[sd]|describes|evaluate[sd]|examine[sd]|explores|investigate[sd]|reviews|sought|"
    "tested|was (?:aimed|carried|conducted|designed|performed|to|undertaken)|will"
)
_WAS_DONE = (
    "administered|allocated|analy[sz]ed|asked|assessed|assigned|collected|compared|conducted|enrolled|evaluated|included|"
    "measured|performed|randomi[sz]ed|randomly|recruited|reviewed|searched|studied|treated"
)
_NO_FINDING = re.compile(
    r"^(?:the |our )?(?:main |primary |specific |overall )?(?:aims?|objectives?|purposes?|goals?)\b"
    rf"|^to (?:{_TO_STUDY})\b"
    rf"|^(?:in this (?:study|paper|review|article|work),? )?we (?:{_WE_STUDIED})\b"
    rf"|^this (?:study|trial|review|paper|article|work) (?:{_STUDY_DID})\b"
    r"|\b(?:is|are|remains?|was|were) (?:largely |still |yet |currently )?(?:unknown|unclear|uncertain|controversial)\b"
    r"|\b(?:is|are|was|were) not (?:well )?(?:known|understood|established|clear)\b"
    r"|\b(?:has|have) not (?:yet )?been\b|\blittle is known\b"
    rf"|\b(?:was|were) (?:{_WAS_DONE})\b"
    r"|\b(?:primary|main|secondary) (?:\w+ )?(?:end ?points?|outcomes?) (?:was|were|is|are)\b"
)
"""What was to be found out, or how, and not what was found."""
_SAYS_SO = re.compile(
    r"\b(?:conclu\w+|we found|(?:our|these) (?:results|findings|data)|suggest\w*|significant(?:ly)?|recommend\w*|showed"
    r"|shown|should)\b"
)
_CONCLUDES_WORTH = 0.3
_REPORTS_WORTH = 0.1
_ENDS_WORTH = 0.3
"""For the last sentence of an abstract in one piece: there stands what its authors conclude."""
_LAST_WORTH = 0.05
_SAYS_SO_WORTH = 0.05
_PREPARES_COST = 0.1
_NO_FINDING_COST = 0.25
_SECOND_WORTH = 0.1
"""The share of the question that a second sentence must add to be quoted with the first."""
_MANY = 4
"""Sentences from which an abstract is taken to end with what it concludes."""
_CLOSE = 0.6
"""The share of the best support below which its place does not help a sentence."""
_RUNS_ON = 1000
"""Characters; what follows a sentence as long as this may be its cut-off end."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One or two whole sentences of a passage, verbatim: ``text`` is ``[start:end]`` of the passage's own text.

    ``source`` is the key of the source. ``score`` is what it was chosen for: its share of the question, a little more
    or less by where it stands. ``support`` is that share alone, from 0 to 1, and ``matched`` the terms it came from.
    """

    passage: str
    source: str
    locator: str
    text: str
    start: int
    end: int
    score: float
    support: float
    matched: tuple[str, ...]

    @property
    def words(self) -> int:
        """The number of words quoted."""
        return len(self.text.split())


def any_licence(name: str) -> int:
    """The most words quoted where nobody says more about licences."""
    del name
    return LONGEST


def best_quote(passages: Iterable[Passage], asked: Asked, may_quote: MayQuote = any_licence) -> Quote | None:
    """The best quote of one source for what is asked, or None: nothing fits, or the licence forbids it.

    A sentence is never cut; one that is too long for its licence is passed over. A sentence beside the best one is
    quoted with it where it adds to what is covered.
    """
    quotes: list[Quote] = []
    for passage in passages:
        most = min(LONGEST, may_quote(passage.licence))
        if most > 0 and passage.language in ("", "eng"):
            quotes += _of_passage(passage, asked, most)
    findings = [quote for quote in quotes if not _NO_FINDING.search(quote.text.lower())] or quotes
    least = _CLOSE * max((quote.support for quote in findings), default=0.0)
    return max((quote for quote in quotes if quote.support >= least), key=lambda quote: quote.score, default=None)


def _of_passage(passage: Passage, asked: Asked, most: int) -> Iterator[Quote]:
    """Every sentence that says something of what is asked; the best of them with its neighbour, where that adds."""
    spans = tuple(_whole(passage.text))
    singles = [
        _quote(passage, span, asked, _last_worth(passage, spans) if span == spans[-1] else 0.0) for span in spans
    ]
    yield from (quote for quote in singles if quote.matched and quote.words <= most)
    for first, second in pairwise(singles):
        if first.matched and second.matched:
            both = _joined(passage, first, second, asked)
            if both.words <= most and both.support >= max(first.support, second.support) + _SECOND_WORTH:
                yield both


def _whole(text: str) -> Iterator[Span]:
    """The sentences of a text that are surely whole: a piece that goes on in lower case was cut in two."""
    spans = sentences(text)
    for place, span in enumerate(spans):
        goes_on = place + 1 < len(spans) and text[spans[place + 1].start].islower()
        cut_off = text[span.start].islower() or (place > 0 and spans[place - 1].end - spans[place - 1].start > _RUNS_ON)
        if not goes_on and not cut_off and len(span.of(text).split()) >= SHORTEST:
            yield span


def _quote(passage: Passage, span: Span, asked: Asked, worth: float) -> Quote:
    text = span.of(passage.text)
    held = asked.held_by(frozenset(terms(text)))
    support = sum(held.values())
    score = support + worth + _place_worth(passage.heading, text)
    return Quote(
        passage.id, passage.source, passage.locator, text, *_ends(span), _rounded(score), _rounded(support), tuple(held)
    )


def _joined(passage: Passage, first: Quote, second: Quote, asked: Asked) -> Quote:
    """Two sentences that follow each other, as one quote: what the second adds counts by half."""
    span = Span(first.start, second.end)
    text = span.of(passage.text)
    held: Mapping[str, float] = asked.held_by(frozenset(terms(text)))
    support = sum(held.values())
    better = max(first, second, key=lambda quote: quote.score)
    score = better.score + (support - better.support) / 2
    return Quote(
        passage.id, passage.source, passage.locator, text, *_ends(span), _rounded(score), _rounded(support), tuple(held)
    )


def _last_worth(passage: Passage, spans: Sequence[Span]) -> float:
    """What it adds to be the last sentence of a passage."""
    in_one_piece = not passage.heading and passage.locator.lower().startswith("abstract") and len(spans) >= _MANY
    return _ENDS_WORTH if in_one_piece else _LAST_WORTH


def _place_worth(heading: str, text: str) -> float:
    """What the place of a sentence adds to its score: a finding says more than an aim in the same words."""
    label = _LABEL.match(text)
    where = (label["label"] if label else heading.rpartition(" > ")[2]).lower()
    said = text[label.end() :].lower() if label else text.lower()
    worth = 0.0
    if _CONCLUDES.search(where):
        worth += _CONCLUDES_WORTH
    elif _REPORTS.search(where):
        worth += _REPORTS_WORTH
    elif _PREPARES.search(where):
        worth -= _PREPARES_COST
    if _SAYS_SO.search(said):
        worth += _SAYS_SO_WORTH
    if _NO_FINDING.search(said) or text.endswith("?"):
        worth -= _NO_FINDING_COST
    return worth


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _rounded(value: float) -> float:
    """Six decimals: the same on every machine."""
    return round(value, 6)
