"""An article that warns against relying on one value and relies on it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bedside.evidence.analysis import terms
from bedside.text.matching import figures
from bedside.verification.article_checks.finding import ArticleFinding, FindingKind, ReadArticle, Weight, quoted
from bedside.verification.claims import Claim

_WARNS = re.compile(
    r"\b(?:do not|don't|never|should not|must not|cannot|avoid) (?:be )?(?:rely(?:ing)?|relied|bas(?:e|ed|"
    r"ing)\b[^.;]{0,60}?|depend(?:ing)?|"
    r"diagnos(?:e|ed|ing)\b[^.;]{0,60}?) ?(?:solely |only |exclusively |just |simply )?(?:up)?on (?:an? |the |"
    r"one |single )*(?P<a>[^.;,]{2,60})"
    r"|\b(?P<b>[\w -]{2,50}?) alone (?:is|are|should|must|can|does|do|cannot)(?: not|"
    r"n't)? ?(?:be )?(?:\w+ )?(?:enough|sufficient|diagnos\w+|rel\w+|confirm|exclude|used|prove|adequate|"
    r"insufficient|unreliable)",
    re.IGNORECASE,
)
_DECIDES = re.compile(
    r"\b(?:indicat(?:es?|ing)|confirm(?:s|ing)?|means?|proves?|establish(?:es)?|requir(?:es?|ing)|warrants?|"
    r"demonstrates?|is diagnostic of|"
    r"diagnos(?:es|tic)|falls? (?:in|into|within))\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:may|might|could|suggests?|possibl[ey]|if|together with|combined with|along with|not|do not|never)\b",
    re.IGNORECASE,
)
_GENERAL = frozenset(
    terms(
        "serum plasma blood level levels value values result results single one test tests measurement to "
        "guide therapy treatment decisions "
        "your the a an total reading solely only alone for diagnosis decision"
    )
)


def single_value(article: ReadArticle) -> Iterator[ArticleFinding]:
    """One finding where the article decides on the value that it says must not decide alone."""
    said = list(article.said())
    for warning in said:
        match = _WARNS.search(warning.text)
        named = frozenset(terms(match["a"] or match["b"] or "")) - _GENERAL if match else frozenset()
        deciding = next((claim for claim in said if named and _decides(claim, named, article)), None)
        if deciding is not None and deciding is not warning:
            message = (
                f"The article warns {quoted(warning.text)} and itself decides on that one value: "
                f"{quoted(deciding.text)}."
            )
            spans = (warning.span, deciding.span)
            yield ArticleFinding(FindingKind.SINGLE_VALUE, Weight.FAULT, message, spans)
            return


def _decides(claim: Claim, named: frozenset[str], article: ReadArticle) -> bool:
    """Whether a claim goes from a figure of what was named, first in the sentence, to a decision."""
    verb = _DECIDES.search(claim.text)
    if verb is None or _HEDGE.search(claim.text[: verb.end()]) or _WARNS.search(claim.text):
        return False
    before = claim.text[: verb.start()]
    first = next((figure for figure in figures(before, article.vocabulary.units.tokens) if figure.unit), None)
    return first is not None and named <= frozenset(terms(before[: first.span.start]))
