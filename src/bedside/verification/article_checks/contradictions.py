"""Statements of one article that deny each other: the same thing said to work and to fail, to be wanted and unwanted,
to raise and to lower the same.

Only what is plain counts: a hedge ("may", "some"), another medicine, route or dose, or an exception ("with ...",
"unless ...") on either side takes a pair out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from bedside.evidence.analysis import terms
from bedside.verification.article_checks.finding import ArticleFinding, FindingKind, ReadArticle, Weight, quoted
from bedside.verification.article_checks.naming import drugs_in, names_of
from bedside.verification.claims import Claim

_BE = r"(?:is|are|was|were|be|been|remains?|proves?)"
_GOOD = r"(?:effective|sufficient|adequate|enough|efficacious|reliable)"
_BAD = r"(?:ineffective|insufficient|inadequate|unreliable|useless|futile)"
_USED = r"(?:used|given|started|taken|offered|prescribed)"


@dataclass(frozen=True, slots=True)
class _Axis:
    """A pair of opposite predicates. A direct one takes its object at once ("raises blood pressure"); the others say
    under what condition something holds ("works in pernicious anaemia")."""

    name: str
    no: re.Pattern[str]
    yes: re.Pattern[str]
    direct: bool = False

    @classmethod
    def of(cls, name: str, no: str, yes: str, *, direct: bool = False) -> _Axis:
        """The axis of two patterns of whole words."""
        refused, held = (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for pattern in (no, yes))
        return cls(name, refused, held, direct)


_AXES = (
    _Axis.of(
        "works",
        rf"fails?|(?:does|do|will|can) ?not work|(?:doesn't|don't|can't|won't) work|{_BE} (?:not|"
        rf"never) (?:\w+ )?{_GOOD}|"
        rf"{_BE} (?:\w+ly )?{_BAD}",
        rf"(?:can |does |do |will )?works?|{_BE} (?:\w+ly |as |equally |highly |usually )?{_GOOD}|suffices?|"
        rf"succeeds?",
    ),
    _Axis.of(
        "wanted",
        rf"avoid|(?:do not|don't|never) (?:use|give|start|take|prescribe|offer|combine)|(?:should|"
        rf"must) (?:not|never) be {_USED}|"
        rf"{_BE} (?:contraindicated|not recommended|not indicated|unsafe|not safe)",
        rf"{_BE} (?:recommended|indicated|safe|preferred|first[- ]line|the (?:\w+ )?(?:treatment|drug|"
        rf"therapy) of choice)|"
        rf"(?:should|must) be {_USED}",
    ),
    _Axis.of(
        "needed",
        rf"{_BE} (?:not (?:required|necessary|needed)|unnecessary)",
        rf"{_BE} (?:required|necessary|needed|essential|mandatory)",
    ),
    _Axis.of("requires", r"does not (?:need|require)", r"requires|needs", direct=True),
    _Axis.of(
        "raises",
        r"does not (?:increase|raise|elevate)|lowers|reduces|decreases",
        r"increases|raises|elevates",
        direct=True,
    ),
    _Axis.of(
        "lowers", r"does not (?:reduce|lower|decrease)|increases|raises", r"reduces|lowers|decreases", direct=True
    ),
    _Axis.of("prevents", r"does not prevent", r"prevents", direct=True),
    _Axis.of("causes", r"does not cause", r"causes", direct=True),
    _Axis.of("masks", r"does not (?:mask|hide)", r"masks|hides|can mask|can hide", direct=True),
)
_HEDGE = re.compile(
    r"\b(?:may|might|could|would|some|sometimes|rarely|occasionally|often|usually|possibly|perhaps|unclear|uncertain|"
    r"not always|whether|hypothesi[sz]\w+|aims?|objective|criteria|investigat\w+|compared?|we|previous(?:ly)?)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[;.?!]|,? (?:but|although|though|whereas|while|however|unless|except)\b")
_SUBJECT_START = re.compile(
    r"[,;:()\u2014]|\b(?:that|which|who|whose|where|because|since|if|when|while|although|shows?|showed|shown|"
    r"suggests?|"
    r"found|means?|and|or|but|however)\b",
    re.IGNORECASE,
)
_OBJECT_END = re.compile(
    r"[,;:()\u2014]|\b(?:in|for|by|at|among|during|through|via|from|as|than|when|if|while|which|that|and|or|"
    r"but)\b",
    re.IGNORECASE,
)
_NOT_SHOWN = re.compile(r"\b(?:not|no|never|nor|neither|cannot|lack)\b", re.IGNORECASE)
_POINTING_WORDS = "it this that these those they he she we you i which who one both either neither"
_POINTING = frozenset(_POINTING_WORDS.split())
_EXCEPTION = re.compile(
    r"\b(?:with|without|who|whose|if|when|unless|except|during|until|alone|only|after|before|than|compared)\b",
    re.IGNORECASE,
)
_CONTRASTS: tuple[tuple[frozenset[str], ...], ...] = tuple(
    tuple(frozenset(terms(side)) for side in sides)
    for sides in (
        (
            "oral tablet tablets mouth",
            "intramuscular im injection injections parenteral intravenous iv",
            "nasal",
            "topical",
        ),
        ("high higher", "low lower"),
        ("child children paediatric infant infants neonate", "adult adults", "older elderly"),
        ("men male", "women female pregnant pregnancy"),
        ("mild", "severe"),
        ("acute", "chronic"),
        ("short", "long"),
        ("alone monotherapy", "combination combined"),
        ("active", "total"),
        ("primary", "secondary"),
    )
)
_GENERAL = frozenset(
    terms(
        "patient patients people person condition conditions including include therapy treatment treatments "
        "daily dose doses dosage "
        "level levels risk risks case cases many most study studies trial evidence supplementation supplement "
        "supplements use used "
        "using disease symptom symptoms also even however therefore still both each other others such this "
        "these those not no very "
        "more less year years month months day days week weeks mg mcg post fact regimen current effect "
        "effects rate rates of or and"
    )
)
_LEAST_SHARED = 2
_MANNERS = frozenset().union(*(side for sides in _CONTRASTS for side in sides))


@dataclass(frozen=True, slots=True)
class _Assertion:
    """One predicate of a claim: what it is said of (``subject``), what it does that to (``object``, direct axes only),
    under what condition (``context``), with what exception."""

    claim: Claim
    axis: _Axis
    holds: bool
    subject: frozenset[str]
    object: frozenset[str]
    context: frozenset[str]
    exception: frozenset[str]
    all: frozenset[str]
    drugs: frozenset[str]


def contradictions(article: ReadArticle) -> Iterator[ArticleFinding]:
    """Pairs of statements that deny each other, each pair once, in the order of the first."""
    told: set[tuple[str, str]] = set()
    for axis in _AXES:
        said = [each for claim in article.said() for each in _assertions(claim, axis, article)]
        for first, second in combinations(said, 2):
            pair = (first.claim.id, second.claim.id)
            if pair[0] != pair[1] and pair not in told and _denies(first, second, article):
                told.add(pair)
                message = f"{quoted(first.claim.text)} and {quoted(second.claim.text)} deny each other."
                spans = (first.claim.span, second.claim.span)
                yield ArticleFinding(FindingKind.CONTRADICTION, Weight.FAULT, message, spans)


def _assertions(claim: Claim, axis: _Axis, article: ReadArticle) -> Iterator[_Assertion]:
    if _HEDGE.search(claim.text):
        return
    denied = [match.span() for match in axis.no.finditer(claim.text)]
    for pattern, holds in ((axis.no, False), (axis.yes, True)):
        for match in pattern.finditer(claim.text):
            if holds and any(start < match.end() and match.start() < end for start, end in denied):
                continue
            assertion = _assertion(claim, axis, match, article, holds=holds)
            if assertion.subject:
                yield assertion


def _assertion(claim: Claim, axis: _Axis, match: re.Match[str], article: ReadArticle, *, holds: bool) -> _Assertion:
    before, after = claim.text[: match.start()], _CLAUSE_END.split(claim.text[match.end() :])[0]
    exception = _EXCEPTION.search(after)
    bare, excepted = (after[: exception.start()], after[exception.end() :]) if exception else (after, "")
    subject = _SUBJECT_START.split(before)[-1]
    if axis.name == "wanted" and not before.strip(" ,"):
        subject, bare = bare, ""  # "Avoid X ...": what is unwanted stands behind
    clause = _CLAUSE_END.split(before)[-1]
    if not subject.split() or subject.split()[0].lower() in _POINTING or _NOT_SHOWN.search(clause):
        subject = ""
    direct = _OBJECT_END.split(bare)[0] if axis.direct else ""
    lead = claim.lead if claim.lead not in claim.text else ""
    return _Assertion(
        claim,
        axis,
        holds,
        _content(subject),
        _content(direct),
        _content(bare.removeprefix(direct)),
        _content(f"{excepted} {lead}"),
        frozenset(terms(claim.text)),
        _named_drugs(subject, article),
    )


def _named_drugs(text: str, article: ReadArticle) -> frozenset[str]:
    """The medicines a text names; a word for the whole class ("B12") is none of them."""
    concepts = article.vocabulary.lexicon.concepts
    found = drugs_in(text, article.vocabulary)
    return frozenset(drug for drug in found if drug not in concepts or not concepts[drug].unspecified)


def _content(text: str) -> frozenset[str]:
    return frozenset(term for term in terms(text) if not term[:1].isdigit()) - _GENERAL


def _denies(first: _Assertion, second: _Assertion, article: ReadArticle) -> bool:
    if first.holds == second.holds or first.exception != second.exception or _contrast(first.all, second.all):
        return False
    if first.drugs and second.drugs and not first.drugs & second.drugs:
        return False
    if not _same_subject(first, second, article):
        return False
    if not first.axis.direct:
        return _same_condition(first, second)
    objects = _within(first.object, second.object) and bool(first.object)
    return objects and _within(first.subject, second.subject) and _within(first.context, second.context)


def _within(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether one holds nothing that the other lacks; nothing is within nothing only."""
    if not first or not second:
        return first == second
    return first <= second or second <= first


def _contrast(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether the two speak of different routes, doses, ages and the like."""
    for sides in _CONTRASTS:
        here = {number for number, side in enumerate(sides) if side & first}
        there = {number for number, side in enumerate(sides) if side & second}
        if here and there and not here & there:
            return True
    return False


def _same_subject(first: _Assertion, second: _Assertion, article: ReadArticle) -> bool:
    """Whether both speak of one thing: they share a name that is no route or manner."""
    here, there = _names(first.subject - _MANNERS, article), _names(second.subject - _MANNERS, article)
    return bool(here & there)


def _names(stems: frozenset[str], article: ReadArticle) -> frozenset[str]:
    return frozenset(name for stem in stems for name in names_of(stem, article.vocabulary.lexicon))


def _same_condition(first: _Assertion, second: _Assertion) -> bool:
    """Whether both hold under one condition: two names shared, or all of the shorter; without any, the same subject."""
    if not first.context and not second.context:
        same_place = first.claim.heading == second.claim.heading or len(first.subject) >= _LEAST_SHARED
        return first.subject == second.subject and same_place
    shared = first.context & second.context
    fewest = min(len(first.context), len(second.context))
    return len(shared) >= _LEAST_SHARED or (0 < fewest == len(shared))
