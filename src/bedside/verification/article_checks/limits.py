"""Limits of an article (targets, cut-offs, normal values): those that differ, and targets that are cut-offs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import combinations

from bedside.evidence.analysis import terms
from bedside.text.matching import Figure, figures
from bedside.verification.article_checks.finding import ArticleFinding, FindingKind, ReadArticle, Weight
from bedside.verification.article_checks.naming import conditions, test_before
from bedside.verification.claims import Claim

_TARGET = re.compile(r"\b(?:targets?|goals?|aim(?:s|ing)?(?: for)?|keep(?:ing)?|maintain(?:ing)?)\b", re.IGNORECASE)
_DIAGNOSTIC = re.compile(
    r"\b(?:confirms?|indicat(?:es?|ing)|diagnos\w+|defin(?:es?|ed|ition)|deficien\w+|cut-?offs?|thresholds?|"
    r"proves?)\b",
    re.IGNORECASE,
)
_NORMAL = re.compile(
    r"\b(?:normal (?:range|values?|level|limits?)|reference (?:range|interval|limits?)|upper limit of normal)\b",
    re.IGNORECASE,
)
_NOT_A_NAME = frozenset(
    terms(
        "target targets goal aim level levels value values range normal reference limit upper lower cut off "
        "cutoff threshold below above "
        "under over between result results serum plasma blood total about approximately keep maintain measure "
        "check also diagnosis diagnostic "
        "is are be of for at less more than elevated raised low high confirms indicates defined as with in "
        "patients people test"
    )
)
_MEASURED = re.compile(r"[^\W\d_][\w-]{1,30}")
_LIMIT_SIGNS = ("<", "<=", ">", ">=")


class _Role(StrEnum):
    TARGET = "target"
    DIAGNOSTIC = "cut-off"
    NORMAL = "normal range"


@dataclass(frozen=True, slots=True)
class _Limit:
    role: _Role
    name: str
    figure: Figure
    claim: Claim
    written: str
    under: frozenset[str]

    @property
    def value(self) -> tuple[Decimal, Decimal | None]:
        return self.figure.value, self.figure.upper

    @property
    def measured(self) -> tuple[str, str]:
        return self.name, self.figure.unit


def ranges_that_differ(article: ReadArticle) -> Iterator[ArticleFinding]:
    """The same limit of the same test, in the same unit, with other values at another place."""
    told: set[tuple[_Role, tuple[str, str]]] = set()
    for first, second in combinations(_limits(article), 2):
        same = first.role is second.role and first.measured == second.measured and first.claim.id != second.claim.id
        side = (first.figure.sign[0], first.figure.upper is None) == (
            second.figure.sign[0],
            second.figure.upper is None,
        )
        differ = first.under == second.under and first.value != second.value
        if same and side and differ and (first.role, first.measured) not in told:
            told.add((first.role, first.measured))
            both = f"{first.written} in one place and {second.written} in another"
            message = f"The {first.role} of {_shown(first.name)} is {both}."
            yield ArticleFinding(FindingKind.RANGE, Weight.FAULT, message, (first.claim.span, second.claim.span))


def targets_that_are_cut_offs(article: ReadArticle) -> Iterator[ArticleFinding]:
    """A target of treatment that is the very value by which the condition is diagnosed."""
    limits = list(_limits(article))
    told: set[tuple[str, str]] = set()
    for target in (limit for limit in limits if limit.role is _Role.TARGET):
        for cut_off in (limit for limit in limits if limit.role is _Role.DIAGNOSTIC):
            if target.measured == cut_off.measured and target.value == cut_off.value and target.measured not in told:
                told.add(target.measured)
                message = (
                    f"The target of {_shown(target.name)} ({target.written}) is the cut-off for the diagnosis "
                    f"({cut_off.written}): "
                    "nothing is allowed for the spread of the test, age or kidney function."
                )
                spans = (target.claim.span, cut_off.claim.span)
                yield ArticleFinding(FindingKind.TARGET_IS_CUT_OFF, Weight.NOTE, message, spans)


def _limits(article: ReadArticle) -> Iterator[_Limit]:
    units = article.vocabulary.units.tokens
    for claim in article.said():
        own = claim.text.removeprefix(claim.lead).strip() if claim.lead else claim.text
        for figure in figures(own, units):
            role = _role(own, figure)
            if role is None or not figure.unit or (figure.sign not in _LIMIT_SIGNS and figure.upper is None):
                continue
            if name := _name(own, figure, article):
                written = " ".join(figure.span.of(own).split())
                yield _Limit(role, name, figure, claim, written, _under(claim))


def _role(text: str, figure: Figure) -> _Role | None:
    """What a figure limits, by the words nearest to it in its sentence."""
    if _NORMAL.search(text):
        return _Role.NORMAL
    before = text[max(0, figure.span.start - 40) : figure.span.start]
    if _TARGET.search(before) or _TARGET.match(text[figure.span.end :].lstrip(" (")):
        return _Role.TARGET
    return _Role.DIAGNOSTIC if _DIAGNOSTIC.search(text) and not _TARGET.search(text) else None


def _name(text: str, figure: Figure, article: ReadArticle) -> str:
    """What was measured: the test of the lexicon named last before the figure, else the last word that may be one."""
    if known := test_before(text, figure, article.vocabulary):
        return known
    if figure.unit == "%":
        return ""  # a share is of anything; only a known test says what was measured
    words = [match.group() for match in _MEASURED.finditer(text[: figure.span.start])]
    return next((word.lower() for word in reversed(words) if set(terms(word)) - _NOT_A_NAME), "")


def _under(claim: Claim) -> frozenset[str]:
    return conditions(f"{claim.text} {claim.heading}")


def _shown(name: str) -> str:
    return name.replace("_", " ")
