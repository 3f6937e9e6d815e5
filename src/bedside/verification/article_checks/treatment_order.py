"""Treatment that is ordered at once although the test that is to confirm its reason is ordered too.

It is no fault where the article makes treatment depend on the result, or says that treatment does not wait for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bedside.evidence.analysis import terms
from bedside.verification.article_checks.finding import ArticleFinding, FindingKind, ReadArticle, Weight, quoted
from bedside.verification.claims import Claim

_AT_ONCE = re.compile(
    r"\b(?:immediate(?:ly)?|right away|at once|without delay|straight ?away|promptly|today|now|"
    r"urgent(?:ly)?)\b",
    re.IGNORECASE,
)
_TREATS = re.compile(
    r"\b(?:start(?:ed|ing)?|begin|begun|initiat(?:e|ed|ing)|switch(?:ed|ing)?|escalat(?:e|ed|ing|ion)|"
    r"treat(?:ed|ing|ment)?|therapy|"
    r"giv(?:e|en|ing)|prescrib(?:e|ed|ing)|inject(?:ed|ions?)?|administer(?:ed)?|transfus\w+|operat\w+|surgery)\b",
    re.IGNORECASE,
)
_CONFIRMS = re.compile(
    r"\b(?:to|will|would|should|can) (?:help )?confirm\b(?P<what>[^.;:]{0,120})"
    r"|\bconfirmatory (?:\w+ )?(?:test|testing|measurement|biopsy|imaging|scan|assay)\w*(?P<whats>[^.;:]{0,80})",
    re.IGNORECASE,
)
_TEST = re.compile(
    r"\b(?:test(?:s|ing|ed)?|measur(?:e|ed|ing|ement)|check(?:ed|ing)?|order(?:ed)?|scan|biopsy|imaging|mri|"
    r"ct|x-?ray|ultrasound|"
    r"cultur(?:e|es|ed)|assay|level|bloods?|ecg|echocardiogra\w+|spirometry|serology)\b",
    re.IGNORECASE,
)
_DEPENDS = re.compile(
    r"\b(?:if|once|when|after|only (?:if|when|after)|until|unless) (?:\S+ ){0,6}?(?:confirm(?:ed|s|ation|"
    r"atory)?|positive|raised|abnormal|"
    r"results?|diagnos(?:ed|is))\b|\bconfirm\w* (?:\w+ ){0,4}(?:before|prior to|first)\b|\bbefore (?:starting|"
    r"treatment|treating|any treatment)\b",
    re.IGNORECASE,
)
_DOES_NOT_WAIT = re.compile(
    r"\b(?:do not|don't|never|without|rather than|not) (?:wait(?:ing)?|delay(?:ing)?|awaiting|defer(?:ring)?)\b|"
    r"\b(?:while|whilst) (?:awaiting|waiting)\b|\bbefore (?:the )?results?\b|\b(?:should|must) not (?:wait|"
    r"be delayed)\b|"
    r"\bnot (?:be )?(?:delay|withheld|postpone)\w*\b|\b(?:once|after) (?:treatment|therapy) (?:has|is|was)\b",
    re.IGNORECASE,
)
_ON_SUSPICION = re.compile(
    r"\b(?:whenever|if|when) [^.;]{0,60}\bsuspected\b|\bon (?:clinical )?suspicion\b|\bempiric(?:al)?(?:ly)?\b",
    re.IGNORECASE,
)
_LEAST_SHARED = 2
_GENERAL = frozenset(
    terms("diagnosis test testing treatment level your this the patient result finding suspicion cause function")
)


def treatment_before_test(article: ReadArticle) -> Iterator[ArticleFinding]:
    """One finding for the first treatment that runs ahead of the test that is to confirm its reason."""
    said = list(article.said())
    if _DOES_NOT_WAIT.search(" ".join(article.text.split())):
        return
    depends = [claim for claim in said if _DEPENDS.search(claim.text) and _TREATS.search(claim.text)]
    if depends:
        return
    tests = [(claim, reason) for claim in said if (reason := _to_confirm(claim))]
    for treatment in said:
        if not _orders_at_once(treatment):
            continue
        reasons = set(terms(treatment.text)) - _GENERAL
        for test, confirmed in tests:
            if test is not treatment and len(reasons & confirmed) >= min(_LEAST_SHARED, len(confirmed)):
                message = (
                    f"Treatment is ordered at once ({quoted(treatment.text)}) although a test is still to "
                    f"confirm the reason for it "
                    f"({quoted(test.text)}), and nowhere does it depend on the result."
                )
                spans = (treatment.span, test.span)
                yield ArticleFinding(FindingKind.TREATMENT_BEFORE_TEST, Weight.FAULT, message, spans)
                return


def _orders_at_once(claim: Claim) -> bool:
    """Whether a claim wants treatment now: the word for now stands within a few words of that for treatment."""
    if _CONFIRMS.search(claim.text) or _ON_SUSPICION.search(claim.text):
        return False
    for now in _AT_ONCE.finditer(claim.text):
        around = claim.text[max(0, now.start() - 60) : now.end() + 60]
        if _TREATS.search(around) and not re.search(
            r"\b(?:not|no|never|rarely)\b", claim.text[max(0, now.start() - 40) : now.start()]
        ):
            return True
    return False


def _to_confirm(claim: Claim) -> frozenset[str]:
    """What a test is ordered to confirm, as stems; empty where a claim orders none."""
    match = _CONFIRMS.search(claim.text)
    if match is None or not _TEST.search(claim.text):
        return frozenset()
    return frozenset(terms(match["what"] or match["whats"] or "")) - _GENERAL
