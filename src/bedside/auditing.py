"""The same eye on articles written elsewhere: from a document to its audit. Pure; the judge and the search come in."""

from __future__ import annotations

from collections.abc import Callable

from bedside.facts.vocabulary import Vocabulary
from bedside.verification.article_checks.checks import check_article
from bedside.verification.article_checks.finding import ReadArticle
from bedside.verification.audit import Against, Audit, AuditedClaim, Judge, Search
from bedside.verification.claims import CHECKED, Claim
from bedside.verification.document import Document
from bedside.verification.verdict import Verdict

NOTHING_FOUND = "Nothing in the library speaks to this."
NO_CLAIM = "Not a claim: nothing to hold against a source."

SPEAKS_TO_IT = 0.5
"""The share of a claim's content that a passage must hold before a reader is shown it as what the claim fails on."""

SourceLine = Callable[[str], str]
"""The id of a passage to one line that says where it comes from."""


def audit(
    document: Document, judge: Judge, search: Search, vocabulary: Vocabulary, source_line: SourceLine = lambda _: ""
) -> Audit:
    """Audit one article: each claim against the passages found for it, and the article against itself.

    The same document, library and vocabulary give the same audit.
    """
    article = ReadArticle.of(document, vocabulary)
    claims = tuple(audit_claim(claim, judge, search, source_line) for claim in article.claims)
    return Audit(document, claims, check_article(article), article.listed.references)


def audit_claim(claim: Claim, judge: Judge, search: Search, source_line: SourceLine) -> AuditedClaim:
    """One claim with its verdict; a claim for which nothing is found is unsupported, never supported."""
    if claim.kind not in CHECKED:
        return AuditedClaim(claim, Verdict.NOT_A_CLAIM, NO_CLAIM)
    passages = tuple(search(claim.text))
    if not passages:
        return AuditedClaim(claim, Verdict.UNSUPPORTED, NOTHING_FOUND)
    considered = tuple(name for name, _ in passages)
    ruling = judge(claim.text, passages)
    if ruling.verdict is Verdict.UNSUPPORTED and ruling.judgement.coverage < SPEAKS_TO_IT:
        coverage = ruling.judgement.coverage
        return AuditedClaim(claim, Verdict.UNSUPPORTED, NOTHING_FOUND, coverage=coverage, considered=considered)
    text = dict(passages).get(ruling.against)
    return AuditedClaim(
        claim=claim,
        verdict=ruling.verdict,
        reason=ruling.reason,
        against=None if text is None else Against(ruling.against, text, source_line(ruling.against)),
        findings=ruling.judgement.findings,
        coverage=ruling.judgement.coverage,
        considered=considered,
    )
